import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LayoutInput } from '@widget-mediator/contracts';
import { findFreePort } from '@widget-mediator/launcher';
import { layoutInput } from './layouts.ts';
import { testKeys } from './mediatorUnderTest.ts';
import { until } from './until.ts';

const main = join(__dirname, '..', '..', 'services', 'mediator', 'dist', 'main.js');

/** A mediator as it is deployed: a process of its own, from the build. */
export interface MediatorProcess {
  readonly port: number;
  /** A folder that goes when it stops. */
  readonly folder: string;
  /** All that it has written so far. */
  output(): string;
  /** Every line that it has logged so far, parsed. */
  logged(): Record<string, unknown>[];
  stop(): Promise<void>;
}

export interface ProcessOptions {
  readonly redisUrl: string;
  readonly layout?: LayoutInput;
  /** Before the script. */
  readonly nodeArguments?: readonly string[];
  readonly environment?: (folder: string) => Record<string, string>;
}

/** Starts one, and waits until it listens. */
export async function startMediatorProcess(options: ProcessOptions): Promise<MediatorProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'mediator-process-'));
  const file = (name: string, content: unknown): string => {
    const path = join(folder, name);
    writeFileSync(path, JSON.stringify(content));
    return path;
  };
  const key = (id: keyof typeof testKeys, team: string, scopes: string[]) => ({
    id,
    team,
    scopes,
    sha256: createHash('sha256').update(testKeys[id]).digest('hex'),
  });
  const port = await findFreePort();
  const child = spawn(process.execPath, [...(options.nodeArguments ?? []), main], {
    env: {
      PORT: String(port),
      REDIS_URL: options.redisUrl,
      KEYS_FILE: file('keys.json', {
        keys: [key('alpha', 'alpha', ['publish']), key('reader', 'frontend', ['read'])],
      }),
      LAYOUT_FILE: file('layout.json', options.layout ?? layoutInput()),
      TOKEN_SECRET: 'a secret of at least thirty-two characters',
      SOURCE_ALLOW_LIST: '127.0.0.1',
      ...options.environment?.(folder),
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const closed = new Promise((resolve) => child.once('close', resolve));
  await until('it listens', () => output.includes('"listening"'), 20_000);
  return {
    port,
    folder,
    output: () => output,
    logged: () =>
      output
        .split('\n')
        .filter((line) => line.startsWith('{') && line.endsWith('}'))
        .map((line): Record<string, unknown> => JSON.parse(line)),
    async stop() {
      child.kill('SIGTERM');
      await closed;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
