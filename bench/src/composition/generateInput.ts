import {
  anybody,
  type Candidate,
  type CompositionInput,
  candidateItem,
  createCandidate,
  type SourceStatistics,
} from '@widget-mediator/composition';
import type { Layout } from '@widget-mediator/contracts';
import { createRandom } from './createRandom.ts';

/** How many widgets want to be on a page, and how many items each brings. */
export interface Size {
  readonly candidates: number;
  readonly items: number;
}

/** Lists of this shape are on every generated page. */
export const pageShape = { placements: 8, minItems: 4, maxItems: 20 } as const;

export type Passes = Layout['passes'];

/** The greedy page and nothing after it. */
export const noPasses: Passes = { reallocate: false, search: false, iterations: 64 };

/** So that an item is in one and a half lists on average: measured, at all sizes from 10 × 40 to 2,000 × 40. */
const filmsPerRow = 2;

/**
 * One seeded page for a known viewer: every source has statistics, and the head of the catalogue is in many lists. The
 * same size is the same input.
 */
export function generateInput({ candidates: count, items }: Size): CompositionInput {
  const random = createRandom(1_000 * count + items);
  const catalogue = filmsPerRow * count * items;
  const candidates = Array.from({ length: count }, (_, index): Candidate => {
    const films = new Set<number>();
    while (films.size < items) films.add(Math.floor(catalogue * random() * random()));
    return createCandidate({
      widget: `w${index}`,
      team: `t${index % 7}`,
      version: 1,
      provenance: 'fresh',
      placements: ['row'],
      minItems: pageShape.minItems,
      maxItems: pageShape.maxItems,
      dedupe: { key: 'item', yields: true, blocks: true },
      items: [...films].map((film) => candidateItem('film', { id: `film-${film}` })),
    });
  });
  const sources = Object.fromEntries(
    candidates.map((candidate) => [candidate.widget, statisticsOf(candidate, random)]),
  );
  return {
    candidates,
    layout: layoutOf(noPasses),
    context: { ...anybody, personal: true },
    statistics: { id: 'generated', sources },
    seed: 1,
  };
}

const pagesLogged = 10;

function statisticsOf({ items }: Candidate, random: () => number): SourceStatistics {
  return {
    pages: pagesLogged,
    trust: 0.3 + 0.7 * random(),
    items: Object.fromEntries(items.map(({ id }) => [id, Math.floor(pagesLogged * random())])),
  };
}

/** The same input with other passes. */
export function withPasses(input: CompositionInput, passes: Passes): CompositionInput {
  return { ...input, layout: { ...input.layout, passes } };
}

/** The same lists in arrays that composition has not met, as of sources that have just answered. */
export function withNewLists(input: CompositionInput): CompositionInput {
  return {
    ...input,
    candidates: input.candidates.map((candidate) =>
      createCandidate({ ...candidate, items: candidate.items.slice() }),
    ),
  };
}

const layoutOf = (passes: Passes): Layout => ({
  apiVersion: 'widget-mediator/v1',
  kind: 'Layout',
  id: 'generated',
  version: '1',
  deadlineMs: 150,
  assemblyReserveMs: 10,
  strategy: 'consensus',
  prior: [],
  placements: Array.from({ length: pageShape.placements }, (_, index) => ({
    id: `row-${index + 1}`,
    kind: 'row',
    attention: 1,
    required: true,
  })),
  caps: [],
  seen: { weight: 0.5, halfLifeHours: 24 },
  stability: 0,
  passes,
  editorial: [],
});
