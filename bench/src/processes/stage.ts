import { isAbsolute, join } from 'node:path';
import type { Cleanup } from './createCleanup.ts';
import { type Child, startChild } from './startChild.ts';

/** Where a run takes place. */
export interface Stage {
  /** The top folder of the repository. */
  readonly root: string;
  /** For the run's files; gone afterwards. */
  readonly folder: string;
  readonly redisUrl: string;
  /** Starts a process that is stopped with the run. */
  readonly start: (process: StagedProcess) => Child;
}

export interface StagedProcess {
  readonly name: string;
  /** Absolute, or below the bench's own built code. */
  readonly entry: string;
  readonly env?: Readonly<Record<string, string>>;
}

const built = join(import.meta.dirname, '..');

export function createStage(place: Omit<Stage, 'start'>, cleanup: Cleanup): Stage {
  return {
    ...place,
    start({ name, entry, env = {} }) {
      const path = isAbsolute(entry) ? entry : join(built, entry);
      const child = startChild({ name, entry: path, env, folder: place.folder });
      cleanup.add(child.stop);
      return child;
    },
  };
}
