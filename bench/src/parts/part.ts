import type { Instruments } from '../measure/measureTurn.ts';
import type { BenchOptions } from '../options.ts';
import type { Stage } from '../processes/stage.ts';
import type { Findings } from '../report/benchReport.ts';

/** What a part of a run is measured with. */
export interface Bench {
  readonly stage: Stage;
  readonly instruments: Instruments;
  readonly options: BenchOptions;
  /** Called before each turn. */
  readonly onTurn: (what: string) => void;
}

/** What is measured together, by processes of its own that are gone before the next part begins. */
export interface Part {
  /** How many turns it takes when no round is repeated. */
  readonly turns: number;
  readonly measure: (bench: Bench) => Promise<Partial<Findings>>;
}
