import { candidateItem } from '@widget-mediator/composition';
import type { Content } from '../../intake/content.ts';
import { type Answer, type Ask, type Entered, newCancellation, type Source } from '../source.ts';

/** A question as a page asks it. */
export const askOf = (varyKey = 'k', about: Partial<Ask> = {}): Ask => ({
  request: { count: 10 },
  varyKey,
  remainingMs: 100,
  cancellation: newCancellation(),
  ...about,
});

/** Content of so many items under a manifest that wants two: fresh until 1,000, stale until 5,000. */
export const contentOf = (items: number, times: Partial<Content> = {}): Content => ({
  candidate: {
    widget: 'w',
    team: 'team',
    version: 1,
    provenance: 'fresh',
    placements: ['row'],
    minItems: 2,
    maxItems: 5,
    dedupe: { key: 'item', yields: true, blocks: true },
    items: Array.from({ length: items }, (_, n) => candidateItem('film', { id: `i${n}` })),
  },
  title: 'W',
  itemType: 'film',
  opening: '',
  fragments: { bytes: 0, appendTo: () => 0, digest: () => '' },
  validFromMs: 0,
  freshUntilMs: 1_000,
  staleUntilMs: 5_000,
  endMs: Infinity,
  ...times,
});

/** An answer of so many items. */
export const entered = (items = 3, times: Partial<Content> = {}): Entered => ({
  status: 'entered',
  content: contentOf(items, times),
});

/** A source whose answers a test gives by hand, by the order of the questions. */
export interface ManualSource {
  readonly source: Source;
  readonly asked: Ask[];
  answer(index: number, answer: Answer): void;
}

export function manualSource(): ManualSource {
  const asked: Ask[] = [];
  const answering: ((answer: Answer) => void)[] = [];
  return {
    asked,
    source: (one) =>
      new Promise((resolve) => {
        asked.push(one);
        answering.push(resolve);
      }),
    answer: (index, answer) => answering[index]?.(answer),
  };
}
