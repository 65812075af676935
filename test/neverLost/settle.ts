import { setTimeout as delay } from 'node:timers/promises';
import { leftOver } from './fleeting.ts';
import type { Installation } from './installation.ts';
import type { Ledger } from './ledger.ts';
import type { Stream } from './stream.ts';
import type { Watchers } from './watchers.ts';

export interface SettleParts {
  readonly installation: Installation;
  readonly streams: readonly Stream[];
  readonly ledger: Ledger;
  readonly watchers: Watchers;
}

const withinMs = 15_000;

/**
 * Waits until the pages of every mediator show every stream's last acknowledged version, or a later one that was sent. What
 * they do not show in time is lost. Returns how long it took, in milliseconds.
 */
export async function settle({ installation, streams, ledger, watchers }: SettleParts): Promise<number> {
  watchers.lookAfresh();
  const startedAt = performance.now();
  const missing = () =>
    installation.mediatorUrls.flatMap((url) =>
      streams
        .filter((stream) => watchers.shown(url, stream) < stream.acknowledged)
        .map((stream) => ({ url, stream, shown: watchers.shown(url, stream) })),
    );
  while (missing().length > 0 && performance.now() - startedAt < withinMs) await delay(50);
  for (const { url, stream, shown } of missing()) {
    const { name, acknowledged, sent } = stream;
    ledger.fault('lost', { url, stream: name, acknowledged, sent, shown });
  }
  return Math.round(performance.now() - startedAt);
}

/** Waits until nothing whose time is over is in the store: the worker's part. */
export async function settleStore({ installation, ledger }: SettleParts): Promise<void> {
  const giveUpAt = performance.now() + withinMs;
  let left = await leftOver(installation);
  while (left > 0 && performance.now() < giveUpAt) {
    await delay(200);
    left = await leftOver(installation);
  }
  if (left > 0) ledger.fault('left over', { contents: left });
}
