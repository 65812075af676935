import { setTimeout as delay } from 'node:timers/promises';
import { type Installation, type Part, parts } from './installation.ts';
import type { Ledger } from './ledger.ts';
import { type SeededRandom, seededRandom } from './seededRandom.ts';

/** Who is killed, strike by strike: each alone, in turn, then all together, then whoever it happens to be. */
export function planStrikes(count: number, seed: number): Part[][] {
  const random = seededRandom(seed);
  const inOrder = [...parts.map((part) => [part]), [...parts]];
  return Array.from({ length: count }, (_, index) => inOrder[index] ?? anyOf(random));
}

function anyOf(random: SeededRandom): Part[] {
  const victims = parts.filter(() => random.chance(0.4));
  return victims.length > 0 ? victims : [random.pick(parts)];
}

export interface StrikesParts {
  readonly installation: Installation;
  readonly ledger: Ledger;
  readonly plan: readonly (readonly Part[])[];
  readonly seed: number;
  /** So many acknowledged publications are spread over the strikes. */
  readonly publications: number;
  readonly signal?: AbortSignal | undefined;
}

const leastPauseMs = 300;
const longestDeathMs = 400;
const lookEveryMs = 20;

/** Without one acknowledgement for so long something is stuck; with so many faults enough is known. */
const standstillMs = 30_000;
const enoughFaults = 20;

/** Strikes, in between publications, and starts again what was killed; resolves after the last publication that is due. */
export async function strikeAll(parts: StrikesParts): Promise<void> {
  const { installation, ledger, plan, publications, signal } = parts;
  const random = seededRandom(parts.seed + 100);
  const isOver = () =>
    signal?.aborted === true || ledger.faults.length >= enoughFaults || isStandingStill(ledger);
  for (const [index, victims] of plan.entries()) {
    await delay(leastPauseMs + random.below(leastPauseMs));
    await untilAcknowledged(ledger, (publications * (index + 1)) / (plan.length + 1), isOver);
    if (isOver()) return;
    ledger.strike(victims);
    await installation.kill(victims);
    await delay(random.below(longestDeathMs));
    await installation.start(victims);
  }
  await untilAcknowledged(ledger, publications, isOver);
}

const isStandingStill = ({ faults }: Ledger): boolean => faults.some(({ kind }) => kind === 'standstill');

async function untilAcknowledged(ledger: Ledger, count: number, isOver: () => boolean): Promise<void> {
  let known = -1;
  let knownAtMs = 0;
  for (let now = 0; now < count && !isOver(); now = ledger.counts.acknowledged) {
    if (now > known) [known, knownAtMs] = [now, ledger.nowMs()];
    if (ledger.nowMs() - knownAtMs > standstillMs) {
      ledger.fault('standstill', { acknowledged: now, forMs: standstillMs });
      return;
    }
    await delay(lookEveryMs);
  }
}
