import { typed } from './places.ts';
import type { Reader } from './reader.ts';
import type { Contest } from './score.ts';
import { factorOf } from './weights.ts';

/**
 * A page in the making, by placement: the candidate there (-1 for none), the places in its list that it displays
 * (ascending), and what they are worth before the placement's weight. `score` is the page's.
 */
export interface Draft {
  readonly chosen: readonly number[];
  readonly shown: readonly (readonly number[])[];
  readonly worths: readonly number[];
  readonly score: number;
}

const nothing: readonly number[] = [];

/** A page of what is displayed where. */
export function draftOf(
  contest: Contest,
  chosen: readonly number[],
  shown: readonly (readonly number[])[],
): Draft {
  const worths = chosen.map((candidate, placement) => {
    const places = shown[placement] ?? nothing;
    return candidate < 0 ? 0 : contest.values.worthOf(candidate, typed(places), places.length);
  });
  return scored(contest, { chosen, shown, worths });
}

/** The same when it is known what each displays is worth. */
export function scored(
  contest: Contest,
  { chosen, shown, worths }: Omit<Draft, 'score' | 'worths'> & { readonly worths: ArrayLike<number> },
): Draft {
  const kept: number[] = [];
  let score = 0;
  for (let placement = 0; placement < chosen.length; placement++) {
    const candidate = chosen[placement] ?? -1;
    const worth = worths[placement] ?? 0;
    kept.push(worth);
    if (candidate >= 0) score += worth * factorOf(contest, { candidate, placement, chosen });
  }
  return { chosen, shown, worths: kept, score };
}

/** Where each candidate may be displayed: pinned placements before all others, then down the page. */
export function displayOrder({ input, pins }: Contest, chosen: ArrayLike<number>): number[] {
  const isPinned = (placement: number) => {
    const pin = pins[placement];
    return pin !== undefined && input.candidates[chosen[placement] ?? -1]?.widget === pin;
  };
  const all = Array.from({ length: chosen.length }, (_, placement) => placement);
  return pins.some((pin) => pin !== undefined)
    ? [...all.filter(isPinned), ...all.filter((placement) => !isPinned(placement))]
    : all;
}

/** What each of the chosen candidates displays when they take their turns; undefined when one comes out too small. */
export function display(contest: Contest, reader: Reader, chosen: readonly number[]): Draft | undefined {
  const shown = chosen.map(() => nothing);
  reader.clear();
  for (const placement of displayOrder(contest, chosen)) {
    const candidate = chosen[placement] ?? -1;
    if (candidate < 0) continue;
    const places = reader.take(candidate, placement);
    if (places === undefined) return undefined;
    shown[placement] = places;
  }
  return draftOf(contest, chosen, shown);
}

/** Claims what a page displays, but for one placement (-1 for none). */
export function holdAllBut(
  reader: Reader,
  { chosen, shown }: Pick<Draft, 'chosen' | 'shown'>,
  placement: number,
): void {
  reader.clear();
  for (let other = 0; other < chosen.length; other++) {
    const candidate = chosen[other] ?? -1;
    if (other !== placement && candidate >= 0) reader.hold(candidate, other, shown[other] ?? nothing);
  }
}
