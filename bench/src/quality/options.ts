import { Command, InvalidArgumentError, Option } from 'commander';

export interface QualityOptions {
  /** The folder with `evaluate.mjs`. */
  readonly evaluator: string;
  /** The folder with `items.json` and a folder for each split. */
  readonly data: string;
  readonly split: 'visible' | 'hidden';
  /** The shares of the widgets that are missing, one run each; 0 first. */
  readonly dropouts: readonly number[];
  /** Weights of the layout's diversity by genre; of 0 there is always a run. */
  readonly diversity: readonly number[];
  /** Whether the page is bettered after the greedy one. */
  readonly passes: boolean;
  /** Whose statistics a list has: its service's, which all the service's lists share, or its own. */
  readonly statisticsBy: 'service' | 'widget';
  readonly jsonFile: string | undefined;
}

interface Values {
  readonly evaluator: string;
  readonly data: string;
  readonly split: 'visible' | 'hidden';
  readonly dropout?: number;
  readonly diversity?: number[];
  readonly passes: boolean;
  readonly statisticsBy: 'service' | 'widget';
  readonly json?: string;
}

/** What is asked for on the command line; `--help` and mistakes end the process. */
export function readOptions(args: readonly string[]): QualityOptions {
  const {
    dropout = 0,
    diversity = [],
    json,
    ...rest
  } = createCommand()
    .parse([...args], { from: 'user' })
    .opts<Values>();
  return {
    ...rest,
    dropouts: dropout === 0 ? [0] : [0, dropout],
    diversity: diversity.filter((weight) => weight > 0),
    jsonFile: json,
  };
}

function createCommand(): Command {
  return new Command('npm run bench:quality --')
    .description('How good pages are, judged by an evaluator from outside: docs/quality.md.')
    .requiredOption('--evaluator <folder>', 'where evaluate.mjs is')
    .requiredOption('--data <folder>', 'where items.json and the splits are')
    .addOption(new Option('--split <name>', 'which people').choices(['visible', 'hidden']).default('visible'))
    .option('--dropout <share>', 'also with this share of the widgets missing', share)
    .option('--diversity <weights>', 'also with these weights of diversity, such as 0,0.1,0.3,1', weights)
    .option('--no-passes', 'only the greedy page')
    .addOption(
      new Option('--statistics-by <whom>', 'whether lists of one service share their statistics')
        .choices(['service', 'widget'])
        .default('service'),
    )
    .option('--json <file>', 'where the figures go as well');
}

function share(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value < 1))
    throw new InvalidArgumentError('It must be from 0 to below 1.');
  return value;
}

function weights(text: string): number[] {
  return text.split(',').map((part) => {
    const value = Number(part);
    if (part.trim() === '' || !(value >= 0 && value <= 1))
      throw new InvalidArgumentError('They must be from 0 to 1.');
    return value;
  });
}
