import { conditions } from '../faults/fault.ts';
import { breakerStates, measureFaults } from '../faults/measureFaults.ts';
import { startFaulty } from '../faults/startFaulty.ts';
import type { BenchOptions } from '../options.ts';
import { faultFigures } from '../report/faultFigures.ts';
import { partFigures } from '../report/partFigures.ts';
import type { Part } from './part.ts';

/** How long pages take when a source, or every source, fails in each of the ways that there are. */
export function faults({ plan: { faults: plan } }: BenchOptions): Part {
  return {
    turns: 1 + plan.rounds * conditions.length * breakerStates.length,
    async measure({ stage, instruments, onTurn }) {
      const mediators = {
        closed: await startFaulty(stage, 'faults-shadow', 'shadow'),
        open: await startFaulty(stage, 'faults-enforced', 'enforce'),
      };
      const measured = await measureFaults(instruments, mediators, { plan, onTurn });
      return {
        parts: [partFigures('faults', plan.rounds, measured)],
        faults: faultFigures(measured.rounds),
      };
    },
  };
}
