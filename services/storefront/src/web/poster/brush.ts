import type { Palette } from '../../poster/palettes.ts';

/** What a motif draws with; the sheet is 200 wide and its picture fills the upper 210. */
export type Brush = Palette & {
  /** A number from `from` to `to`, the next of the film's own sequence. */
  readonly between: (from: number, to: number) => number;
};
