import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort, type StartOptions, startProcess, startRedis } from '@widget-mediator/launcher';
import { roomyLayout } from '../support/layouts.ts';

export const parts = ['mediator-1', 'worker', 'redis', 'mediator-2'] as const;
export type Part = (typeof parts)[number];

/** Redis as a real server, two mediators and a worker, each a process that can be killed and started again. */
export interface Installation {
  readonly redisUrl: string;
  /** Where each mediator answers, dead or alive. */
  readonly mediatorUrls: readonly [string, string];
  readonly keys: { readonly publish: string; readonly read: string };
  /** SIGKILL, all at once; resolves when they are gone. */
  kill(victims: readonly Part[]): Promise<void>;
  /** Starts what was killed; resolves when all of it runs. */
  start(victims: readonly Part[]): Promise<void>;
  stop(): Promise<void>;
}

interface Running {
  readonly pid: number;
  readonly exited: Promise<unknown>;
  stop(): Promise<void>;
}

const host = '127.0.0.1';

/** How often memory is compared and content is swept: often enough to fall between two kills. */
const resyncEveryMs = '2000';

/** @param onLine gets every line that mediators and worker log */
export async function startInstallation(onLine: (line: string) => void): Promise<Installation> {
  const folder = mkdtempSync(join(tmpdir(), 'never-lost-'));
  const running = new Map<Part, Running>();
  const keys = { publish: newKey('publish'), read: newKey('read') };
  const ports = { redis: await findFreePort(), worker: await findFreePort() };
  const mediatorPorts = [await findFreePort(), await findFreePort()] as const;
  const urlOf = (port: number) => `http://${host}:${port}`;
  const redisUrl = `redis://${host}:${ports.redis}`;
  const env = { HOST: host, REDIS_URL: redisUrl, RESYNC_EVERY_MS: resyncEveryMs, LOG_LEVEL: 'warn' };
  const ofMediators = {
    ...env,
    JOBS: 'apart',
    TOKEN_SECRET: randomBytes(32).toString('hex'),
    KEYS_FILE: written('keys.json', keysFileOf(keys)),
    LAYOUT_FILE: written('layout.json', roomyLayout()),
  };
  const mediator = (name: Part, port: number) => () =>
    startProcess({ ...planOf(name, 'main.js', { ...ofMediators, PORT: String(port) }), log: onLine });
  const startOf: Record<Part, () => Promise<Running>> = {
    // As the launcher and compose run it: append-only, fsync before every answer, noeviction.
    redis: () => startRedis({ dataDir: join(folder, 'redis'), port: ports.redis }),
    worker: () =>
      startProcess({
        ...planOf('worker', 'workerMain.js', { ...env, PORT: String(ports.worker) }),
        log: onLine,
      }),
    'mediator-1': mediator('mediator-1', mediatorPorts[0]),
    'mediator-2': mediator('mediator-2', mediatorPorts[1]),
  };

  const installation: Installation = {
    redisUrl,
    mediatorUrls: [urlOf(mediatorPorts[0]), urlOf(mediatorPorts[1])],
    keys,
    async kill(victims) {
      const dying = victims.flatMap((part) => running.get(part) ?? []);
      for (const { pid } of dying) process.kill(pid, 'SIGKILL');
      await Promise.all(dying.map(({ exited }) => exited));
      for (const part of victims) running.delete(part);
    },
    async start(victims) {
      await Promise.all(
        victims.map(async (part) => {
          running.set(part, await startOf[part]());
        }),
      );
    },
    async stop() {
      await Promise.all([...running.values()].map((one) => one.stop()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
  try {
    await installation.start(['redis']);
    await installation.start(parts.filter((part) => part !== 'redis'));
    return installation;
  } catch (error) {
    await installation.stop();
    throw error;
  }

  function written(name: string, content: unknown): string {
    const path = join(folder, name);
    writeFileSync(path, JSON.stringify(content));
    return path;
  }
}

const dist = join(import.meta.dirname, '..', '..', 'services', 'mediator', 'dist');

function planOf(name: string, file: string, env: Record<string, string>): StartOptions {
  const path = process.env['PATH'] ?? '';
  const healthUrl = `http://${host}:${env['PORT']}/healthz`;
  return { name, run: { entry: join(dist, file) }, env: { ...env, PATH: path }, healthUrl };
}

const newKey = (id: string): string => `wm_${id}_${randomBytes(24).toString('base64url')}`;

function keysFileOf({ publish, read }: Installation['keys']) {
  const entry = (id: string, team: string, key: string) => ({
    id,
    team,
    scopes: [id],
    sha256: createHash('sha256').update(key).digest('hex'),
  });
  return { keys: [entry('publish', 'alpha', publish), entry('read', 'frontend', read)] };
}
