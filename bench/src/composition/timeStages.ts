import { performance } from 'node:perf_hooks';
import { type CompositionInput, compose } from '@widget-mediator/composition';
import { admit, allocate, score } from '@widget-mediator/composition/stages';
import { spreadOf } from '../measure/spread.ts';
import { timeBatch } from './timePages.ts';

/** Microseconds of CPU a page in each stage of `compose`. */
export interface StageTimes {
  readonly admit: number;
  readonly score: number;
  readonly allocate: number;
  readonly explain: number;
}

/**
 * Makes pages as far as each stage and no further, taking turns of a few milliseconds, so that all meet the same machine.
 * What a stage takes is what more it takes with it than without, of the medians.
 */
export function timeStages(input: CompositionInput, milliseconds: number): StageTimes {
  const upTo = [
    () => admit(input),
    () => score(admit(input)),
    () => allocate(score(admit(input))),
    () => compose(input),
  ].map((make) => ({ make, batch: 1, us: [] as number[] }));
  const endsAt = performance.now() + milliseconds;
  do {
    for (const one of upTo) {
      const { perPageUs, next } = timeBatch(one.make, one.batch);
      one.us.push(perPageUs);
      one.batch = next;
    }
  } while (performance.now() < endsAt);
  return stageTimes(upTo.map(({ us }) => us));
}

/** @param us by how far pages were made, what a page took in each batch */
export function stageTimes(us: readonly (readonly number[])[]): StageTimes {
  const [admitted = 0, scored = 0, allocated = 0, composed = 0] = us.map(
    (batches) => spreadOf(batches).median,
  );
  return {
    admit: admitted,
    score: scored - admitted,
    allocate: allocated - scored,
    explain: composed - allocated,
  };
}
