import { spreadOf } from '../measure/spread.ts';
import type { GrowthFigures } from './compositionReport.ts';
import type { Contestant, Field } from './contestants.ts';
import { growthExponent } from './growthExponent.ts';
import type { Round } from './measureRounds.ts';

/** A linear step has 1; what is above this holds a quadratic one. */
export const steepestExponent = 1.3;

/** Pages of sizes that differ in one dimension. */
export interface Growth {
  readonly of: 'candidates' | 'items';
  readonly fields: readonly Field[];
}

/** One row a kind of page. @param rounds those that are kept */
export function growthFigures({ of, fields }: Growth, rounds: readonly Round[]): GrowthFigures[] {
  return (['greedy', 'searched'] as const).map((kind) => {
    const points = fields.flatMap(({ size, contestants }) =>
      contestants
        .filter((contestant) => contestant.kind === kind)
        .map((contestant) => {
          const us = spreadOf(timesOf(contestant, rounds));
          return { size: size[of], us, usPerRow: us.median / (size.candidates * size.items) };
        }),
    );
    const timings = points.map(({ size, us }) => ({ size, us: us.median }));
    const exponent = growthExponent(timings);
    const exponentOfLarger = growthExponent(timings.slice(Math.floor((timings.length - 1) / 2)));
    const isSteep = Math.max(exponent, exponentOfLarger) > steepestExponent;
    return { of, kind, points, exponent, exponentOfLarger, isSteep };
  });
}

const timesOf = (contestant: Contestant, rounds: readonly Round[]): number[] =>
  rounds.map(({ us }) => us.get(contestant) ?? Number.NaN);
