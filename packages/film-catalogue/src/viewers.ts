import type { Taste } from './taste.ts';

export type Device = 'phone' | 'web' | 'tv';

/** The part of a persona that is written by hand; histories are simulated from it. */
export type Viewer = {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly segments: readonly string[];
  readonly locale: 'en';
  readonly device: Device;
};

/** How much, when and what a viewer watches. */
export type Habits = {
  readonly watched: number;
  /** Of those, how many of the recent ones were broken off: "continue watching". */
  readonly unfinished: number;
  /** How far back the history goes. */
  readonly spanDays: number;
  /** Hours of the day (UTC) at which a film is started; past 24 is after midnight. */
  readonly hours: { readonly from: number; readonly to: number };
  readonly taste: Taste;
};
