import { fork } from 'node:child_process';

export type Service = {
  /** Everything it has written so far, to stdout and stderr. */
  readonly output: () => string;
  readonly kill: (signal: NodeJS.Signals) => void;
  /** As if the parent had ended. */
  readonly disconnect: () => void;
  /** The exit code; null when a signal ended it. */
  readonly exited: Promise<number | null>;
};

/** Runs a service's main.ts as a process of its own, from source. @param env replaces the environment but for PATH. */
export function startService(main: string, env: Readonly<Record<string, string>>): Service {
  const { PATH } = process.env;
  const child = fork(main, {
    execArgv: ['--conditions=source', '--import', 'tsx'],
    env: { ...(PATH && { PATH }), ...env },
    silent: true,
  });
  let output = '';
  const collect = (chunk: Buffer) => {
    output += chunk.toString();
  };
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  return {
    output: () => output,
    kill: (signal) => void child.kill(signal),
    disconnect: () => child.disconnect(),
    exited: new Promise((resolve) => child.once('exit', resolve)),
  };
}
