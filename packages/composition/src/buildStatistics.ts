import { discountOf } from './discount.ts';
import { type Statistics, warmPages } from './statistics.ts';

/** What one page's sources said: each widget's first ten or so item ids, in order. */
export interface LoggedPage {
  readonly widgets: readonly { readonly widget: string; readonly items: readonly string[] }[];
}

/** Running counts of one source. `agreement` is summed over `compared` pages, 1 being a page's average item. */
interface Tally {
  pages: number;
  agreement: number;
  compared: number;
  readonly items: Map<string, number>;
}

const itemsCompared = 10;
const rankConstant = 20;
const leastTrust = 0.02;

/** Counts pages as they come; `snapshot` says what is known so far, and costs as much as all items known. */
export interface StatisticsCount {
  readonly add: (page: LoggedPage) => void;
  readonly snapshot: (id: string) => Statistics;
}

/**
 * Counts what sources say, page by page, in one pass. A source's trust is how much the other widgets of its pages value
 * its first ten items, against the average item there, relative to the most trusted source; at least .02, and 1
 * until three pages were seen. No clicks, and nothing about any viewer, go in.
 */
export function buildStatistics(id: string, pages: Iterable<LoggedPage>): Statistics {
  const count = countStatistics();
  for (const page of pages) count.add(page);
  return count.snapshot(id);
}

/** The same as {@link buildStatistics}, for whoever asks again after each few pages. */
export function countStatistics(): StatisticsCount {
  const tallies = new Map<string, Tally>();
  return {
    add(page) {
      countItems(tallies, page);
      compareWidgets(tallies, page);
    },
    snapshot: (id) => ({ id, sources: Object.fromEntries(sourcesOf(tallies)) }),
  };
}

/** A page counts once for a source, however many of its lists are on it. */
function countItems(tallies: Map<string, Tally>, page: LoggedPage): void {
  const said = new Map<string, Set<string>>();
  for (const { widget, items } of page.widgets) {
    const all = said.get(widget) ?? new Set<string>();
    said.set(widget, all);
    for (const item of items) all.add(item);
  }
  for (const [widget, items] of said) {
    const tally = tallyOf(tallies, widget);
    tally.pages++;
    for (const item of items) tally.items.set(item, (tally.items.get(item) ?? 0) + 1);
  }
}

function compareWidgets(tallies: Map<string, Tally>, page: LoggedPage): void {
  if (page.widgets.length < 2) return;
  const values = new Map<string, number>();
  for (const { widget, items } of page.widgets) {
    const tally = tallyOf(tallies, widget);
    for (const [place, item] of items.entries()) {
      values.set(item, (values.get(item) ?? 0) + voteOf(tally, item, place));
    }
  }
  const average = sum(values.values()) / Math.max(1, values.size);
  if (average <= 0) return;
  for (const { widget, items } of page.widgets) {
    if (items.length === 0) continue;
    const tally = tallyOf(tallies, widget);
    tally.agreement += agreementOf(tally, items.slice(0, itemsCompared), values) / average;
    tally.compared++;
  }
}

/** The discounted mean of what the page's other widgets say these items are worth. */
function agreementOf(tally: Tally, items: readonly string[], values: ReadonlyMap<string, number>): number {
  let agreed = 0;
  let weights = 0;
  for (const [place, item] of items.entries()) {
    const weight = discountOf(place + 1);
    agreed += weight * Math.max(0, (values.get(item) ?? 0) - voteOf(tally, item, place));
    weights += weight;
  }
  return agreed / weights;
}

function voteOf({ pages, items }: Tally, item: string, place: number): number {
  return Math.log((1 + pages) / (1 + (items.get(item) ?? 0))) / (rankConstant + place + 1);
}

function* sourcesOf(tallies: ReadonlyMap<string, Tally>): Iterable<[string, Statistics['sources'][string]]> {
  const isWarm = (tally: Tally) => tally.pages >= warmPages && tally.compared > 0;
  const mean = (tally: Tally) => tally.agreement / tally.compared;
  const most = Math.max(Number.MIN_VALUE, ...[...tallies.values()].filter(isWarm).map(mean));
  for (const [widget, tally] of tallies) {
    const trust = isWarm(tally) ? Math.max(leastTrust, mean(tally) / most) : 1;
    yield [widget, { pages: tally.pages, trust, items: Object.fromEntries(tally.items) }];
  }
}

function tallyOf(tallies: Map<string, Tally>, widget: string): Tally {
  const known = tallies.get(widget);
  if (known) return known;
  const tally: Tally = { pages: 0, agreement: 0, compared: 0, items: new Map() };
  tallies.set(widget, tally);
  return tally;
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
