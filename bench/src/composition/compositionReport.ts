import { z } from 'zod';
import { Spread } from '../measure/spread.ts';
import { Machine } from '../report/benchReport.ts';

/** One kind of page at one size. */
const PageFigures = z.object({
  kind: z.enum(['plain', 'greedy', 'new lists', 'reallocated', 'searched']),
  /** CPU a page. */
  us: Spread,
  /** Its time ÷ that of the plain page in the same round. */
  ofPlain: Spread,
  /** Its score ÷ that of the searched page. */
  scoreOfSearched: z.number(),
  /** Other pages that the search tried. */
  iterations: z.int(),
});
export type PageFigures = z.infer<typeof PageFigures>;

/** CPU a page in the stages of the greedy page, in microseconds; the goal is of `both`, scoring and allocation together. */
const StageFigures = z.object({
  admit: Spread,
  score: Spread,
  allocate: Spread,
  explain: Spread,
  both: Spread,
});

/** All pages of one size. */
export const SizeFigures = z.object({
  candidates: z.int(),
  items: z.int(),
  pages: z.array(PageFigures),
  stagesUs: StageFigures,
  /** Of scoring and greedy together. */
  goalUs: z.number(),
});
export type SizeFigures = z.infer<typeof SizeFigures>;

/** How time grows with one of two dimensions of a page, the other staying as it is. */
export const GrowthFigures = z.object({
  of: z.enum(['candidates', 'items']),
  kind: z.enum(['greedy', 'searched']),
  points: z.array(z.object({ size: z.int(), us: Spread, usPerRow: z.number() })),
  /** Of the power law that fits the medians. */
  exponent: z.number(),
  /** The same from the middle size up, where what every page costs hides less. */
  exponentOfLarger: z.number(),
  isSteep: z.boolean(),
});
export type GrowthFigures = z.infer<typeof GrowthFigures>;

/** The file that `--json` writes; docs/performance.md describes it. */
export const CompositionReport = z.object({
  schema: z.literal(2),
  at: z.iso.datetime(),
  /** Figures of a quick run mean nothing. */
  quick: z.boolean(),
  machine: Machine.omit({ redis: true }),
  rounds: z.object({ wanted: z.int(), kept: z.int(), discarded: z.int() }),
  control: z.array(z.object({ pieceUs: z.number(), p99Ms: z.number(), kept: z.boolean() })),
  sizes: z.array(SizeFigures),
  growth: z.array(GrowthFigures),
});
export type CompositionReport = z.infer<typeof CompositionReport>;
