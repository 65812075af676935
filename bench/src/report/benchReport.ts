import { z } from 'zod';
import { Spread } from '../measure/spread.ts';

const Latencies = z.object({ p50Ms: z.number(), p95Ms: z.number(), p99Ms: z.number() });

/** Where a run took place. */
export const Machine = z.object({
  cores: z.int(),
  cpu: z.string(),
  platform: z.string(),
  node: z.string(),
  redis: z.string(),
  /** Of the checkout; `+` behind it says that files were changed since. */
  commit: z.string(),
  /** Processes that wanted a core in the minute before. */
  loadBefore: z.number(),
});
export type Machine = z.infer<typeof Machine>;

/** What one server showed in one round. */
export const ServerRound = Latencies.extend({
  round: z.int(),
  kept: z.boolean(),
  pages: z.int(),
  cpuPerPageUs: z.number(),
  achievedPerSecond: z.number(),
  lagP50Ms: z.number(),
  lagP99Ms: z.number(),
  rateKept: z.boolean(),
});
export type ServerRound = z.infer<typeof ServerRound>;

/** What one server showed, over the rounds that are kept. */
export const ServerFigures = Latencies.extend({
  server: z.string(),
  title: z.string(),
  scenario: z.enum(['pushed', 'personal', 'pulled']),
  pagesPerSecond: z.number(),
  cpuPerPageUs: Spread,
  rateKept: z.boolean(),
  rounds: z.array(ServerRound),
});
export type ServerFigures = z.infer<typeof ServerFigures>;

/** How much of the mediator's CPU a peer uses for its page: peer ÷ mediator, round by round. */
export const ComparisonFigures = z.object({
  scenario: z.enum(['pushed', 'personal', 'pulled']),
  peer: z.string(),
  title: z.string(),
  ratio: Spread,
  perRound: z.array(z.number()),
  target: z.object({ atLeast: z.number(), aim: z.number() }).nullable(),
  met: z.enum(['aim', 'yes', 'no']).nullable(),
});
export type ComparisonFigures = z.infer<typeof ComparisonFigures>;

/** The file that `--json` writes; docs/performance.md describes it. */
export const BenchReport = z.object({
  schema: z.literal(1),
  at: z.iso.datetime(),
  /** Figures of a quick run mean nothing. */
  quick: z.boolean(),
  machine: Machine,
  plan: z.object({
    rounds: z.int(),
    seconds: z.number(),
    warmUpSeconds: z.number(),
    pagesPerSecond: z.object({ pushed: z.number(), personal: z.number(), pulled: z.number() }),
  }),
  rounds: z.object({ wanted: z.int(), kept: z.int(), discarded: z.int() }),
  control: z.array(z.object({ cpuPerPageUs: z.number(), p99Ms: z.number(), kept: z.boolean() })),
  servers: z.array(ServerFigures),
  comparisons: z.array(ComparisonFigures),
});
export type BenchReport = z.infer<typeof BenchReport>;
