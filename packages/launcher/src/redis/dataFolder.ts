import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StartFailure } from '../startFailure.ts';
import { askRedis } from './askRedis.ts';

const fileName = 'running.json';

/**
 * Makes a data folder and refuses one that a living Redis uses: two on one append-only file destroy it, and Redis
 * itself does not look. A note left by a Redis that was killed does no harm.
 */
export async function claimDataFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const noted = await readNote(join(folder, fileName));
  if (noted === undefined) return;
  const answer = await askRedis(`redis://127.0.0.1:${noted.port}`);
  if (!answer.ok || answer.processId !== noted.pid) return;
  throw new StartFailure(
    `The data folder ${folder} is in use by another Redis (process ${noted.pid}), probably of another npm start. Stop that one, or run DATA_DIR=.data-2 npm start.`,
  );
}

/** Notes which Redis uses the folder; returns the way to take the note away. */
export async function noteRunning(
  folder: string,
  running: { pid: number; port: number },
): Promise<() => Promise<void>> {
  const file = join(folder, fileName);
  const { pid, port } = running;
  await writeFile(file, JSON.stringify({ pid, port }));
  return () => rm(file, { force: true });
}

async function readNote(file: string): Promise<{ pid: number; port: number } | undefined> {
  try {
    const note: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (typeof note !== 'object' || note === null || !('pid' in note) || !('port' in note)) return undefined;
    const { pid, port } = note;
    return typeof pid === 'number' && typeof port === 'number' ? { pid, port } : undefined;
  } catch {
    return undefined;
  }
}
