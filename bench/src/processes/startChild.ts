import { type ChildProcess, fork } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { BenchFailure } from '../benchFailure.ts';

export interface ChildOptions {
  readonly name: string;
  /** Built JavaScript: what is measured runs as plain `node`. */
  readonly entry: string;
  readonly env: Readonly<Record<string, string>>;
  /** Where its output goes, as `<name>.log`. */
  readonly folder: string;
}

/** A process of the bench: it can be asked things, and ends when the bench does. */
export interface Child {
  readonly name: string;
  /** Rejects when the child says no, or is gone. */
  readonly ask: (question: string, details?: unknown) => Promise<unknown>;
  /** The ports it listens on, for those that tell. */
  readonly ports: () => Promise<readonly number[]>;
  /** Rejects, with what it said last, when it ends before it is stopped. */
  readonly lost: Promise<never>;
  readonly stop: () => Promise<void>;
}

const Message = z.union([
  z.object({ id: z.int(), answer: z.unknown() }),
  z.object({ id: z.int(), fault: z.string() }),
  z.object({ ports: z.array(z.int()) }),
]);

const probe = pathToFileURL(join(import.meta.dirname, '..', 'measure', 'cpuProbe.js')).href;
const graceMs = 5_000;

/** Forks a child in a process group of its own, so that Ctrl-C in the terminal reaches only us. */
export function startChild({ name, entry, env, folder }: ChildOptions): Child {
  const logFile = join(folder, `${name}.log`);
  const log = openSync(logFile, 'w');
  const child = fork(entry, [], {
    env: { PATH: process.env['PATH'] ?? '', NODE_ENV: 'production', ...env },
    detached: true,
    execArgv: ['--import', probe],
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);

  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(`could not be started: ${error.message}`));
    child.once('exit', (code, signal) =>
      resolve(`ended ${signal === null ? `with ${code}` : `by ${signal}`}`),
    );
  });
  const lost = exited.then((how): never => {
    throw new BenchFailure(`${name} ${how}.${lastLinesOf(logFile)}`);
  });
  lost.catch(() => {});

  const conversation = converse(child);
  return {
    name,
    ask: (question, details) => Promise.race([conversation.ask(question, details), lost]),
    ports: () => Promise.race([conversation.ports, lost]),
    lost,
    async stop() {
      child.kill('SIGTERM');
      const kill = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await exited;
      clearTimeout(kill);
    },
  };
}

function converse(child: ChildProcess) {
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let asked = 0;
  const ports = new Promise<readonly number[]>((resolve) => {
    child.on('message', (raw: unknown) => {
      const message = Message.parse(raw);
      if ('ports' in message) return resolve(message.ports);
      const { resolve: answer, reject } = waiting.get(message.id) ?? {};
      waiting.delete(message.id);
      if ('fault' in message) reject?.(new BenchFailure(message.fault));
      else answer?.(message.answer);
    });
  });
  return {
    ports,
    ask: (question: string, details?: unknown) =>
      new Promise<unknown>((resolve, reject) => {
        asked += 1;
        waiting.set(asked, { resolve, reject });
        child.send({ id: asked, question, details }, (error) => error && reject(error));
      }),
  };
}

function lastLinesOf(file: string): string {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n').slice(-8);
  return lines.join('') === '' ? '' : `\n  ${lines.join('\n  ')}`;
}
