import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Item, Layout, Placement, Verdict } from '@widget-mediator/contracts';
import { type Candidate, candidateItem } from '../candidate.ts';
import { anybody, type CompositionInput, type Conservation, type ViewerContext } from '../composition.ts';
import { editorialCandidates } from '../editorialCandidates.ts';
import { pinsInForce } from '../pinsInForce.ts';
import { noStatistics, type Statistics } from '../statistics.ts';
import { plainLayout } from './plainLayout.ts';

type ItemCase =
  | string
  | (Pick<Item, 'id'> & Partial<Pick<Item, 'parent' | 'creator' | 'brand' | 'attributes'>>);

/**
 * A page as data. Whatever is left out is ordinary: fresh, of kind `row`, 3 to 10 items, default dedupe, no statistics,
 * a known viewer. `page` lists the filled placements with their item ids; `verdicts` are all of them, in order.
 */
export interface Fixture {
  readonly name: string;
  readonly why: string;
  readonly layout: Partial<Omit<Layout, 'placements' | 'editorial'>> & {
    readonly placements: readonly Partial<Placement>[];
    readonly editorial?: readonly { readonly id: string; readonly items: readonly ItemCase[] }[];
  };
  readonly candidates: readonly (Partial<Omit<Candidate, 'items'>> & {
    readonly widget: string;
    readonly items: readonly ItemCase[];
  })[];
  readonly viewer?: 'known' | 'anonymous';
  /** What else is known of the viewer. */
  readonly context?: Partial<Pick<ViewerContext, 'dismissed' | 'seen' | 'lastPage' | 'ranking'>>;
  /** Ids of the items that are taken down, by type. */
  readonly takenDown?: Readonly<Record<string, readonly string[]>>;
  readonly statistics?: Statistics;
  readonly expected: {
    readonly page: readonly {
      readonly placement: string;
      readonly widget: string;
      readonly items: string[];
    }[];
    readonly verdicts: readonly Verdict[];
    readonly conservation: Conservation;
  };
}

/** Every fixture of a folder below `fixtures/`, in the order of the files' names. */
export function readFixtures(folder: string): Fixture[] {
  const path = join(__dirname, '../../fixtures', folder);
  return readdirSync(path)
    .sort()
    .map((file) => JSON.parse(readFileSync(join(path, file), 'utf8')) as Fixture);
}

/** The input that a fixture describes. */
export function inputOf(fixture: Fixture): CompositionInput {
  const layout = layoutOf(fixture.layout);
  return {
    layout,
    candidates: [...fixture.candidates.map(candidateOf), ...editorialCandidates(layout)],
    context: {
      ...anybody,
      personal: fixture.viewer !== 'anonymous',
      pins: pinsInForce(layout, { segments: [], nowMs: 0 }),
      ...fixture.context,
      ...(fixture.takenDown && {
        takenDown: new Map(Object.entries(fixture.takenDown).map(([type, ids]) => [type, new Set(ids)])),
      }),
    },
    statistics: fixture.statistics ?? noStatistics,
    seed: 1,
  };
}

function layoutOf({ placements, editorial = [], ...rest }: Fixture['layout']): Layout {
  return {
    ...plainLayout,
    ...rest,
    placements: placements.map((placement, index) => ({
      id: `row-${index + 1}`,
      kind: 'row',
      attention: 1,
      required: true,
      ...placement,
    })),
    editorial: editorial.map(({ id, items }) => ({
      id,
      title: id,
      itemType: 'film',
      placements: ['row'],
      minItems: 3,
      items: items.map((item) => ({ ...itemOf(item), title: itemOf(item).id })),
    })),
  };
}

function candidateOf({ items, ...rest }: Fixture['candidates'][number]): Candidate {
  return {
    team: 'team',
    version: 1,
    provenance: 'fresh',
    placements: ['row'],
    minItems: 3,
    maxItems: 10,
    dedupe: { key: 'item', yields: true, blocks: true },
    ...rest,
    items: items.map((item) => candidateItem('film', itemOf(item))),
  };
}

const itemOf = (item: ItemCase): Exclude<ItemCase, string> =>
  typeof item === 'string' ? { id: item } : item;
