import { setTimeout as delay } from 'node:timers/promises';
import { Page, type PlacedWidget } from '@widget-mediator/contracts';
import type { Installation } from './installation.ts';
import type { Ledger } from './ledger.ts';
import { itemsOf, type Stream, streamNameOf, titleOf, viewers, widgets } from './stream.ts';

export interface WatchersParts {
  readonly installation: Installation;
  readonly streams: readonly Stream[];
  readonly ledger: Ledger;
}

/** Viewers of each mediator who look at every page again and again, and compare what they see with what was sent. */
export interface Watchers {
  /** What the last pages showed of a stream, since {@link lookAfresh}; 0 for nothing. */
  shown(mediatorUrl: string, stream: Stream): number;
  /** Forgets what pages showed, but not that none may show less. */
  lookAfresh(): void;
  stop(): Promise<void>;
}

const pauseMs = 15;
const answerWithinMs = 5_000;

export function startWatchers({ installation, streams, ledger }: WatchersParts): Watchers {
  const streamOf = new Map(streams.map((stream) => [stream.name, stream]));
  /** By mediator, dead or alive, and stream: one that was killed and is back must not show less either. */
  const seen = new Map<string, number>();
  const latest = new Map<string, number>();
  let stopping = false;
  const running = installation.mediatorUrls.map(watch);

  return {
    shown: (url, { name }) => latest.get(`${url} ${name}`) ?? 0,
    lookAfresh: () => latest.clear(),
    async stop() {
      stopping = true;
      await Promise.all(running);
    },
  };

  /** One page after the other, so that "later" has a meaning. */
  async function watch(url: string): Promise<void> {
    for (let turn = 0; !stopping; turn += 1) {
      await look(url, viewers[turn % viewers.length] ?? '');
      await delay(pauseMs);
    }
  }

  async function look(url: string, query: string): Promise<void> {
    const answer = await ask(url, query);
    // Dead, or dying: whether it must answer is another test's question.
    if (answer === undefined) return;
    if (answer.status !== 200) {
      ledger.fault('unexpected answer', { url, query, status: answer.status });
      return;
    }
    ledger.counts.pages += 1;
    for (const { widget } of Page.parse(JSON.parse(answer.text)).placements) compare(url, query, widget);
  }

  async function ask(url: string, query: string): Promise<{ status: number; text: string } | undefined> {
    try {
      const response = await fetch(`${url}/v1/homepage?${query}`, {
        headers: { authorization: `Bearer ${installation.keys.read}` },
        signal: AbortSignal.timeout(answerWithinMs),
      });
      return { status: response.status, text: await response.text() };
    } catch {
      return undefined;
    }
  }

  function compare(url: string, query: string, { id, version, title, items }: PlacedWidget): void {
    // What comes and goes has its own test, in the store.
    if (!widgets.some((widget) => widget === id)) return;
    const stream = streamOf.get(streamNameOf(items[0]?.id ?? ''));
    const where = { url, query, widget: id, version };
    if (stream === undefined || stream.widget !== id || version > stream.sent) {
      ledger.fault('phantom', { ...where, sent: stream?.sent, items });
      return;
    }
    const whole = itemsOf(stream, version);
    if (title !== titleOf(stream, version) || JSON.stringify(items) !== JSON.stringify(whole)) {
      ledger.fault('torn', { ...where, title, items });
    }
    const key = `${url} ${stream.name}`;
    const before = seen.get(key) ?? 0;
    if (version < before) ledger.fault('rolled back', { ...where, stream: stream.name, before });
    if (version > before) ledger.counts.versionsSeen += 1;
    seen.set(key, Math.max(before, version));
    latest.set(key, version);
  }
}
