import type { MediatorUnderTest } from '../support/mediatorUnderTest.ts';
import { publication } from '../support/widgets.ts';
import type { HostileBody } from './hostileBody.ts';
import { type Sent, sendBody } from './sendBody.ts';

interface Shares {
  /** The share of pages beside hostile bodies that were slower than nine of ten beside honest ones. */
  readonly hostile: number;
  /** Every page of both was the same page. */
  readonly whole: boolean;
}

const bodiesPerRound = 12;
const rounds = 12;
const attempts = 3;

/**
 * Asks for pages while bodies come in, in rounds that alternate between hostile bodies and as many honest publications of the
 * same run: what else the machine has to do falls on both. One attempt of three that finds no difference is enough.
 */
export async function slowShares(under: MediatorUnderTest, bodies: readonly HostileBody[]): Promise<Shares> {
  let best: Shares = { hostile: 1, whole: true };
  for (let attempt = 0; attempt < attempts && best.hostile > 0.2; attempt += 1) {
    const shares = await compared(under, bodies, attempt);
    best = { hostile: Math.min(best.hostile, shares.hostile), whole: best.whole && shares.whole };
  }
  return best;
}

async function compared(
  under: MediatorUnderTest,
  bodies: readonly HostileBody[],
  attempt: number,
): Promise<Shares> {
  const publications = bodies.filter(({ reader }) => reader === 'publication');
  const step = Math.floor(publications.length / (bodiesPerRound * rounds));
  const reads = publications.filter((_, n) => n % step === 0);
  const beside: { hostile: number[]; honest: number[] } = { hostile: [], honest: [] };
  const seen = new Set<string>();
  for (let start = 0; start < reads.length; start += bodiesPerRound) {
    const round = reads.slice(start, start + bodiesPerRound);
    const honest = round.map((_, n) => honestBody(10_000 * (attempt + 1) + start + n));
    for (const [kind, sent] of [
      ['honest', honest],
      ['hostile', round],
    ] as const) {
      beside[kind].push(...(await pagesBeside(under, sent, seen)));
    }
  }
  const slow = [...beside.honest].sort((a, b) => a - b)[Math.floor(beside.honest.length * 0.9)] ?? 0;
  return { hostile: shareOf(beside.hostile, (ms) => ms > slow), whole: seen.size === 1 };
}

/** Milliseconds of each page that was asked for while these bodies came in, one after the other. */
async function pagesBeside(
  under: MediatorUnderTest,
  bodies: readonly Sent[],
  seen: Set<string>,
): Promise<number[]> {
  const latencies: number[] = [];
  let isOver = false;
  const pages = (async () => {
    while (!isOver) {
      const askedAt = performance.now();
      const { body } = await under.http.get('/v1/homepage');
      latencies.push(performance.now() - askedAt);
      seen.add(JSON.stringify(body.placements.map(({ widget }: { widget: { id: string } }) => widget.id)));
    }
  })();
  for (const body of bodies) await sendBody(under, body);
  isOver = true;
  await pages;
  return latencies;
}

function honestBody(version: number): Sent {
  const ids = Array.from({ length: 30 }, (_, n) => `honest-${n}`);
  const bytes = Buffer.from(JSON.stringify(publication(version, ids)));
  return { reader: 'publication', bytes, headers: {}, chunked: false };
}

const shareOf = (values: readonly number[], holds: (value: number) => boolean): number =>
  values.filter(holds).length / Math.max(1, values.length);
