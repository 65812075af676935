import type { ComponentChildren } from 'preact';
import type { MotifName, Palette } from '../../poster/palettes.ts';
import { seededRandom } from '../../poster/seededRandom.ts';
import {
  aperture,
  bars,
  blinds,
  checks,
  chevrons,
  confetti,
  halftone,
  rays,
  tent,
} from './patternMotifs.tsx';
import { doorway, horizon, mesa, moon, ridges, skyline, waves } from './placeMotifs.tsx';
import { balloons, discs, letter, pair, projector, rings, shards, teeth } from './thingMotifs.tsx';

/** What a motif draws with; the sheet is 200 wide and its picture fills the upper 210. */
export type Brush = Palette & {
  /** A number from `from` to `to`, the next of the film's own sequence. */
  readonly between: (from: number, to: number) => number;
};

const motifs: Readonly<Record<MotifName, (brush: Brush) => ComponentChildren>> = {
  aperture,
  balloons,
  bars,
  blinds,
  checks,
  chevrons,
  confetti,
  discs,
  doorway,
  halftone,
  horizon,
  letter,
  mesa,
  moon,
  pair,
  projector,
  rays,
  ridges,
  rings,
  shards,
  skyline,
  teeth,
  tent,
  waves,
};

export function Motif({ name, palette, seed }: { name: MotifName; palette: Palette; seed: number }) {
  const random = seededRandom(seed);
  const between = (from: number, to: number) => Math.round(10 * (from + random() * (to - from))) / 10;
  return <g>{motifs[name]({ ...palette, between })}</g>;
}
