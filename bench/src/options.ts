import { Command, InvalidArgumentError, Option } from 'commander';
import type { PageKind } from './scenarios/scenario.ts';

/** What can be asked for by itself. */
export const subjects = [
  'pushed',
  'busy',
  'personal',
  'pulled',
  'sources',
  'registered',
  'faults',
  'hung',
  'publications',
] as const;
export type Subject = (typeof subjects)[number];

/** How much is measured, and how hard the servers are pressed. */
export interface Plan {
  readonly rounds: number;
  /** Of each server in each round. */
  readonly seconds: number;
  /** Of each server before the first round. */
  readonly warmUpSeconds: number;
  readonly pagesPerSecond: Readonly<Record<PageKind, number>>;
  /** The sizes that the cost of a page is measured at, the smallest first. */
  readonly sizes: Readonly<Record<'sources' | 'registered', readonly number[]>>;
  readonly faults: FaultPlan;
  readonly hung: HungPlan;
  readonly publications: PublicationsPlan;
}

export interface FaultPlan {
  readonly rounds: number;
  readonly requestsPerSecond: number;
  /** Of each condition in each round. */
  readonly seconds: number;
  /** Of a fault before its turn counts as one with an open breaker. */
  readonly openingSeconds: number;
  readonly warmUpSeconds: number;
}

export interface HungPlan {
  readonly requestsPerSecond: number;
  readonly warmUpSeconds: number;
  readonly seconds: number;
}

export interface PublicationsPlan {
  readonly rounds: number;
  /** Of a round of publishing as fast as may be, over so many connections. */
  readonly seconds: number;
  readonly connections: number;
  /** How many publications are followed to the page of another mediator. */
  readonly followed: number;
  /** What is stored when memory and start are measured: widgets, and publications for each. */
  readonly stored: { readonly widgets: number; readonly audiences: number };
  readonly beside: {
    /** Of a few rounds each. */
    readonly blocks: number;
    readonly pagesPerSecond: number;
    readonly publicationsPerSecond: number;
    readonly seconds: number;
    readonly warmUpSeconds: number;
  };
  readonly users: {
    /** Of their numbers: 10 to the power of it are published for. */
    readonly digits: number;
    /** Each of another user. */
    readonly pagesPerSecond: number;
    readonly seconds: number;
    readonly warmUpSeconds: number;
  };
  readonly hostile: {
    /** Of a turn of each kind. */
    readonly rounds: number;
    readonly pagesPerSecond: number;
    /** Honest ones in some turns, hostile ones in others. */
    readonly bodiesPerSecond: number;
    readonly seconds: number;
    readonly warmUpSeconds: number;
  };
}

export interface BenchOptions {
  readonly plan: Plan;
  readonly quick: boolean;
  readonly only: readonly Subject[];
  readonly jsonFile: string | undefined;
  readonly profileFolder: string | undefined;
}

const fullPlan: Plan = {
  rounds: 7,
  seconds: 2.5,
  warmUpSeconds: 25,
  pagesPerSecond: { pushed: 500, busy: 1_500, personal: 500, pulled: 60, sources: 30, registered: 300 },
  sizes: { sources: [1, 15, 30, 60], registered: [10, 5_000] },
  faults: { rounds: 2, requestsPerSecond: 40, seconds: 2.5, openingSeconds: 2, warmUpSeconds: 5 },
  hung: { requestsPerSecond: 40, warmUpSeconds: 45, seconds: 60 },
  publications: {
    rounds: 5,
    seconds: 4,
    connections: 32,
    followed: 300,
    stored: { widgets: 10_000, audiences: 10 },
    beside: { blocks: 16, pagesPerSecond: 300, publicationsPerSecond: 500, seconds: 1, warmUpSeconds: 15 },
    users: { digits: 5, pagesPerSecond: 300, seconds: 60, warmUpSeconds: 10 },
    hostile: { rounds: 40, pagesPerSecond: 300, bodiesPerSecond: 100, seconds: 2, warmUpSeconds: 5 },
  },
};
const quickPlan: Plan = {
  rounds: 2,
  seconds: 0.5,
  warmUpSeconds: 0.5,
  pagesPerSecond: { pushed: 100, busy: 100, personal: 100, pulled: 20, sources: 10, registered: 50 },
  sizes: { sources: [1, 5], registered: [10, 200] },
  faults: { rounds: 1, requestsPerSecond: 40, seconds: 0.1, openingSeconds: 0.5, warmUpSeconds: 0.5 },
  hung: { requestsPerSecond: 20, warmUpSeconds: 0.5, seconds: 4 },
  publications: {
    rounds: 1,
    seconds: 0.5,
    connections: 4,
    followed: 3,
    stored: { widgets: 20, audiences: 2 },
    beside: { blocks: 2, pagesPerSecond: 20, publicationsPerSecond: 20, seconds: 0.2, warmUpSeconds: 0.2 },
    users: { digits: 2, pagesPerSecond: 20, seconds: 0.5, warmUpSeconds: 0.2 },
    hostile: { rounds: 2, pagesPerSecond: 20, bodiesPerSecond: 20, seconds: 0.2, warmUpSeconds: 0.2 },
  },
};

