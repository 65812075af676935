import { type ChildProcess, fork } from 'node:child_process';
import { builtFile } from '../builtFile.ts';
import { signalGroup } from './signalGroup.ts';

const watched = new Set<number>();
let watchdog: ChildProcess | undefined;

/**
 * From now on the process group led by `pid` does not outlive this process, however this process ends. Returns the
 * way to forget it, to be called once it is gone: its number may then name something else.
 */
export function watchProcess(pid: number): () => void {
  watched.add(pid);
  if (watchdog?.connected) tell({ watch: pid });
  else startWatchdog();
  return () => {
    watched.delete(pid);
    tell({ forget: pid });
  };
}

/** Kills every watched process group at once. */
export function killWatched(): void {
  for (const pid of watched) signalGroup(pid, 'SIGKILL');
}

function startWatchdog(): void {
  const child = fork(builtFile('process/watchdog.js'), [], {
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    execArgv: [],
    env: {},
  });
  // Losing the watchdog only loses the protection against our own sudden death; the next child starts another.
  child.on('error', () => {});
  child.unref();
  child.channel?.unref();
  watchdog = child;
  for (const pid of watched) tell({ watch: pid });
}

function tell(message: { watch: number } | { forget: number }): void {
  if (watchdog?.connected) watchdog.send(message, () => {});
}
