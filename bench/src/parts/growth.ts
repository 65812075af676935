import { measureRounds, warmUp } from '../measure/measureRounds.ts';
import type { BenchOptions } from '../options.ts';
import { growthOf } from '../report/growthFigures.ts';
import { partFigures } from '../report/partFigures.ts';
import { serverFigures } from '../report/serverFigures.ts';
import { ofRegistered, pulledFromMany } from '../scenarios/growing.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { Part } from './part.ts';
import { setUpAll } from './setUpAll.ts';

/** One page of mediators of several sizes, in one interleaved run. */
interface Growing {
  readonly of: 'sources' | 'registered';
  readonly scenarioOf: (size: number) => Scenario;
  /** Of those of pages. What is compared to a few per cent needs all. */
  readonly shareOfRounds: number;
  /** How many times what the smallest costs the largest may cost. */
  readonly target?: { readonly atMost: number; readonly aim: number };
}

/** How the cost of a page grows with the sources that it asks. It cannot but grow: there is no target. */
export const growingSources: Growing = {
  of: 'sources',
  scenarioOf: pulledFromMany,
  shareOfRounds: 0.5,
};

/** How it grows with the widgets that are registered, and not on the page. */
export const growingRegistered: Growing = {
  of: 'registered',
  scenarioOf: ofRegistered,
  shareOfRounds: 1,
  target: { atMost: 1.05, aim: 1 },
};

export function growth(growing: Growing, options: BenchOptions): Part {
  const { of, scenarioOf, shareOfRounds } = growing;
  const plan = { ...options.plan, rounds: Math.ceil(options.plan.rounds * shareOfRounds) };
  const sizes = plan.sizes[of];
  return {
    turns: sizes.length * (1 + plan.rounds),
    async measure({ stage, instruments, onTurn }) {
      const contestants = await setUpAll(stage, sizes.map(scenarioOf));
      await warmUp(instruments, contestants, { plan, onTurn });
      const measured = await measureRounds(instruments, contestants, { plan, onTurn });
      const servers = contestants.map((one) => serverFigures(one, measured.rounds, plan.pagesPerSecond[of]));
      return {
        parts: [partFigures(of, plan.rounds, measured)],
        servers,
        growth: [growthOf({ ...growing, sizes }, servers)],
      };
    },
  };
}
