import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { errorMessage } from '../errorFacts.ts';
import { StartFailure } from '../startFailure.ts';
import { createLastLines } from './lastLines.ts';
import { signalGroup } from './signalGroup.ts';
import { watchProcess } from './watchProcess.ts';

/** What to run: a Node entry file, which gets an IPC channel, or an executable. */
export type Run =
  | { readonly entry: string }
  | { readonly command: string; readonly args: readonly string[]; readonly cwd?: string };

export interface SpawnOptions {
  readonly name: string;
  readonly run: Run;
  /** The whole environment of the child. */
  readonly env: Readonly<Record<string, string>>;
  /** Gets every line of its stdout and stderr. */
  readonly log?: ((line: string) => void) | undefined;
  /** How long it may take to stop before it is killed. Default 8 s. */
  readonly graceMs?: number | undefined;
}

/** How a process ended, such as `with code 3` or `by SIGKILL`, and what it said last. */
export interface Ending {
  readonly how: string;
  readonly lastLines: readonly string[];
}

export interface RunningProcess {
  readonly name: string;
  readonly pid: number;
  /** Settles once it is gone and all it wrote was read. Never rejects. */
  readonly exited: Promise<Ending>;
  /** SIGTERM, then SIGKILL after the grace. Resolves when it is gone; may be called again. */
  readonly stop: () => Promise<void>;
}

const LAST_LINES = 15;

/** A child still there after this long may be held only by its IPC channel (a listener for `disconnect` does that). */
const RELEASE_AFTER_MS = 500;

/**
 * Starts a child in a process group of its own, so that Ctrl-C in the terminal reaches only us and we stop the
 * children in order. It is gone when we are, however we end: see watchProcess.
 */
export async function spawnProcess(options: SpawnOptions): Promise<RunningProcess> {
  const { name } = options;
  const child = spawnChild(options);
  const spawned = once(child, 'spawn');
  const forget = child.pid === undefined ? () => {} : watchProcess(child.pid);
  const exited = whenExited(child, options.log);
  try {
    await spawned;
  } catch (error) {
    throw new StartFailure(`${name} could not be started: ${errorMessage(error)}.`);
  }
  const { pid } = child;
  if (pid === undefined) throw new StartFailure(`${name} could not be started.`);
  child.once('exit', () => {
    // What it left behind would keep its pipes and ports.
    signalGroup(pid, 'SIGKILL');
    forget();
  });
  return { name, pid, exited, stop: () => stopChild(child, exited, options.graceMs ?? 8_000) };
}

function spawnChild({ name, run, env }: SpawnOptions): ChildProcess {
  const common = { env, detached: true } as const;
  if ('command' in run) {
    const { command, args, cwd } = run;
    return spawn(command, args, { ...common, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  }
  if (!existsSync(run.entry)) {
    throw new StartFailure(
      `${name} is not built: ${run.entry} is missing. Run npm start in the top folder, which builds everything first.`,
    );
  }
  return spawn(process.execPath, [run.entry], { ...common, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
}

/** Not the child's `close` event: Node does not emit it once we have disconnected the IPC channel. */
async function whenExited(child: ChildProcess, log: SpawnOptions['log']): Promise<Ending> {
  const lastLines = createLastLines(LAST_LINES);
  const readToEnd = [child.stdout, child.stderr].map(async (stream) => {
    if (stream === null) return;
    const lines = createInterface({ input: stream });
    lines.on('line', (line) => {
      lastLines.add(line);
      log?.(line);
    });
    await new Promise<void>((resolve) => lines.once('close', resolve));
  });
  child.on('error', () => {});
  const how = await new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal === null ? `with code ${code}` : `by ${signal}`));
  });
  await Promise.all(readToEnd);
  return { how, lastLines: lastLines.all() };
}

async function stopChild(child: ChildProcess, exited: Promise<Ending>, graceMs: number): Promise<void> {
  child.kill('SIGTERM');
  const release = setTimeout(() => child.connected && child.disconnect(), RELEASE_AFTER_MS);
  const kill = setTimeout(() => child.pid !== undefined && signalGroup(child.pid, 'SIGKILL'), graceMs);
  await exited;
  clearTimeout(release);
  clearTimeout(kill);
}
