import { z } from 'zod';
import { conditions } from '../faults/fault.ts';
import { breakerStates } from '../faults/measureFaults.ts';
import { Interval } from '../measure/interval.ts';
import { Spread } from '../measure/spread.ts';
import { pageKinds } from '../scenarios/scenario.ts';

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
  scenario: z.enum(pageKinds),
  pagesPerSecond: z.number(),
  cpuPerPageUs: Spread,
  rateKept: z.boolean(),
  rounds: z.array(ServerRound),
});
export type ServerFigures = z.infer<typeof ServerFigures>;

/** How much of the mediator's CPU a peer uses for its page: peer ÷ mediator, round by round. */
export const ComparisonFigures = z.object({
  scenario: z.enum(pageKinds),
  peer: z.string(),
  title: z.string(),
  ratio: Spread,
  perRound: z.array(z.number()),
  target: z.object({ atLeast: z.number(), aim: z.number() }).nullable(),
  met: z.enum(['aim', 'yes', 'no']).nullable(),
});
export type ComparisonFigures = z.infer<typeof ComparisonFigures>;

/** How the cost of a page grows: by size, CPU per page, and its ratio to that of the smallest, round by round. */
export const GrowthFigures = z.object({
  of: z.enum(['sources', 'registered']),
  points: z.array(z.object({ size: z.int(), server: z.string(), cpuPerPageUs: Spread, ratio: Spread })),
  /** The slope of the line through the points (least squares). */
  usPerOneMore: z.number(),
  target: z.object({ atMost: z.number(), aim: z.number() }).nullable(),
  met: z.enum(['aim', 'yes', 'no']).nullable(),
});
export type GrowthFigures = z.infer<typeof GrowthFigures>;

/** How long pages took under one condition, at the client; over the budget of a source, and over all healthy. */
export const FaultFigures = Latencies.extend({
  condition: z.enum(conditions),
  breaker: z.enum(breakerStates),
  pages: z.int(),
  p50OverBudgetMs: z.number(),
  p99OverBudgetMs: z.number(),
  p50OverHealthyMs: z.number(),
  p99OverHealthyMs: z.number(),
  targets: z.array(
    z.object({
      figure: z.enum(['p50OverBudgetMs', 'p99OverBudgetMs', 'p50OverHealthyMs']),
      atMost: z.number(),
      aim: z.number(),
      met: z.enum(['aim', 'yes', 'no']),
    }),
  ),
});
export type FaultFigures = z.infer<typeof FaultFigures>;

const MemoryGrowth = z.object({ beforeMiB: z.number(), afterMiB: z.number(), growth: z.number() });

/** What a hung source left behind in the mediator, and its calls in flight, as the source counts them. */
export const HungFigures = z.object({
  breaker: z.enum(breakerStates),
  seconds: z.number(),
  rss: MemoryGrowth,
  heap: MemoryGrowth,
  inFlight: z.object({ p50: z.number(), most: z.number(), p50AtMost: z.number() }),
  mostGrowth: z.number(),
  isFlat: z.boolean(),
  isBounded: z.boolean(),
});
export type HungFigures = z.infer<typeof HungFigures>;

const met = z.enum(['aim', 'yes', 'no']);

const PageLatencies = Latencies.pick({ p50Ms: true, p99Ms: true });

