import { Command, InvalidArgumentError, Option } from 'commander';
import type { ScenarioName } from './scenarios/scenario.ts';

/** How much is measured, and how hard the servers are pressed. */
export interface Plan {
  readonly rounds: number;
  /** Of each server in each round. */
  readonly seconds: number;
  /** Of each server before the first round. */
  readonly warmUpSeconds: number;
  readonly pagesPerSecond: Readonly<Record<ScenarioName, number>>;
}

export interface BenchOptions {
  readonly plan: Plan;
  readonly quick: boolean;
  readonly only: ScenarioName | undefined;
  readonly jsonFile: string | undefined;
  readonly profileFolder: string | undefined;
}

const fullPlan: Plan = {
  rounds: 8,
  seconds: 3,
  warmUpSeconds: 8,
  pagesPerSecond: { pushed: 600, personal: 600, pulled: 60 },
};
const quickPlan: Plan = {
  rounds: 2,
  seconds: 0.5,
  warmUpSeconds: 0.5,
  pagesPerSecond: { pushed: 100, personal: 100, pulled: 20 },
};

interface Values {
  readonly rounds?: number;
  readonly seconds?: number;
  readonly warmUp?: number;
  readonly pushedRate?: number;
  readonly pulledRate?: number;
  readonly only?: ScenarioName;
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
      rounds: values.rounds ?? plan.rounds,
      seconds: values.seconds ?? plan.seconds,
      warmUpSeconds: values.warmUp ?? plan.warmUpSeconds,
      pagesPerSecond: {
        pushed: values.pushedRate ?? plan.pagesPerSecond.pushed,
        personal: values.pushedRate ?? plan.pagesPerSecond.personal,
        pulled: values.pulledRate ?? plan.pagesPerSecond.pulled,
      },
    },
    quick,
    only: values.only,
    jsonFile: values.json,
    profileFolder: values.profile === true ? defaultProfileFolder : values.profile,
  };
}

function createCommand(): Command {
  const { rounds, seconds, warmUpSeconds, pagesPerSecond } = fullPlan;
  return new Command('npm run bench --')
    .description(
      'What a page costs the mediator, against peers measured in the same run: docs/performance.md.',
    )
    .addOption(new Option('--only <pages>', 'only these pages').choices(['pushed', 'personal', 'pulled']))
    .option('--rounds <n>', `rounds to keep (${rounds})`, wholeNumber)
    .option('--seconds <s>', `of each server in each round (${seconds})`, positiveNumber)
    .option('--warm-up <s>', `of each server before the first round (${warmUpSeconds})`, positiveNumber)
    .option('--pushed-rate <n>', `pushed pages per second (${pagesPerSecond.pushed})`, positiveNumber)
    .option('--pulled-rate <n>', `pulled pages per second (${pagesPerSecond.pulled})`, positiveNumber)
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
