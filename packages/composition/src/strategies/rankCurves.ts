import { type Counts, type CountsBySource, ranksCounted } from '../feedback.ts';
import { rankConstant } from './consensus.ts';

/** What sources' items are worth by rank, learned from counts; in units of consensus: 1 / (60 + rank) at trust 1. */
export interface RankCurves {
  /** By rank from 0, what an item of the source is worth to viewers of a segment. */
  readonly of: (widget: string, segment: string) => Float64Array;
  /** How much the source is wanted, whatever the rank and the segment. */
  readonly liftOf: (widget: string) => number;
  /** How many of its items were wanted. */
  readonly clicksOf: (widget: string) => number;
}

/** How many expected clicks a level is believed for, before its own clicks outweigh them. */
const priorClicks = 10;

/** Ranks so near to each other on both sides lend each other their counts. */
const window = 2;

/** Shown by rank alone, as in consensus. */
const byRank = Float64Array.from({ length: ranksCounted }, (_, rank) => 1 / (rankConstant + rank + 1));

/**
 * A chain of shrunken rates, each a factor on the one before it: the source's prior, its lift, the rank's curve over
 * all sources, the source's own curve, the segment's lift. A factor is (10 + clicks) ÷ (10 + clicks expected by the
 * levels before), the mean of a Gamma(10, 10) prior after Poisson counts (Gelman et al.: Bayesian Data Analysis, 3rd
 * ed., 2.6), so that few counts move little, and a source examined only far down is not blamed for its rank.
 */
export function learnCurves(counts: CountsBySource, priorOf: (widget: string) => number): RankCurves {
  const pooled = new Map([...counts].map(([widget, segments]) => [widget, poolOf(segments.values())]));
  const scale = scaleOf(pooled, priorOf);
  const lifts = new Map<string, number>();
  for (const [widget, { examined, wanted }] of pooled) {
    const prior = priorOf(widget);
    lifts.set(widget, prior * factorOf(sum(wanted), scale * prior * dot(examined, byRank)));
  }
  const liftOf = (widget: string) => lifts.get(widget) ?? priorOf(widget);
  const common = commonCurve(pooled, liftOf, scale);
  const own = new Map(
    [...pooled].map(([widget, tally]) => [widget, ownCurve(tally, times(common, liftOf(widget)), scale)]),
  );
  const ofSegment = segmentCurves({ counts, own, scale });

  return {
    of: (widget, segment) =>
      ofSegment(segment).get(widget) ?? own.get(widget) ?? times(common, priorOf(widget)),
    liftOf,
    clicksOf: (widget) => sum(pooled.get(widget)?.wanted ?? []),
  };
}

/** Clicks for one unit of consensus, so that altogether as many are expected as there were. */
function scaleOf(pooled: ReadonlyMap<string, Counts>, priorOf: (widget: string) => number): number {
  let clicks = 0;
  let expected = 0;
  for (const [widget, { examined, wanted }] of pooled) {
    clicks += sum(wanted);
    expected += priorOf(widget) * dot(examined, byRank);
  }
  return clicks > 0 && expected > 0 ? clicks / expected : 1;
}

/** How what is wanted falls with the rank, over all sources. */
function commonCurve(
  pooled: ReadonlyMap<string, Counts>,
  liftOf: (widget: string) => number,
  scale: number,
): Float64Array {
  const clicks = new Float64Array(ranksCounted);
  const expected = new Float64Array(ranksCounted);
  for (const [widget, { examined, wanted }] of pooled) {
    const lift = liftOf(widget);
    for (let rank = 0; rank < ranksCounted; rank++) {
      clicks[rank] = (clicks[rank] ?? 0) + (wanted[rank] ?? 0);
      expected[rank] = (expected[rank] ?? 0) + scale * lift * (byRank[rank] ?? 0) * (examined[rank] ?? 0);
    }
  }
  return byRank.map((height, rank) => height * factorOf(around(clicks, rank), around(expected, rank)));
}

function ownCurve({ examined, wanted }: Counts, curve: Float64Array, scale: number): Float64Array {
  const expected = curve.map((height, rank) => scale * height * (examined[rank] ?? 0));
  return curve.map((height, rank) => height * factorOf(around(wanted, rank), around(expected, rank)));
}

/** By segment and widget, worked out once a segment. How much a segment clicks in general is nobody's merit. */
function segmentCurves({
  counts,
  own,
  scale,
}: {
  readonly counts: CountsBySource;
  readonly own: ReadonlyMap<string, Float64Array>;
  readonly scale: number;
}): (segment: string) => ReadonlyMap<string, Float64Array> {
  const known = new Map<string, ReadonlyMap<string, Float64Array>>();
  return (segment) => {
    const made = known.get(segment) ?? makeCurves(segment);
    known.set(segment, made);
    return made;
  };

  function makeCurves(segment: string): ReadonlyMap<string, Float64Array> {
    const tallies: { widget: string; curve: Float64Array; clicks: number; expected: number }[] = [];
    for (const [widget, curve] of own) {
      const tally = counts.get(widget)?.get(segment);
      if (tally === undefined) continue;
      const expected = scale * dot(tally.examined, curve);
      tallies.push({ widget, curve, clicks: sum(tally.wanted), expected });
    }
    const activity = factorOf(
      sum(tallies.map(({ clicks }) => clicks)),
      sum(tallies.map(({ expected }) => expected)),
    );
    return new Map(
      tallies.map(({ widget, curve, clicks, expected }) => [
        widget,
        times(curve, factorOf(clicks, activity * expected)),
      ]),
    );
  }
}

const factorOf = (clicks: number, expected: number): number =>
  (priorClicks + clicks) / (priorClicks + expected);

function poolOf(parts: Iterable<Counts>): Counts {
  const pool: Counts = { examined: new Float64Array(ranksCounted), wanted: new Float64Array(ranksCounted) };
  for (const { examined, wanted } of parts) {
    for (let rank = 0; rank < ranksCounted; rank++) {
      pool.examined[rank] = (pool.examined[rank] ?? 0) + (examined[rank] ?? 0);
      pool.wanted[rank] = (pool.wanted[rank] ?? 0) + (wanted[rank] ?? 0);
    }
  }
  return pool;
}

const around = (counts: Float64Array, rank: number): number =>
  sum(counts.subarray(Math.max(0, rank - window), rank + window + 1));

const times = (curve: Float64Array, factor: number): Float64Array => curve.map((height) => height * factor);

function dot(counts: Float64Array, curve: Float64Array): number {
  let total = 0;
  for (let rank = 0; rank < ranksCounted; rank++) total += (counts[rank] ?? 0) * (curve[rank] ?? 0);
  return total;
}

function sum(numbers: ArrayLike<number>): number {
  let total = 0;
  for (let index = 0; index < numbers.length; index++) total += numbers[index] ?? 0;
  return total;
}
