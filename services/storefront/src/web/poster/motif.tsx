import type { ComponentChildren } from 'preact';
import type { MotifName, Palette } from '../../poster/palettes.ts';
import { seededRandom } from '../../poster/seededRandom.ts';
import type { Brush } from './brush.ts';
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
