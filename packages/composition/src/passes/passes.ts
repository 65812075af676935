import type { Draft } from '../draft.ts';
import type { Reader } from '../reader.ts';
import type { Contest } from '../score.ts';
import { readmit } from './readmit.ts';
import { canReallocate, reallocate } from './reallocate.ts';
import { search } from './search.ts';

/** One way to better a page. It need not: a page that is no better is not taken. */
export interface Pass {
  readonly name: string;
  isOn(contest: Contest): boolean;
  run(contest: Contest, reader: Reader, draft: Draft): { readonly draft: Draft; readonly iterations: number };
}

/** The passes after the greedy one, in order. */
export const passes: readonly Pass[] = [
  {
    name: 'reallocate',
    isOn: (contest) => contest.input.layout.passes.reallocate && canReallocate(contest),
    run: (contest, reader, draft) => ({
      draft: reallocate(contest, reader, { chosen: draft.chosen, from: draft }) ?? draft,
      iterations: 0,
    }),
  },
  {
    name: 'search',
    isOn: ({ input }) => input.layout.passes.search,
    run: search,
  },
  {
    name: 'readmit',
    isOn: (contest) =>
      contest.input.layout.passes.reallocate || contest.input.layout.passes.search || !canReallocate(contest),
    run: (contest, reader, draft) => ({ draft: readmit(contest, reader, draft), iterations: 0 }),
  },
];
