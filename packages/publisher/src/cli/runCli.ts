import { Command, CommanderError, Option } from 'commander';
import { check, publish, register } from './commands.ts';
import { type ExitCode, exitCodes, type Terminal } from './terminal.ts';
import { UsageError } from './usageError.ts';

const notes = `
API_KEY in the environment is your team's publish key; MEDIATOR_URL may stand for --mediator.
Exit codes: 0 fine, 1 faults or a refusal, 2 wrong usage, 3 the mediator is away or busy.`;

/** The command line of recommender teams, for their own CI. Returns the exit code; throws only what is our fault. */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = exitCodes.fine;
  const program = createProgram(terminal, (ended) => {
    code = ended;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.fine : exitCodes.usage;
    if (!(error instanceof UsageError)) throw error;
    terminal.error(error.message);
    return exitCodes.usage;
  }
}

function createProgram(terminal: Terminal, end: (code: ExitCode) => void): Command {
  const program = new Command('widget-publisher')
    .description('Checks, registers and publishes widgets of the Widget Mediator.')
    .addHelpText('after', notes)
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: (text) => terminal.error(withoutValues(text)) });

  program
    .command('check')
    .description('Look at a manifest, and at publications of its widget, without a mediator.')
    .argument('<widget.yaml>')
    .argument('[publication.json...]')
    .addOption(strict())
    .action((manifest: string, publications: string[], options: { strict: boolean }) =>
      end(check(terminal, { manifest, publications }, options)),
    );

  program
    .command('register')
    .description('Register the widget, or change its registration.')
    .argument('<widget.yaml>')
    .addOption(mediator(terminal))
    .action(async (manifest: string, options: { mediator: string }) =>
      end(await register(terminal, manifest, options)),
    );

  program
    .command('publish')
    .description('Publish to a registered widget, or try it out.')
    .argument('<widget.yaml>')
    .argument('<publication.json...>')
    .addOption(mediator(terminal))
    .option('--dry-run', 'store nothing', false)
    .addOption(strict())
    .action(
      async (
        manifest: string,
        publications: string[],
        options: { mediator: string; dryRun: boolean; strict: boolean },
      ) => end(await publish(terminal, { manifest, publications }, options)),
    );
  return program;
}

/** Who took the key for an option does not find it in the log of their CI. */
const withoutValues = (text: string): string => text.trimEnd().replaceAll(/('--[\w-]+)=[^']*'/g, "$1'");

const strict = () => new Option('--strict', 'fail on warnings and verdicts, too').default(false);

function mediator({ env }: Terminal): Option {
  const option = new Option('--mediator <url>', 'where the mediator is');
  const url = env['MEDIATOR_URL'];
  return url === undefined || url === '' ? option.makeOptionMandatory() : option.default(url);
}