interface Values {
  readonly rounds?: number;
  readonly seconds?: number;
  readonly warmUp?: number;
  readonly pushedRate?: number;
  readonly busyRate?: number;
  readonly pulledRate?: number;
  readonly hungSeconds?: number;
  readonly only?: Subject[];
  readonly quick?: true;
  readonly json?: string;
  readonly profile?: string | true;
}

/** What is asked for on the command line; `--help` and mistakes end the process. */
export function readOptions(args: readonly string[], defaultProfileFolder: string): BenchOptions {
  const values = createCommand()
    .parse([...args], { from: 'user' })
    .opts<Values>();
  const quick = values.quick === true;
  const plan = quick ? quickPlan : fullPlan;
  return {
    plan: {
      ...plan,
      rounds: values.rounds ?? plan.rounds,
      seconds: values.seconds ?? plan.seconds,
      warmUpSeconds: values.warmUp ?? plan.warmUpSeconds,
      pagesPerSecond: {
        ...plan.pagesPerSecond,
        pushed: values.pushedRate ?? plan.pagesPerSecond.pushed,
        personal: values.pushedRate ?? plan.pagesPerSecond.personal,
        busy: values.busyRate ?? plan.pagesPerSecond.busy,
        pulled: values.pulledRate ?? plan.pagesPerSecond.pulled,
      },
      hung: { ...plan.hung, seconds: values.hungSeconds ?? plan.hung.seconds },
    },
    quick,
    only: values.only ?? subjects,
    jsonFile: values.json,
    profileFolder: values.profile === true ? defaultProfileFolder : values.profile,
  };
}

function createCommand(): Command {
  const { rounds, seconds, warmUpSeconds, pagesPerSecond, hung } = fullPlan;
  return new Command('npm run bench --')
    .description(
      'What a page costs the mediator, against peers measured in the same run, as sources grow and as they fail: docs/performance.md.',
    )
    .addOption(
      new Option('--only <subjects...>', 'only these pages, growth or failures').choices([...subjects]),
    )
    .option('--rounds <n>', `rounds to keep of pages and growth (${rounds})`, wholeNumber)
    .option('--seconds <s>', `of each server in each round (${seconds})`, positiveNumber)
    .option('--warm-up <s>', `of each server before the first round (${warmUpSeconds})`, positiveNumber)
    .option('--pushed-rate <n>', `pushed pages per second (${pagesPerSecond.pushed})`, positiveNumber)
    .option('--busy-rate <n>', `the same when busy (${pagesPerSecond.busy})`, positiveNumber)
    .option('--pulled-rate <n>', `pulled pages per second (${pagesPerSecond.pulled})`, positiveNumber)
    .option('--hung-seconds <s>', `how long a hung source is endured (${hung.seconds})`, positiveNumber)
    .option('--quick', 'a short run under a low rate, to see that all works; its figures mean nothing')
    .option('--json <file>', 'where the figures go (bench/results/latest.json)')
    .option('--profile [folder]', 'no figures: profiles the mediator and says where its time goes');
}

function positiveNumber(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 100_000)) throw new InvalidArgumentError('It must be more than 0.');
  return value;
}

function wholeNumber(text: string): number {
  const value = positiveNumber(text);
  if (!Number.isInteger(value)) throw new InvalidArgumentError('It must be a whole number.');
  return value;
}
