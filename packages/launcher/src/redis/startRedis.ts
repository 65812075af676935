import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { builtFile } from '../builtFile.ts';
import { findFreePort, isFree, REDIS_PORTS } from '../ports/findFreePort.ts';
import { childEnvironment } from '../process/childEnvironment.ts';
import { type Ending, type Run, type RunningProcess, spawnProcess } from '../process/spawnProcess.ts';
import { untilReady } from '../process/untilReady.ts';
import { StartFailure } from '../startFailure.ts';
import { askRedis } from './askRedis.ts';
import { claimDataFolder, noteRunning } from './dataFolder.ts';
import { findOnPath } from './findOnPath.ts';
import { redisArguments } from './redisArguments.ts';
import { withoutPassword } from './withoutPassword.ts';

export type RedisKind = 'external' | 'redis-server' | 'valkey-server' | 'javascript';

export interface RedisOptions {
  /** Where the append-only file is; made if missing. */
  readonly dataDir: string;
  /** Default: a free one. */
  readonly port?: number | undefined;
  /** An existing Redis (REDIS_URL): it is used instead, never stopped. */
  readonly url?: string | undefined;
  /** Uses the JavaScript one even where there is a real one. */
  readonly kind?: 'javascript' | undefined;
  /** Gets the lines that the server logs. */
  readonly log?: ((line: string) => void) | undefined;
  /** Gives up the start. */
  readonly signal?: AbortSignal | undefined;
  /** Where PATH comes from. Default: our own environment. */
  readonly environment?: Readonly<NodeJS.ProcessEnv> | undefined;
}

export interface RunningRedis {
  readonly url: string;
  readonly kind: RedisKind;
  readonly version: string;
  /** Of the private server; 0 for an external one. */
  readonly pid: number;
  readonly port: number | undefined;
  /** Settles when the private server is gone; never for an external one. */
  readonly exited: Promise<Ending>;
  /** Stops the private server; leaves an external one alone. */
  readonly stop: () => Promise<void>;
}

/** A large append-only file takes a while to load. */
const LOAD_WITHIN_MS = 120_000;
const EXTERNAL_WITHIN_MS = 5_000;
const PORT_ATTEMPTS = 5;

/**
 * A Redis to use: the external one, else a private redis-server or valkey-server from PATH with an append-only file in
 * `dataDir`, else the JavaScript one, which keeps everything in memory. Resolves once it answers PONG; rejects with a
 * StartFailure. Several may run at once, each with a data folder of its own.
 */
export async function startRedis(options: RedisOptions): Promise<RunningRedis> {
  if (options.url !== undefined) return useExternal(options.url, options.signal);
  const environment = options.environment ?? process.env;
  const found =
    options.kind === 'javascript'
      ? undefined
      : await findOnPath(['redis-server', 'valkey-server'], environment['PATH'] ?? '');
  const env = childEnvironment(environment);
  if (found === undefined) {
    const run = { entry: builtFile('redis/javascriptRedis.js') };
    return startPrivate(options, (port) => ({
      kind: 'javascript',
      run,
      env: { ...env, PORT: String(port) },
    }));
  }
  const dataDir = resolve(options.dataDir);
  await claimDataFolder(dataDir);
  const running = await startPrivate(options, (port) => {
    const run = { command: found.file, args: redisArguments(port, dataDir), cwd: dataDir };
    return { kind: found.name, run, env };
  });
  const removeNote = await noteRunning(dataDir, running);
  return {
    ...running,
    async stop() {
      await running.stop();
      await removeNote();
    },
  };
}

async function useExternal(url: string, signal: AbortSignal | undefined): Promise<RunningRedis> {
  const giveUpAt = performance.now() + EXTERNAL_WITHIN_MS;
  for (;;) {
    const answer = await askRedis(url);
    signal?.throwIfAborted();
    if (answer.ok) {
      const exited = new Promise<Ending>(() => {});
      const { version } = answer;
      return { url, kind: 'external', version, pid: 0, port: undefined, exited, stop: async () => {} };
    }
    if (performance.now() > giveUpAt) {
      throw new StartFailure(
        `REDIS_URL is ${withoutPassword(url)}, and that Redis does not answer: ${answer.cause}. Start it, correct REDIS_URL, or unset it to get a private Redis.`,
      );
    }
    await delay(100);
  }
}

interface PrivateServer {
  readonly kind: RedisKind;
  readonly run: Run;
  readonly env: Record<string, string>;
}

type PrivateRedis = RunningRedis & { readonly port: number };

async function startPrivate(
  options: RedisOptions,
  server: (port: number) => PrivateServer,
): Promise<PrivateRedis> {
  if (options.port !== undefined) {
    if (await isFree(options.port)) return attempt(options, options.port, server(options.port));
    throw new StartFailure(`Port ${options.port} (redis) is taken; stop what uses it or choose another.`);
  }
  for (let attempts = 1; ; attempts += 1) {
    const port = await findFreePort(REDIS_PORTS);
    try {
      return await attempt(options, port, server(port));
    } catch (error) {
      // Between our finding the port and the server's taking it, somebody else may have.
      const lostThePort =
        error instanceof StartFailure && /address (already )?in use|EADDRINUSE/i.test(error.message);
      if (!lostThePort || attempts === PORT_ATTEMPTS) throw error;
    }
  }
}

async function attempt(
  { log, signal }: RedisOptions,
  port: number,
  { kind, run, env }: PrivateServer,
): Promise<PrivateRedis> {
  const url = `redis://127.0.0.1:${port}`;
  const running: RunningProcess = await spawnProcess({ name: 'redis', run, env, log });
  let version = '';
  await untilReady(running, {
    timeoutMs: LOAD_WITHIN_MS,
    signal,
    async ask() {
      const answer = await askRedis(url);
      if (!answer.ok) return false;
      version = answer.version;
      return kind === 'javascript' || answer.processId === running.pid;
    },
  });
  const { pid, exited, stop } = running;
  return { url, kind, version, pid, port, exited, stop };
}
