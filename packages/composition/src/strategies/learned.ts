import type { Candidate } from '../candidate.ts';
import { type CountsBySource, countsOf, ranksCounted } from '../feedback.ts';
import { scoredRanks } from '../scoredRanks.ts';
import { rarityOf, type Statistics, sourceOf } from '../statistics.ts';
import { consensus } from './consensus.ts';
import { learnCurves, type RankCurves } from './rankCurves.ts';
import type { Strategy } from './strategy.ts';
import { createVoteMemory, sumVotes, wholeGrains } from './votes.ts';

/**
 * Consensus in which a source's weight at each rank is learned from what viewers wanted: an item is worth
 * Σ curve(source, segment, rank) × rarity over the fresh and stale candidates that hold it. The viewer's segment is the
 * first of theirs that has counts. A source without counts weighs √trust, and one that nobody knows as much as a
 * trusted one; while there are no counts at all it is consensus, which is then what the trace says.
 * To a viewer who is not known rarity says nothing, as in consensus; what others wanted does, so no prior goes first.
 */
export const learned: Strategy = {
  prepare: (entry) => {
    const { context, statistics, candidates } = entry.input;
    const lessons = lessonsOf(statistics);
    if (lessons === undefined) return consensus.prepare(entry);
    const lesson = lessons.lessonFor(context.segments, context.personal);
    const { writeWorths, weighedSum } = sumVotes(entry, votes.under(lesson));
    return {
      name: 'learned',
      rankOf: () => 0,
      writeWorths,
      weighedSum,
      partsOf: (index) => {
        const widget = candidates[index]?.widget ?? '';
        const { trust } = sourceOf(statistics, widget);
        return {
          trust,
          lift: lessons.curves.liftOf(widget),
          clicks: lessons.curves.clicksOf(widget),
          prior: priorOf(trust),
        };
      },
    };
  },
};

/** Of one snapshot, for the viewers of one segment: what votes follow from. */
interface Lesson {
  readonly statistics: Statistics;
  readonly curveOf: (widget: string) => Float64Array;
  readonly isPersonal: boolean;
}

interface Lessons {
  readonly curves: RankCurves;
  /** The same viewers get the same object. */
  readonly lessonFor: (segments: readonly string[], isPersonal: boolean) => Lesson;
}

/** Snapshots are immutable and outlive pages: what each teaches is worked out once. */
const known = new WeakMap<Statistics, { readonly lessons: Lessons | undefined }>();

function lessonsOf(statistics: Statistics): Lessons | undefined {
  const remembered = known.get(statistics);
  if (remembered) return remembered.lessons;
  const counts = countsOf(statistics.feedback);
  const lessons = [...counts.values()].some(({ size }) => size > 0)
    ? createLessons(statistics, counts)
    : undefined;
  known.set(statistics, { lessons });
  return lessons;
}

/** Trust says less than clicks do, and its spread is wide: its root is where learning begins. */
const priorOf = (trust: number): number => Math.sqrt(trust);

function createLessons(statistics: Statistics, counts: CountsBySource): Lessons {
  const curves = learnCurves(counts, (widget) => priorOf(sourceOf(statistics, widget).trust));
  const segmentsKnown = new Set([...counts.values()].flatMap((segments) => [...segments.keys()]));
  const made = { personal: new Map<string, Lesson>(), impersonal: new Map<string, Lesson>() };
  return {
    curves,
    lessonFor(segments, isPersonal) {
      const segment = segments.find((name) => segmentsKnown.has(name)) ?? '';
      const bySegment = isPersonal ? made.personal : made.impersonal;
      const lesson = bySegment.get(segment) ?? {
        statistics,
        isPersonal,
        curveOf: (widget) => curves.of(widget, segment),
      };
      bySegment.set(segment, lesson);
      return lesson;
    },
  };
}

/** Far above what honest counts come to, and low enough for sums of votes to be exact. */
const highestCurve = 1024;

const votes = createVoteMemory(({ statistics, curveOf, isPersonal }: Lesson, candidate: Candidate) => {
  const source = sourceOf(statistics, candidate.widget);
  const curve = curveOf(candidate.widget);
  return Float64Array.from(candidate.items.slice(0, scoredRanks(candidate)), ({ id }, place) => {
    const height = Math.min(highestCurve, curve[Math.min(place, ranksCounted - 1)] ?? 0);
    return wholeGrains(height * (isPersonal ? rarityOf(source, id, candidate) : 1));
  });
});
