import { startFaulty } from '../faults/startFaulty.ts';
import { measureHung } from '../hung/measureHung.ts';
import type { BenchOptions } from '../options.ts';
import { hungFigures } from '../report/hungFigures.ts';
import type { Part } from './part.ts';

/** What a source that hangs for long leaves in the mediator: memory, and calls in flight. */
export function hung({ plan: { hung: plan } }: BenchOptions): Part {
  return {
    turns: 1,
    async measure({ stage, instruments, onTurn }) {
      onTurn(`hung: ${plan.warmUpSeconds} s of warm-up, ${plan.seconds} s of a hung source`);
      const mediators = [
        await startFaulty(stage, 'hung-shadow', 'shadow'),
        await startFaulty(stage, 'hung-enforced', 'enforce'),
      ];
      const [closed, open] = await measureHung(instruments, mediators, plan);
      if (closed === undefined || open === undefined) throw new Error('a mediator was not watched');
      return { hung: [hungFigures('closed', closed, plan), hungFigures('open', open, plan)] };
    },
  };
}
