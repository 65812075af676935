import { limitOf } from '../limitOf.ts';
import type { Reader } from '../reader.ts';
import { type Contest, isAhead } from '../score.ts';
import { factorOf } from '../weights.ts';
import { isAllowed } from './isAllowed.ts';

/** Used by one page at a time, and never seen outside. */
const room = {
  /** By slot. */
  candidates: new Int32Array(0),
  /** By slot, what each is worth at most. */
  bounds: new Float64Array(0),
  /** By candidate, what each is worth as it was last looked at, and that with the weight of the placement that was for. */
  worths: new Float64Array(0),
  scores: new Float64Array(0),
  /** By candidate. */
  isOut: new Uint8Array(0),
};

function roomFor(candidates: number): typeof room {
  if (room.isOut.length < candidates) {
    room.candidates = new Int32Array(2 * candidates);
    room.bounds = new Float64Array(2 * candidates);
    room.worths = new Float64Array(2 * candidates);
    room.scores = new Float64Array(2 * candidates);
    room.isOut = new Uint8Array(2 * candidates);
  }
  return room;
}

/** Less than any display is worth. */
const nothing = -1;

/**
 * What is known, while the page fills, of what candidates are worth. Those of the best precedence have the first slots, so
 * that a loop over them compares bounds and nothing else.
 *
 * Lazily, after Minoux: Accelerated greedy algorithms for maximizing submodular set functions, 1978: what a widget was
 * worth when it was last looked at, and before that what its whole list would be, bounds what it is worth now, because
 * values do not increase along a list and claims only grow. Who is not ahead even so is not looked at.
 */
export class Prospects {
  readonly #contest: Contest;
  readonly #reader: Reader;
  readonly #chosen: readonly number[];
  readonly #mayRise: boolean;
  readonly #candidates: Int32Array;
  readonly #bounds: Float64Array;
  readonly #worths: Float64Array;
  readonly #scores: Float64Array;
  readonly #isOut: Uint8Array;
  /** How many slots are those of the best precedence, and how many there are. */
  readonly #foremostSlots: number;
  readonly #slots: number;
  /** The slot to look at first, or -1: the better that one is, the fewer others are looked at. */
  #likeliest: number;

  /** @param chosen by placement, who is there already; -1 for nobody */
  constructor(contest: Contest, reader: Reader, chosen: readonly number[]) {
    const { codes, mostWorths } = contest;
    const count = contest.input.candidates.length;
    const { candidates, bounds, worths, scores, isOut } = roomFor(count);
    for (let candidate = 0; candidate < count; candidate++)
      isOut[candidate] = codes[candidate] === undefined ? 0 : 1;
    for (const candidate of chosen) if (candidate >= 0) isOut[candidate] = 1;
    const { foremost, slots } = assignSlots(contest, isOut, candidates);
    for (let slot = 0; slot < slots; slot++) bounds[slot] = mostWorths[candidates[slot] ?? 0] ?? 0;
    this.#contest = contest;
    this.#reader = reader;
    this.#chosen = chosen;
    this.#mayRise = contest.input.layout.caps.some(({ by }) => by !== 'team');
    this.#candidates = candidates;
    this.#bounds = bounds;
    this.#worths = worths;
    this.#scores = scores;
    this.#isOut = isOut;
    this.#foremostSlots = foremost;
    this.#slots = slots;
    this.#likeliest = this.#mostPromising();
  }