/** What publishing costs, when it is seen, what is held of it, and what it does to pages. */
export const PublicationFigures = z.object({
  /** Acknowledged ÷ seconds of CPU of the mediator, which does the jobs too. */
  perSecondAndCore: Spread,
  inLinesPerSecondAndCore: Spread,
  perSecond: Spread,
  /** CPU of Redis ÷ that of the mediator. */
  redisShare: Spread,
  acknowledged: Latencies,
  /** From the acknowledgement to a page of another mediator. */
  visible: Latencies,
  stored: z.object({
    registered: z.int(),
    published: z.int(),
    bytesPerReady: z.number(),
    bytesPerWaiting: z.number(),
    startMs: z.number(),
  }),
  users: z.object({
    users: z.int(),
    redisBytesPerUser: z.number(),
    made: z.int(),
    shown: z.int(),
    /** More than before those pages were made. */
    heldBytes: z.number(),
    pages: Latencies,
  }),
  /** CPU of the process from a page's request to the end of its answer, while publications come in. */
  beside: z.object({
    publicationsPerSecond: z.number(),
    /** To pages while the publications go to another mediator. */
    ratio: Interval,
    /** To pages while nothing is published. */
    ratioToQuiet: Interval,
    pageUs: Spread,
    /** Share of pages that are not in it, since the process turned to something else meanwhile: of the kind with most of them. */
    leftOut: z.number(),
    /** The smallest share of what was to be published in a turn that was acknowledged. */
    published: z.number(),
    /** At the client, by where publications go. */
    p99Ms: z.object({ nobody: z.number(), another: z.number(), itself: z.number() }),
  }),
  /** Latency of pages at the client, while bodies come in that must be refused. */
  hostile: z.object({
    bodiesPerSecond: z.number(),
    /** To pages while as many honest publications come in. */
    p50Ratio: Interval,
    p99Ratio: Interval,
    /** The same of bodies that no budget refuses unread. */
    unbudgetedP99Ratio: Interval,
    /** By who sends. */
    pages: z.object({
      nobody: PageLatencies,
      honest: PageLatencies,
      hostile: PageLatencies,
      unbudgeted: PageLatencies,
    }),
    /** The smallest share of what was to be sent in a turn that was taken, or refused as it must be. */
    sent: z.number(),
  }),
  met: z.object({
    perSecondAndCore: met,
    inLinesPerSecondAndCore: met,
    visible: met,
    bytesPerList: met,
    users: met,
    /** Null when it cannot be told, as the figures differ too much. */
    beside: met.nullable(),
    hostile: met.nullable(),
  }),
});
export type PublicationFigures = z.infer<typeof PublicationFigures>;

/** The rounds of what was measured together, and what the control showed in each. */
export const PartFigures = z.object({
  part: z.enum(['pages', 'sources', 'registered', 'faults']),
  wanted: z.int(),
  kept: z.int(),
  discarded: z.int(),
  /** Of each round that was broken off, whose page was not complete, and why. */
  brokenOff: z.array(z.string()),
  control: z.array(z.object({ cpuPerPageUs: z.number(), p99Ms: z.number(), kept: z.boolean() })),
});
export type PartFigures = z.infer<typeof PartFigures>;

/** All figures of a run; what was not asked for is empty. */
export const Findings = z.object({
  parts: z.array(PartFigures),
  servers: z.array(ServerFigures),
  comparisons: z.array(ComparisonFigures),
  growth: z.array(GrowthFigures),
  faults: z.array(FaultFigures),
  hung: z.array(HungFigures),
  publications: z.array(PublicationFigures),
});
export type Findings = z.infer<typeof Findings>;

/** The file that `--json` writes; docs/performance.md describes it. */
export const BenchReport = Findings.extend({
  schema: z.literal(7),
  at: z.iso.datetime(),
  /** Figures of a quick run mean nothing. */
  quick: z.boolean(),
  machine: Machine,
  plan: z.object({
    rounds: z.int(),
    seconds: z.number(),
    warmUpSeconds: z.number(),
    pagesPerSecond: z.record(z.enum(pageKinds), z.number()),
    sizes: z.object({ sources: z.array(z.int()), registered: z.array(z.int()) }),
    faults: z.object({
      rounds: z.int(),
      requestsPerSecond: z.number(),
      seconds: z.number(),
      openingSeconds: z.number(),
      warmUpSeconds: z.number(),
    }),
    hung: z.object({ requestsPerSecond: z.number(), warmUpSeconds: z.number(), seconds: z.number() }),
    publications: z.object({
      rounds: z.int(),
      seconds: z.number(),
      connections: z.int(),
      followed: z.int(),
      stored: z.object({ widgets: z.int(), audiences: z.int() }),
      beside: z.object({
        pagesPerSecond: z.number(),
        publicationsPerSecond: z.number(),
        seconds: z.number(),
        warmUpSeconds: z.number(),
      }),
      users: z.object({
        digits: z.int(),
        pagesPerSecond: z.number(),
        seconds: z.number(),
        warmUpSeconds: z.number(),
      }),
      hostile: z.object({
        rounds: z.int(),
        pagesPerSecond: z.number(),
        bodiesPerSecond: z.number(),
        seconds: z.number(),
        warmUpSeconds: z.number(),
      }),
    }),
  }),
});
export type BenchReport = z.infer<typeof BenchReport>;
