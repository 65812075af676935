import { type CompositionInput, compose } from '@widget-mediator/composition';
import {
  generateInput,
  noPasses,
  type Passes,
  type Size,
  withNewLists,
  withPasses,
} from './generateInput.ts';
import { plainPage, scoredLists } from './plainPipeline.ts';

/** The pages that are compared at each size. */
export const pageKinds = ['plain', 'greedy', 'new lists', 'reallocated', 'searched'] as const;
export type PageKind = (typeof pageKinds)[number];

/** One thing that is timed. `begin` makes ready for one page, which is not timed, and returns what makes it. */
export interface Contestant {
  readonly name: string;
  readonly size: Size;
  readonly kind: PageKind;
  begin(): () => unknown;
}

const passesOf: Readonly<Record<Exclude<PageKind, 'plain'>, Passes>> = {
  greedy: noPasses,
  'new lists': noPasses,
  reallocated: { ...noPasses, reallocate: true },
  searched: { reallocate: true, search: true, iterations: 64 },
};

/** What the pages of one size are made of, and who makes them. */
export interface Field {
  readonly size: Size;
  /** By kind of page. */
  readonly inputs: Readonly<Record<Exclude<PageKind, 'plain'>, CompositionInput>>;
  readonly contestants: readonly Contestant[];
}

/** Those who make pages of one size, all from the same lists. */
export function createField(size: Size, kinds: readonly PageKind[]): Field {
  const input = generateInput(size);
  const lists = scoredLists(input);
  const inputs = {
    greedy: withPasses(input, passesOf.greedy),
    'new lists': withPasses(input, passesOf['new lists']),
    reallocated: withPasses(input, passesOf.reallocated),
    searched: withPasses(input, passesOf.searched),
  };
  const contestants = kinds.map((kind): Contestant => {
    const name = `${size.candidates} x ${size.items}, ${kind}`;
    return { name, size, kind, begin: beginOf(kind) };
  });
  return { size, inputs, contestants };

  function beginOf(kind: PageKind): () => () => unknown {
    if (kind === 'plain') return () => () => plainPage(lists);
    if (kind !== 'new lists') return () => () => compose(inputs[kind]);
    return () => {
      const made = withNewLists(inputs[kind]);
      return () => compose(made);
    };
  }
}
