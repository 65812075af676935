import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRedis } from '@widget-mediator/launcher';

/** A Redis of a test's own, on its own folder; it can be killed and started again on the same data and port. */
export interface TestRedis {
  readonly url: string;
  stop(): Promise<void>;
  startAgain(): Promise<void>;
  /** Of a stopped one: its next start is an empty one. */
  loseEverything(): void;
  /** Alive and silent, as on a machine that is out of memory. */
  freeze(): void;
  thaw(): void;
  end(): Promise<void>;
}

export async function startTestRedis(): Promise<TestRedis> {
  const dataDir = mkdtempSync(join(tmpdir(), 'redis-test-'));
  let running = await startRedis({ dataDir });
  const port = Number(new URL(running.url).port);
  return {
    url: running.url,
    stop: () => running.stop(),
    async startAgain() {
      running = await startRedis({ dataDir, port });
    },
    loseEverything: () => rmSync(dataDir, { recursive: true, force: true }),
    freeze: () => void process.kill(running.pid, 'SIGSTOP'),
    thaw: () => void process.kill(running.pid, 'SIGCONT'),
    async end() {
      await running.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
