import { setTimeout as delay } from 'node:timers/promises';
import type { Installation } from './installation.ts';
import type { Ledger } from './ledger.ts';
import { type SeededRandom, seededRandom } from './seededRandom.ts';
import { publicationOf, type Stream } from './stream.ts';

export interface PublishersParts {
  readonly installation: Installation;
  readonly streams: readonly Stream[];
  readonly ledger: Ledger;
  readonly seed: number;
}

/** Teams that publish through HTTP, to whichever mediator, until they are told to stop. */
export interface Publishers {
  /** Resolves when nothing is in flight any more: what was begun has been acknowledged. */
  stop(): Promise<void>;
}

const publishers = 6;
const answerWithinMs = 5_000;

/** What is not acknowledged so long after everything has been started again never will be. */
const lastChanceMs = 15_000;

/** Of versions that were not acknowledged at once, so many are given up for the next; of the others, so many old ones come late. */
const abandonedShare = 0.1;
const lateShare = 0.05;

type Answer =
  | { readonly status: number; readonly body: { readonly currentVersion?: number }; readonly ms: number }
  | 'broken off';

export function startPublishers({ installation, streams, ledger, seed }: PublishersParts): Publishers {
  let stopping = false;
  let giveUpAt = Infinity;
  const running = Array.from({ length: publishers }, (_, index) => {
    const random = seededRandom(seed + 1 + index);
    const own = streams.filter((_stream, at) => at % publishers === index);
    return publishOn(own, random);
  });
  return {
    async stop() {
      stopping = true;
      giveUpAt = performance.now() + lastChanceMs;
      await Promise.all(running);
    },
  };

  async function publishOn(own: readonly Stream[], random: SeededRandom): Promise<void> {
    while (!stopping) {
      const stream = own[random.below(own.length)];
      if (stream === undefined) return;
      stream.sent += 1;
      await publishVersion(stream, random);
      if (stream.acknowledged > 1 && random.chance(lateShare)) await publishLate(stream, random);
    }
  }

  /** The same version until it is acknowledged; now and then it is given up, and may or may not have been stored. */
  async function publishVersion(stream: Stream, random: SeededRandom): Promise<void> {
    const version = stream.sent;
    for (;;) {
      const answer = await send(stream, version, random);
      if (answer !== 'broken off' && answer.status === 202) {
        stream.acknowledged = version;
        ledger.counts.acknowledged += 1;
        return;
      }
      if (answer !== 'broken off' && answer.status !== 503) {
        const { status, body } = answer;
        ledger.fault('unexpected answer', { stream: stream.name, version, status, body });
        return;
      }
      if (!stopping && random.chance(abandonedShare)) {
        ledger.counts.abandoned += 1;
        return;
      }
      if (performance.now() > giveUpAt) {
        ledger.fault('standstill', { stream: stream.name, version, answer });
        return;
      }
      await delay(50 + random.below(100));
    }
  }

  /** A version that was acknowledged before the newest one comes once more, as by a proxy that tried again. */
  async function publishLate(stream: Stream, random: SeededRandom): Promise<void> {
    const version = 1 + random.below(stream.acknowledged - 1);
    const answer = await send(stream, version, random);
    ledger.counts.lateOnes += 1;
    if (answer === 'broken off' || answer.status === 503) return;
    const { status, body } = answer;
    if (status !== 409 || (body.currentVersion ?? 0) < stream.acknowledged) {
      const { acknowledged } = stream;
      ledger.fault('rolled back', { stream: stream.name, late: version, acknowledged, status, body });
    }
  }

  async function send(stream: Stream, version: number, random: SeededRandom): Promise<Answer> {
    const url = `${random.pick(installation.mediatorUrls)}/v1/widgets/${stream.widget}/publications`;
    const startedAt = performance.now();
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${installation.keys.publish}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify(publicationOf(stream, version)),
        signal: AbortSignal.timeout(answerWithinMs),
      });
      const body = (await response.json()) as { currentVersion?: number };
      const ms = performance.now() - startedAt;
      ledger.slowestAnswerMs = Math.max(ledger.slowestAnswerMs, ms);
      if (response.status === 503) {
        ledger.counts.refused += 1;
        if (!(Number(response.headers.get('retry-after')) > 0))
          ledger.fault('unexpected answer', { stream: stream.name, version, body, why: 'no Retry-After' });
      }
      return { status: response.status, body, ms };
    } catch {
      ledger.counts.brokenOff += 1;
      return 'broken off';
    }
  }
}
