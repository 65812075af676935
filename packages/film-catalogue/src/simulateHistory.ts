import type { Film } from './film.ts';
import { type Random, seededRandom } from './seededRandom.ts';
import { tasteWeight } from './taste.ts';
import type { Habits } from './viewers.ts';

/** One film a viewer started. */
export type Watch = {
  readonly filmId: string;
  /** ISO instant, before `SIMULATED_NOW` and never before the film's release. */
  readonly watchedAt: string;
  /** Share of the film that was played: 0.05 to 0.9 when it was broken off, 0.95 to 1 when it was finished. */
  readonly progress: number;
};

/** The catalogue ends in 2010, so its viewers live there: a fixed "today" keeps histories the same for ever. */
export const SIMULATED_NOW = '2010-12-31T12:00:00.000Z';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Days since 1970 of the last evening in a history; two days before "now" leave room for hours after midnight. */
const LAST_DAY = Math.floor(Date.parse(SIMULATED_NOW) / DAY_MS) - 2;

/**
 * Simulates what a viewer of these habits watched, newest first. Nobody watched this: films are drawn at random without
 * replacement, weighted by taste, then given a time, and a few of the recent ones are broken off. A function of its
 * arguments only: same films, habits and seed, same history.
 */
export function simulateHistory(films: readonly Film[], habits: Habits, seed: string): readonly Watch[] {
  const random = seededRandom(seed);
  const finished = drawFilms(films, habits, random)
    .map((film) => ({
      filmId: film.id,
      watchedAt: watchTime(film, habits, random),
      progress: finishedAt(random),
    }))
    .sort((a, b) => compare(b.watchedAt, a.watchedAt) || compare(a.filmId, b.filmId));
  const brokenOff = drawIndexes(habits.unfinished, random);
  return finished.map((watch, index) =>
    brokenOff.has(index) ? { ...watch, progress: brokenOffAt(random) } : watch,
  );
}

/**
 * A weighted sample without replacement in one pass: each film draws u ^ (1 / weight) and the highest win (algorithm A
 * of Efraimidis and Spirakis, "Weighted random sampling with a reservoir", 2006). Compared as log(u) / weight, which
 * has the same order and does not underflow.
 */
function drawFilms(films: readonly Film[], habits: Habits, random: Random): readonly Film[] {
  return films
    .filter((film) => firstDay(film) <= LAST_DAY)
    .map((film) => ({ film, weight: tasteWeight(habits.taste, film), luck: Math.log(random()) }))
    .filter(({ weight }) => weight > 0)
    .map(({ film, weight, luck }) => ({ film, key: luck / weight }))
    .sort((a, b) => b.key - a.key || compare(a.film.id, b.film.id))
    .slice(0, habits.watched)
    .map(({ film }) => film);
}

/** A day since the film came out, within the span of the history, at one of the viewer's hours. */
function watchTime(film: Film, { spanDays, hours }: Habits, random: Random): string {
  const earliest = Math.max(LAST_DAY - spanDays, firstDay(film));
  const day = earliest + Math.floor(random() * (LAST_DAY - earliest + 1));
  const minute = Math.floor(60 * (hours.from + random() * (hours.to - hours.from)));
  return new Date(day * DAY_MS + minute * MINUTE_MS).toISOString();
}

/** The first day, since 1970, on which the film can have been watched. */
function firstDay(film: Film): number {
  return Math.floor(Date.parse(film.released) / DAY_MS) + 1;
}

/** Some of the newest films: one broken off a year ago is abandoned rather than to be continued. */
function drawIndexes(count: number, random: Random): ReadonlySet<number> {
  const candidates = Array.from({ length: 2 * count }, (_, index) => ({ index, luck: random() }));
  return new Set(
    candidates
      .sort((a, b) => a.luck - b.luck)
      .slice(0, count)
      .map(({ index }) => index),
  );
}

function finishedAt(random: Random): number {
  return between(0.95, 1, random);
}

function brokenOffAt(random: Random): number {
  return between(0.05, 0.9, random);
}

function between(from: number, to: number, random: Random): number {
  return Math.round((from + random() * (to - from)) * 100) / 100;
}

/** By code unit, not by locale: the order must not depend on the machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
