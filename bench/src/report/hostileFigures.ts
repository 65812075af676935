import { type Interval, intervalOf } from '../measure/interval.ts';
import { percentile } from '../measure/percentile.ts';
import { type HostileRound, type PagesTook, type Sender, senders } from '../publications/measureHostile.ts';
import type { PublicationFigures } from './benchReport.ts';
import { surelyWithin } from './surelyWithin.ts';

type HostileFigures = PublicationFigures['hostile'];

/** How long pages take beside hostile bodies, and beside as many honest publications. */
export function hostileFigures(rounds: readonly HostileRound[], bodiesPerSecond: number): HostileFigures {
  const ratioOf = (sender: Sender, share: number): Interval =>
    intervalOf(rounds.map((round) => latencyUs([round[sender]], share) / latencyUs([round.honest], share)));
  const latenciesOf = (sender: Sender) => {
    const took = rounds.map((round) => round[sender]);
    return { p50Ms: latencyUs(took, 0.5) / 1_000, p99Ms: latencyUs(took, 0.99) / 1_000 };
  };
  return {
    bodiesPerSecond,
    p50Ratio: ratioOf('hostile', 0.5),
    p99Ratio: ratioOf('hostile', 0.99),
    unbudgetedP99Ratio: ratioOf('unbudgeted', 0.99),
    pages: {
      nobody: latenciesOf('nobody'),
      honest: latenciesOf('honest'),
      hostile: latenciesOf('hostile'),
      unbudgeted: latenciesOf('unbudgeted'),
    },
    sent: Math.min(...rounds.flatMap((round) => senders.map((sender) => round[sender].sent))),
  };
}

/** Nothing of a hostile body is stored or announced, so that pages beside them may well be faster. */
const limitsOfRatio = { least: 0, most: 1.1 } as const;

/** Of what was to be sent in a turn: with less it would not be one of pages beside so many. */
const leastSent = 0.97;

/** Whether pages are surely no slower than they may be; null when it cannot be told. */
export function metHostile({ p99Ratio, sent }: HostileFigures): 'yes' | 'no' | null {
  return sent >= leastSent ? surelyWithin([p99Ratio], limitsOfRatio) : 'no';
}

const latencyUs = (took: readonly PagesTook[], share: number): number =>
  percentile(
    took.flatMap(({ latenciesUs }) => latenciesUs),
    share,
  );
