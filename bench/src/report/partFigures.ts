import type { ControlReading } from '../measure/undisturbed.ts';
import type { Rounds } from '../measure/undisturbedRounds.ts';
import type { PartFigures } from './benchReport.ts';

/** What the control said of a part's rounds, and which were broken off. */
export function partFigures(
  part: PartFigures['part'],
  wanted: number,
  { rounds, brokenOff }: Rounds<{ readonly control: ControlReading; readonly kept: boolean }>,
): PartFigures {
  const kept = rounds.filter((round) => round.kept).length;
  return {
    part,
    wanted,
    kept,
    discarded: rounds.length - kept,
    brokenOff: [...brokenOff],
    control: rounds.map(({ control, kept: counts }) => ({ ...control, kept: counts })),
  };
}
