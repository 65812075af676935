import { Command, InvalidArgumentError } from 'commander';

/** How much is measured. */
export interface CompositionPlan {
  /** Rounds to keep. */
  readonly rounds: number;
  /** For each contestant in each round. */
  readonly turnMs: number;
  readonly warmUpMs: number;
  /** For the stages of one size, in each round. */
  readonly stagesMs: number;
}

export interface CompositionOptions {
  readonly plan: CompositionPlan;
  readonly quick: boolean;
  readonly jsonFile: string | undefined;
}

const fullPlan: CompositionPlan = { rounds: 9, turnMs: 80, warmUpMs: 400, stagesMs: 400 };
const quickPlan: CompositionPlan = { rounds: 2, turnMs: 5, warmUpMs: 20, stagesMs: 20 };

interface Values {
  readonly rounds?: number;
  readonly quick?: true;
  readonly json?: string;
}

/** What is asked for on the command line; `--help` and mistakes end the process. */
export function readOptions(args: readonly string[]): CompositionOptions {
  const values = createCommand()
    .parse([...args], { from: 'user' })
    .opts<Values>();
  const quick = values.quick === true;
  const plan = quick ? quickPlan : fullPlan;
  return { plan: { ...plan, rounds: values.rounds ?? plan.rounds }, quick, jsonFile: values.json };
}

function createCommand(): Command {
  return new Command('npm run bench:composition --')
    .description('What composing a page costs, in one process: docs/performance.md.')
    .option('--rounds <n>', `rounds to keep (${fullPlan.rounds})`, wholeNumber)
    .option('--quick', 'a short run, to see that all works; its figures mean nothing')
    .option('--json <file>', 'where the figures go (bench/results/composition-latest.json)')
    .addHelpText('after', '\nExits with 1 when time grows faster than the power 1.3 of candidates or items.');
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!(Number.isInteger(value) && value > 0 && value <= 1_000))
    throw new InvalidArgumentError('It must be a whole number from 1 to 1000.');
  return value;
}