  /** The candidate that goes before all others that can be shown in a placement; from then on it is out. */
  foremost(placement: number): number | undefined {
    const slot = this.#foremostOfBest(placement);
    const candidate = slot === -1 ? this.#foremostOfOthers(placement) : (this.#candidates[slot] ?? -1);
    if (candidate === -1) return undefined;
    this.#isOut[candidate] = 1;
    if (slot === -1) return candidate;
    this.#bounds[slot] = nothing;
    if (this.#likeliest === -1) this.#likeliest = this.#mostPromising();
    return candidate;
  }

  /** What a candidate is worth as it was last looked at, before the placement's weight. */
  worthOf(candidate: number): number {
    return this.#worths[candidate] ?? 0;
  }

  /** The slot of the foremost among those of the best precedence, or -1. */
  #foremostOfBest(placement: number): number {
    const bounds = this.#bounds;
    const slots = this.#foremostSlots;
    const likeliest = this.#likeliest;
    const mostWeight = this.#mostWeight(placement);
    const first = likeliest !== -1 && this.#isShown(likeliest, placement) ? likeliest : -1;
    let foremost = first;
    let second = -1;
    let score = first === -1 ? 0 : this.#scoreAt(first);
    for (let slot = 0; slot < slots; slot++) {
      if ((bounds[slot] ?? 0) * mostWeight < score || slot === likeliest) continue;
      if (!this.#mayBeat(slot, score, mostWeight) || !this.#isShown(slot, placement)) continue;
      if (foremost === -1 || this.#isAhead(slot, foremost)) {
        second = foremost;
        foremost = slot;
        score = this.#scoreAt(slot);
      } else if (second === -1 || this.#isAhead(slot, second)) second = slot;
    }
    this.#likeliest = second;
    return foremost;
  }

  /** The foremost of the others, or -1: who is on a lower rung of the ladder, or comes later in the editors' order. */
  #foremostOfOthers(placement: number): number {
    const { precedence } = this.#contest;
    const mostWeight = this.#mostWeight(placement);
    let foremost = -1;
    let rank = Number.POSITIVE_INFINITY;
    let score = 0;
    for (let slot = this.#foremostSlots; slot < this.#slots; slot++) {
      const ownRank = precedence[this.#candidates[slot] ?? 0] ?? 0;
      if (ownRank > rank || (ownRank === rank && !this.#mayBeat(slot, score, mostWeight))) continue;
      if (!this.#isShown(slot, placement)) continue;
      if (foremost !== -1 && !this.#isAhead(slot, foremost)) continue;
      foremost = slot;
      rank = ownRank;
      score = this.#scoreAt(slot);
    }
    return foremost === -1 ? -1 : (this.#candidates[foremost] ?? -1);
  }

  /** What no placement's weight is above. */
  #mostWeight(placement: number): number {
    const { attention, input } = this.#contest;
    return (attention[placement] ?? 0) * (1 + input.layout.stability);
  }

  #scoreAt(slot: number): number {
    return this.#scores[this.#candidates[slot] ?? 0] ?? 0;
  }

  #isAhead(slot: number, other: number): boolean {
    const candidates = this.#candidates;
    return isAhead(this.#contest, this.#scores, candidates[slot] ?? 0, candidates[other] ?? 0);
  }

  /** The slot of those of the best precedence with the highest bound, or -1. */
  #mostPromising(): number {
    const bounds = this.#bounds;
    let first = -1;
    let most = nothing;
    for (let slot = 0; slot < this.#foremostSlots; slot++) {
      const bound = bounds[slot] ?? nothing;
      if (bound > most) {
        first = slot;
        most = bound;
      }
    }
    return first;
  }

  /** Whether a candidate may score as much as another, once its list is smoothed. */
  #mayBeat(slot: number, score: number, mostWeight: number): boolean {
    const candidate = this.#candidates[slot] ?? 0;
    if (this.#isOut[candidate] === 1) return false;
    const bound = Math.min(this.#bounds[slot] ?? 0, this.#contest.values.mostOf(candidate));
    this.#bounds[slot] = bound;
    return bound * mostWeight >= score;
  }

  /** Whether a candidate can be shown in a placement: if so, its score there is known. */
  #isShown(slot: number, placement: number): boolean {
    const candidate = this.#candidates[slot] ?? 0;
    const contest = this.#contest;
    const chosen = this.#chosen;
    const own = contest.input.candidates[candidate];
    if (own === undefined || this.#isOut[candidate] === 1) return false;
    if (!isAllowed(contest, { candidate, placement, chosen })) return false;
    const limit = limitOf(contest, candidate, placement);
    const worth = this.#reader.worthOf(candidate, placement, limit);
    if (worth < 0) {
      if (!this.#mayRise) this.#putOut(slot, candidate);
      return false;
    }
    if (limit === own.maxItems && !this.#mayRise) this.#bounds[slot] = worth;
    this.#worths[candidate] = worth;
    this.#scores[candidate] = worth * factorOf(contest, { candidate, placement, chosen });
    return true;
  }

  #putOut(slot: number, candidate: number): void {
    this.#isOut[candidate] = 1;
    this.#bounds[slot] = nothing;
  }
}

/** Gives the first slots to those of the best precedence and the next to the others; who is out gets none. */
function assignSlots(
  { input, precedence }: Contest,
  isOut: Uint8Array,
  candidates: Int32Array,
): { readonly foremost: number; readonly slots: number } {
  const count = input.candidates.length;
  let best = Number.POSITIVE_INFINITY;
  for (let candidate = 0; candidate < count; candidate++) {
    const rank = precedence[candidate] ?? 0;
    if (isOut[candidate] === 0 && rank < best) best = rank;
  }
  let foremost = 0;
  for (let candidate = 0; candidate < count; candidate++) {
    if (isOut[candidate] === 0 && precedence[candidate] === best) candidates[foremost++] = candidate;
  }
  let slots = foremost;
  for (let candidate = 0; candidate < count; candidate++) {
    if (isOut[candidate] === 0 && precedence[candidate] !== best) candidates[slots++] = candidate;
  }
  return { foremost, slots };
}
