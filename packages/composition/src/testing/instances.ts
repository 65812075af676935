import { admit } from '../admit.ts';
import { candidateItem } from '../candidate.ts';
import { countFree } from '../claims.ts';
import { anybody, type CompositionInput } from '../composition.ts';
import type { ListValues } from '../listValues.ts';
import { type Contest, score } from '../score.ts';
import { noStatistics } from '../statistics.ts';
import { plainLayout } from './plainLayout.ts';

/** What makes pages easy or hard: how many items there are, and how many each widget has. */
export interface Regime {
  readonly name: 'loose' | 'overlap' | 'tight';
  readonly catalogue: number;
  readonly listLength: number;
}

/**
 * Eight widgets for four placements, between 4 and 6 items each. Loose: lists hardly meet. Overlap: everybody holds
 * nearly half of everything. Tight: lists are hardly longer than the minimum, so that who loses two items is out.
 */
export const regimes: readonly Regime[] = [
  { name: 'loose', catalogue: 80, listLength: 12 },
  { name: 'overlap', catalogue: 26, listLength: 12 },
  { name: 'tight', catalogue: 28, listLength: 7 },
];

/** Pseudo-random numbers in [0, 1): mulberry32 (Tommy Ettinger, 2017). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const widgets = 8;
const placements = 4;

/**
 * One seeded instance. Heads of the catalogue are met more often, and an item is worth what it is and what its widget
 * is; values do not increase along a list.
 */
export function instanceOf({ catalogue, listLength }: Regime, seed: number): Contest {
  const random = createRandom(seed);
  const quality = Array.from({ length: catalogue }, () => 0.2 + random());
  const candidates = Array.from({ length: widgets }, (_, widget) => {
    const ids = new Set<number>();
    while (ids.size < listLength) ids.add(Math.floor(catalogue * random() ** 1.5));
    return {
      widget: `w${widget}`,
      team: 'team',
      version: 1,
      provenance: 'fresh' as const,
      placements: ['row'],
      minItems: 4,
      maxItems: 6,
      dedupe: { key: 'item' as const, yields: true, blocks: true },
      items: [...ids].map((id) => candidateItem('film', { id: `${id}` })),
    };
  });
  const contest = score(admit(inputOf(candidates, seed)));
  const column = new Float64Array(widgets * listLength);
  for (const [index, { items }] of candidates.entries()) {
    const worth = 0.3 + random();
    const values = items.map(({ id }) => worth * (quality[Number(id)] ?? 0)).sort((a, b) => b - a);
    column.set(values, contest.keys.starts[index]);
  }
  // The bounds are those of other values.
  const mostWorths = new Float64Array(widgets).fill(Number.POSITIVE_INFINITY);
  return { ...contest, values: givenValues(contest, column), mostWorths };
}

const inputOf = (candidates: CompositionInput['candidates'], seed: number): CompositionInput => ({
  layout: {
    ...plainLayout,
    placements: Array.from({ length: placements }, (_, index) => ({
      id: `row-${index + 1}`,
      kind: 'row',
      attention: 1,
      required: true,
    })),
    editorial: [],
  },
  candidates,
  context: { ...anybody, personal: true },
  statistics: noStatistics,
  seed,
});

/** Values as they are given, by row. */
function givenValues({ input, keys }: Contest, column: Float64Array): ListValues {
  const worthOf = (candidate: number, places: ArrayLike<number>, count: number): number => {
    let worth = 0;
    for (let at = 0; at < count; at++) {
      worth += (column[(keys.starts[candidate] ?? 0) + (places[at] ?? 0)] ?? 0) / Math.log2(at + 2);
    }
    return worth;
  };
  return {
    of: () => column,
    mostOf: () => Number.POSITIVE_INFINITY,
    worthOf,
    worthOfFree(candidate, claims, limit) {
      const free = [...claims.item.keys()].filter((place) => countFree(claims, place, place + 1) === 1);
      const places = free.slice(0, limit);
      const isLarge = places.length >= (input.candidates[candidate]?.minItems ?? 1);
      return isLarge ? worthOf(candidate, places, places.length) : -1;
    },
  };
}
