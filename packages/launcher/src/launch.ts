import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { type Config, readConfig } from './config.ts';
import type { Demo } from './demo/demo.ts';
import { startDemo } from './demo/startDemo.ts';
import { banner } from './output/banner.ts';
import { createPaint } from './output/createPaint.ts';
import { helpText } from './output/helpText.ts';
import { StartFailure } from './startFailure.ts';
import { createStopRequest, type StopRequest } from './stopRequest.ts';

export interface LaunchOptions {
  /** The top folder of the repository. */
  readonly root: string;
  readonly environment: Readonly<NodeJS.ProcessEnv>;
  readonly args: readonly string[];
  readonly colour: boolean;
  /** For people: progress, logs of the children, the banner. */
  readonly print: (text: string) => void;
  readonly complain: (text: string) => void;
}

/** Runs the demo until somebody stops it, and resolves with the exit code: 0 when it was stopped, 1 when it failed. */
export async function launch(options: LaunchOptions): Promise<0 | 1> {
  const { root, environment, complain } = options;
  const asked = readArguments(options.args);
  if (asked === 'help') {
    options.print(helpText.trimEnd());
    return 0;
  }
  if (asked === 'unknown') {
    complain(`Unknown option: ${options.args.join(' ')}. npm start -- --help lists them.`);
    return 1;
  }
  const settings = readConfig(environment, root);
  if (!settings.ok) {
    complain(['Cannot start; correct these environment variables:', ...settings.faults].join('\n  '));
    return 1;
  }
  const stopRequest = createStopRequest();
  try {
    return await run(settings.config, { ...options, quiet: asked === 'quiet', stopRequest });
  } finally {
    stopRequest.close();
  }
}

function readArguments(args: readonly string[]): 'help' | 'quiet' | 'plain' | 'unknown' {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { help: { type: 'boolean', short: 'h' }, quiet: { type: 'boolean', short: 'q' } },
    });
    if (values.help) return 'help';
    return values.quiet ? 'quiet' : 'plain';
  } catch {
    return 'unknown';
  }
}

type RunOptions = LaunchOptions & { readonly quiet: boolean; readonly stopRequest: StopRequest };

async function run(config: Config, options: RunOptions): Promise<0 | 1> {
  const { root, stopRequest, print, complain, colour } = options;
  const paint = createPaint(colour);
  const demo = await startOrExplain(config, options);
  if (demo === undefined) return stopRequest.signal.aborted ? 0 : 1;
  print(banner(demo, { paint, redisFolder: shownPath(join(config.dataDir, 'redis'), root) }));

  const failure = await Promise.race([stopRequest.requested, demo.failed]);
  print(`Stopping; ${paint('dim', 'Ctrl-C again stops at once')}`);
  await demo.stop();
  if (failure === undefined) {
    print('Stopped.');
    return 0;
  }
  complain(failure);
  return 1;
}

async function startOrExplain(config: Config, options: RunOptions): Promise<Demo | undefined> {
  const { stopRequest, print, complain } = options;
  print('Starting');
  try {
    return await startDemo({ ...options, ...config, signal: stopRequest.signal });
  } catch (error) {
    if (stopRequest.signal.aborted) print('Stopped.');
    else if (error instanceof StartFailure) complain(`\n${error.message}`);
    else throw error;
    return undefined;
  }
}

/** Relative to the top folder, where the person is, unless it is elsewhere. */
function shownPath(path: string, root: string): string {
  const fromRoot = relative(root, path);
  return fromRoot.startsWith('..') ? path : fromRoot;
}
