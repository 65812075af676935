import type { Certificate } from '@widget-mediator/contracts';
import type { Draft } from '../draft.ts';
import { limitOf } from '../limitOf.ts';
import type { Contest } from '../score.ts';
import { assign } from './assign.ts';
import { bestSubset, type Subset } from './bestSubset.ts';

/** How long prices are sought: each iteration looks at every candidate in every placement. */
const iterations = 80;
const pricesNamed = 10;

/** A share of the score: a page that close to its bound is as good as the best. */
const closeEnough = 1e-4;

/**
 * A bound that no page of these candidates scores above: displaying an item twice is allowed, at a price. For whatever
 * prices λ ≥ 0, Σ λ + the best page that pays them is at least the optimum; prices are sought that make it least, by
 * subgradient steps from no prices at all (Fisher: The Lagrangian Relaxation Method for Solving Integer Programming
 * Problems. Management Science 27, 1981; step sizes after Polyak). Diversity and caps, and dedupe under other
 * keys than the item's, only ever lower a score, so leaving them out keeps the bound true. Pauses after each iteration,
 * so that others may go on: an iteration takes about a millisecond for 20 candidates of 40 items.
 */
export function* certification(contest: Contest, { chosen, score }: Draft): Generator<void, Certificate> {
  const market = openMarket(contest, chosen);
  const prices = new Float64Array(market.names.length);
  let bound = Number.POSITIVE_INFINITY;
  let best = prices.slice();
  let eagerness = 1;
  let sinceBetter = 0;
  for (let iteration = 0; iteration < iterations && bound - score > score * closeEnough; iteration++) {
    if (iteration > 0) yield;
    const { value, shown } = bestPageAt(market, prices);
    if (value < bound - 1e-12) {
      bound = value;
      best = prices.slice();
      sinceBetter = 0;
    } else if (++sinceBetter === 5) {
      eagerness /= 2;
      sinceBetter = 0;
    }
    const excess = shown.map((count, item) => (count === 0 && prices[item] === 0 ? 0 : count - 1));
    const norm = excess.reduce((sum, one) => sum + one * one, 0);
    if (norm === 0) break;
    const step = (eagerness * Math.max(value - score, 0)) / norm;
    for (let item = 0; item < prices.length; item++) {
      prices[item] = Math.max(0, (prices[item] ?? 0) + step * (excess[item] ?? 0));
    }
  }
  const sound = Math.max(bound, score);
  return {
    score,
    bound: sound,
    gap: sound > 0 ? 1 - score / sound : 0,
    prices: dearest(market, best),
  };
}

/** The same without pauses. */
export function certify(contest: Contest, page: Draft): Certificate {
  const steps = certification(contest, page);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/** Who could show what where, with the items that several could show as goods. */
interface Market {
  readonly names: readonly string[];
  readonly placements: number;
  readonly sellers: readonly {
    readonly factors: readonly number[];
    readonly limits: readonly number[];
    readonly minItems: number;
    readonly values: Float64Array;
    /** By row: the number of the good, or -1. */
    readonly goods: Int32Array;
  }[];
}

function openMarket(contest: Contest, chosen: readonly number[]): Market {
  const { input, keys, placements, attention, takers } = contest;
  const { layout, context } = input;
  const holders = new Map<number, number>();
  const isUnique = (index: number) => {
    const dedupe = input.candidates[index]?.dedupe;
    return dedupe?.key === 'item' && dedupe.yields && dedupe.blocks;
  };
  const contestants = [...input.candidates.keys()].filter((index) => contest.codes[index] === undefined);
  for (const index of contestants) {
    if (!isUnique(index)) continue;
    for (const key of new Set(keys.of[index]?.item)) holders.set(key, (holders.get(key) ?? 0) + 1);
  }
  const numbers = new Map<number, number>();
  const names: string[] = [];
  const sellers = contestants.map((index) => {
    const candidate = input.candidates[index];
    const item = keys.of[index]?.item ?? [];
    const start = keys.starts[index] ?? 0;
    const worths = contest.values.of(index);
    const seen = new Set<number>();
    const rows = [...item.keys()].filter((place) => {
      if (contest.barred !== undefined && contest.barred[start + place] !== 0) return false;
      if (!isUnique(index)) return true;
      const key = item[place] ?? 0;
      return !seen.has(key) && seen.add(key) !== undefined;
    });
    const goods = Int32Array.from(rows, (place) => {
      const key = item[place] ?? 0;
      if (!isUnique(index) || (holders.get(key) ?? 0) < 2) return -1;
      const number = numbers.get(key) ?? names.length;
      if (number === names.length) names.push(candidate?.items[place]?.keys.item ?? '');
      numbers.set(key, number);
      return number;
    });
    return {
      factors: placements.map(({ id }, placement) => {
        const stays = context.lastPage.some(
          (stood) => stood.widget === candidate?.widget && stood.placement === id,
        );
        return (attention[placement] ?? 0) * (stays ? 1 + layout.stability : 1);
      }),
      limits: placements.map((_, placement) =>
        takers.canTake(index, placement) && isOpenTo(contest, chosen, { index, placement })
          ? limitOf(contest, index, placement)
          : 0,
      ),
      minItems: candidate?.minItems ?? 1,
      values: Float64Array.from(rows, (place) => worths[start + place] ?? 0),
      goods,
    };
  });
  return { names, placements: placements.length, sellers };
}

/** A pin that was honoured keeps others from its placement, and its widget from others. */
function isOpenTo(
  { input, pins }: Contest,
  chosen: readonly number[],
  { index, placement }: { readonly index: number; readonly placement: number },
): boolean {
  const isHonoured = (at: number) =>
    pins[at] !== undefined && input.candidates[chosen[at] ?? -1]?.widget === pins[at];
  if (isHonoured(placement)) return chosen[placement] === index;
  const own = chosen.indexOf(index);
  return own === -1 || own === placement || !isHonoured(own);
}

/** The best page that may show goods more than once and pays for each showing, with what all goods cost once. */
function bestPageAt(
  { names, placements, sellers }: Market,
  prices: Float64Array,
): { readonly value: number; readonly shown: number[] } {
  const offers: (Subset | undefined)[][] = Array.from({ length: placements }, (_, placement) =>
    sellers.map(({ factors, limits, minItems, values, goods }) => {
      const limit = limits[placement] ?? 0;
      if (limit < minItems) return undefined;
      const charged = Float64Array.from(goods, (good) => (good === -1 ? 0 : (prices[good] ?? 0)));
      return bestSubset({ factor: factors[placement] ?? 0, minItems, limit, values, prices: charged });
    }),
  );
  const profits = offers.map((row) => row.map((offer) => offer?.profit ?? Number.NEGATIVE_INFINITY));
  const shown = names.map(() => 0);
  let value = prices.reduce((sum, price) => sum + price, 0);
  for (const [placement, seller] of assign(profits, sellers.length).entries()) {
    const offer = offers[placement]?.[seller];
    if (offer === undefined) continue;
    value += offer.profit;
    for (const row of offer.rows) {
      const good = sellers[seller]?.goods[row] ?? -1;
      if (good !== -1) shown[good] = (shown[good] ?? 0) + 1;
    }
  }
  return { value, shown };
}

function dearest({ names }: Market, prices: Float64Array): Certificate['prices'] {
  return names
    .map((item, index) => ({ item, price: prices[index] ?? 0 }))
    .filter(({ price }) => price > 0)
    .sort((a, b) => b.price - a.price || (a.item < b.item ? -1 : 1))
    .slice(0, pricesNamed);
}
