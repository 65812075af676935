import { publishFleeting, registerWidgets } from './fleeting.ts';
import { parts, startInstallation } from './installation.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { startPublishers } from './publishers.ts';
import { settle, settleStore } from './settle.ts';
import { createStreams } from './stream.ts';
import { planStrikes, strikeAll } from './strikes.ts';
import { startWatchers } from './watchers.ts';

export interface NeverLostOptions {
  /** Acknowledged publications, at least. */
  readonly publications: number;
  /** Strikes, each of which kills one process or several at once. */
  readonly kills: number;
  readonly seed: number;
  readonly onStart?: ((ledger: Ledger) => void) | undefined;
  /** Gives up: everything is stopped, and what was seen so far is returned. */
  readonly signal?: AbortSignal | undefined;
}

export interface Outcome {
  readonly ledger: Ledger;
  /** How long after the last strike pages showed all that was acknowledged; and after all were killed once more. */
  readonly settledMs: readonly number[];
  readonly tookMs: number;
}

/**
 * Teams publish and viewers look while mediators, worker and Redis are killed. Then all is quiet, and pages are compared with
 * what was acknowledged; then everything is killed once more, and what is on pages comes from the disk.
 */
export async function runNeverLost(options: NeverLostOptions): Promise<Outcome> {
  const { publications, kills, seed, signal } = options;
  const ledger = createLedger();
  const installation = await startInstallation((line) => {
    // Pages would not show it: what Redis lost is put back from memory.
    if (line.includes('put back from memory')) ledger.fault('lost', { line });
  });
  const streams = createStreams();
  const settledMs: number[] = [];
  try {
    await registerWidgets(installation);
    options.onStart?.(ledger);
    const publishers = startPublishers({ installation, streams, ledger, seed });
    const fleeting = publishFleeting(installation);
    const watchers = startWatchers({ installation, streams, ledger });
    const settling = { installation, streams, ledger, watchers };
    await strikeAll({ installation, ledger, plan: planStrikes(kills, seed), seed, publications, signal });
    await Promise.all([publishers.stop(), fleeting.stop()]);
    if (signal?.aborted !== true) {
      settledMs.push(await settle(settling));
      await settleStore(settling);
      await installation.kill(parts);
      await installation.start(parts);
      settledMs.push(await settle(settling));
    }
    await watchers.stop();
  } finally {
    await installation.stop();
  }
  return { ledger, settledMs, tookMs: ledger.nowMs() };
}
