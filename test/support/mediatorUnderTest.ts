import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { LayoutInput } from '@widget-mediator/contracts';
import { Config, createLog, createMediator, type Mediator, readSettings } from '@widget-mediator/mediator';
import request from 'supertest';
import { layoutInput } from './layouts.ts';
import { until } from './until.ts';

/** A real mediator on a real Redis, with keys for three teams, as tests talk to it. */
export interface MediatorUnderTest {
  readonly mediator: Mediator;
  readonly http: ReturnType<typeof request>;
  readonly keys: typeof testKeys;
  /** Every line that was logged, parsed. */
  readonly logged: Record<string, unknown>[];
  /** What was logged, as bytes on the wire. */
  logText(): string;
  stop(): Promise<void>;
}

export interface TestOptions {
  readonly redisUrl: string;
  readonly redisPrefix?: string;
  readonly layout?: LayoutInput;
  readonly environment?: Record<string, string>;
}

/** The keys that every mediator under test knows. */
export const testKeys = {
  alpha: 'wm_alpha_secret-of-team-alpha',
  beta: 'wm_beta_secret-of-team-beta',
  reader: 'wm_reader_secret-of-the-frontend',
  operator: 'wm_operator_secret-of-the-platform',
} as const;

/** Starts a mediator and waits until it is ready. */
export async function startMediator(options: TestOptions): Promise<MediatorUnderTest> {
  const folder = mkdtempSync(join(tmpdir(), 'mediator-test-'));
  const file = (name: string, value: unknown): string => {
    const path = join(folder, name);
    writeFileSync(path, JSON.stringify(value));
    return path;
  };
  const settings = readSettings(Config, {
    REDIS_URL: options.redisUrl,
    REDIS_PREFIX: options.redisPrefix ?? `t${randomBytes(6).toString('hex')}`,
    KEYS_FILE: file('keys.json', keysFile()),
    LAYOUT_FILE: file('layout.json', options.layout ?? layoutInput()),
    TOKEN_SECRET: 'a secret of at least thirty-two characters',
    SOURCE_ALLOW_LIST: '127.0.0.1',
    LOG_LEVEL: 'debug',
    DRAIN_MS: '1000',
    // A busy machine is no overload, unless a test is about that.
    SHED_PUBLISHING_DELAY_MS: '10000',
    SHED_PAGES_DELAY_MS: '60000',
    ...options.environment,
  });
  if (!settings.ok) throw new Error(settings.faults.join('\n'));

  const lines: string[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(...chunk.toString().split('\n').filter(Boolean));
      done();
    },
  });
  const mediator = createMediator(settings.config, createLog(settings.config.LOG_LEVEL, 'mediator', sink));
  await mediator.start();
  await new Promise<void>((resolve) => mediator.server.listen(0, '127.0.0.1', resolve));
  const http = request(mediator.server);
  await until('the mediator is ready', async () => (await http.get('/readyz')).status === 200);

  return {
    mediator,
    http,
    keys: testKeys,
    get logged() {
      return lines.map((line): Record<string, unknown> => JSON.parse(line));
    },
    logText: () => lines.join('\n'),
    async stop() {
      await mediator.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function keysFile() {
  const key = (id: keyof typeof testKeys, team: string, scopes: string[]) => ({
    id,
    team,
    scopes,
    sha256: createHash('sha256').update(testKeys[id]).digest('hex'),
  });
  return {
    keys: [
      key('alpha', 'alpha', ['publish']),
      key('beta', 'beta', ['publish']),
      key('reader', 'frontend', ['read']),
      key('operator', 'platform', ['read', 'operate']),
    ],
  };
}
