import type { Item, Layout, Placement } from '@widget-mediator/contracts';
import fc from 'fast-check';
import { type Candidate, candidateItem } from '../candidate.ts';
import { anybody, type CompositionInput, type ViewerContext } from '../composition.ts';
import { editorialCandidates } from '../editorialCandidates.ts';
import { itemHash } from '../itemHash.ts';
import type { Statistics } from '../statistics.ts';
import { plainLayout } from './plainLayout.ts';

const kinds = ['hero', 'row', 'tile'] as const;
const widgets = Array.from({ length: 9 }, (_, index) => `w${index}`);

/** Ids of a catalogue so small that everything overlaps, or a larger one; a source may not know parent or creator. */
const item = fc
  .record({
    number: fc.oneof(fc.integer({ min: 1, max: 14 }), fc.integer({ min: 1, max: 90 })),
    hasParent: fc.boolean(),
    hasCreator: fc.boolean(),
    hasBrand: fc.boolean(),
  })
  .map(({ number, hasParent, hasCreator, hasBrand }) => ({
    id: `${number}`,
    title: `Film ${number}`,
    attributes: { genre: `genre-${number % 3}|genre-${number % 4}` },
    ...(hasParent && { parent: `${number % 11}` }),
    ...(hasCreator && { creator: `${number % 7}` }),
    ...(hasBrand && { brand: `${number % 5}` }),
  }));

const items: fc.Arbitrary<Omit<Item, 'url' | 'image' | 'score' | 'sponsored'>[]> = fc.oneof(
  { weight: 8, arbitrary: fc.uniqueArray(item, { maxLength: 10, selector: ({ id }) => id }) },
  { weight: 1, arbitrary: fc.constant(['1', '2', '3', '4', '5', '6'].map((id) => ({ id, title: id }))) },
  { weight: 1, arbitrary: fc.array(item, { maxLength: 10 }) },
);

const dedupe = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ key: 'item' as const, yields: true, blocks: true }) },
  {
    weight: 2,
    arbitrary: fc.record({
      key: fc.constantFrom('item', 'parent', 'creator'),
      yields: fc.boolean(),
      blocks: fc.boolean(),
    }),
  },
);

function candidate(widget: string): fc.Arbitrary<Candidate> {
  return fc
    .record({
      team: fc.constantFrom('red', 'blue'),
      provenance: fc.constantFrom('fresh', 'fresh', 'stale', 'fallback'),
      placements: fc.subarray([...kinds], { minLength: 1 }),
      minItems: fc.integer({ min: 1, max: 5 }),
      more: fc.integer({ min: 0, max: 4 }),
      dedupe,
      items,
    })
    .map(({ more, ...rest }) => ({
      ...rest,
      widget,
      version: 1,
      maxItems: rest.minItems + more,
      items: rest.items.map((entry) => candidateItem('film', entry)),
    }));
}

const placement = fc
  .record({
    kind: fc.constantFrom('row', 'row', ...kinds),
    attention: fc.constantFrom(1, 1, 0.5, 3),
    maxItems: fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined, freq: 3 }),
  })
  .map(({ kind, attention, maxItems }) => ({
    kind,
    attention,
    required: true,
    ...(maxItems !== undefined && { maxItems }),
  }));

const editorialWidgets = fc.array(
  fc.record({
    placements: fc.subarray([...kinds], { minLength: 1 }),
    minItems: fc.integer({ min: 1, max: 4 }),
    items: fc.uniqueArray(item, { minLength: 1, maxLength: 8, selector: ({ id }) => id }),
  }),
  { maxLength: 3 },
);

const cap = fc.record({
  by: fc.constantFrom('team', 'brand', 'creator'),
  max: fc.integer({ min: 1, max: 4 }),
  window: fc.constantFrom(1, 2, 3, 64),
});

/** The rules of most layouts, and those of few. */
const rules = fc
  .record(
    {
      caps: fc.array(cap, { maxLength: 2 }),
      diversity: fc.record({
        weight: fc.constantFrom(0, 0.3, 1),
        by: fc.subarray(['creator', 'genre', 'brand'], { minLength: 1 }),
      }),
      stability: fc.constantFrom(0, 0.2, 1),
      passes: fc.record({
        reallocate: fc.boolean(),
        search: fc.boolean(),
        iterations: fc.integer({ min: 1, max: 40 }),
      }),
      pageSize: fc.integer({ min: 1, max: 7 }),
    },
    { requiredKeys: [] },
  )
  .map(({ diversity, pageSize, caps, stability, passes }) => ({
    ...(caps !== undefined && { caps }),
    ...(stability !== undefined && { stability }),
    ...(passes !== undefined && { passes }),
    ...(diversity !== undefined && { diversity }),
    ...(pageSize !== undefined && { pageSize }),
  }));

/** Layouts of up to seven placements. */
export const layouts: fc.Arbitrary<Layout> = fc
  .record({
    strategy: fc.constantFrom('consensus', 'consensus', 'editorial', 'remote'),
    rules,
    prior: fc.shuffledSubarray(widgets),
    placements: fc.array(placement, { minLength: 1, maxLength: 7 }),
    editorial: editorialWidgets,
  })
  .map(
    ({ strategy, prior, placements, editorial, rules: chosenRules }): Layout => ({
      ...plainLayout,
      strategy,
      prior,
      ...chosenRules,
      placements: placements.map((entry, index): Placement => ({ ...entry, id: `p${index + 1}` })),
      editorial: editorial.map((entry, index) => ({
        ...entry,
        id: `editorial-${index}`,
        title: 'Chosen',
        itemType: 'film',
      })),
    }),
  );

const statistics: fc.Arbitrary<Statistics> = fc
  .dictionary(
    fc.constantFrom(...widgets),
    fc.record({
      pages: fc.integer({ min: 0, max: 6 }),
      trust: fc.constantFrom(0.02, 0.3, 1),
      held: fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 14 }),
    }),
  )
  .map((sources) => ({
    id: 'generated',
    sources: Object.fromEntries(
      Object.entries(sources).map(([widget, { pages, trust, held }]) => [
        widget,
        {
          pages,
          trust,
          items: Object.fromEntries(held.map((count, index) => [`${index + 1}`, Math.min(count, pages)])),
        },
      ]),
    ),
  }));

const itemId = fc.integer({ min: 1, max: 14 }).map((number) => `${number}`);

/** Pins may collide, or name widgets that cannot be shown or do not exist; rankings are of any finite numbers. */
const contexts: fc.Arbitrary<ViewerContext> = fc
  .record(
    {
      personal: fc.boolean(),
      pins: fc.array(fc.option(fc.constantFrom(...widgets), { nil: undefined, freq: 3 }), { maxLength: 7 }),
      dismissed: fc.array(itemId, { maxLength: 3 }),
      seen: fc.array(fc.record({ item: itemId, hoursAgo: fc.constantFrom(0, 5, 8_760) }), { maxLength: 5 }),
      lastPage: fc.array(
        fc.record({ placement: fc.constantFrom('p1', 'p2', 'p3'), widget: fc.constantFrom(...widgets) }),
        { maxLength: 3 },
      ),
      above: fc.record({
        placements: fc.integer({ min: 0, max: 3 }),
        widgets: fc.array(fc.constantFrom(...widgets), { maxLength: 2 }),
        items: fc
          .array(itemId, { maxLength: 4 })
          .map((ids) => new Set(ids.map((id) => itemHash(`film:item:${id}`)))),
      }),
      takenDown: fc
        .record({ film: fc.array(itemId, { maxLength: 4 }), book: fc.array(itemId) })
        .map((ids) => new Map(Object.entries(ids).map(([type, some]) => [type, new Set(some)]))),
      ranking: fc.dictionary(
        fc.constantFrom(...widgets),
        fc.oneof(
          fc.constantFrom(0, -1, 1),
          fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }),
        ),
      ),
    },
    { requiredKeys: [] },
  )
  .map((context) => ({ ...anybody, ...context }));

/** Pages' worth of input, frozen: none, few or many candidates, with the layout's editorial pool or without. */
export const inputs: fc.Arbitrary<CompositionInput> = fc
  .record({
    layout: layouts,
    sources: fc.subarray(widgets).chain((chosen) => fc.tuple(...chosen.map(candidate))),
    withEditorial: fc.boolean(),
    context: fc.oneof(fc.constant(anybody), contexts),
    statistics,
    seed: fc.nat(),
  })
  .map(({ layout, sources, withEditorial, ...rest }) =>
    deepFreeze({
      ...rest,
      layout,
      candidates: [...sources, ...(withEditorial ? editorialCandidates(layout) : [])],
    }),
  );

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    for (const part of Object.values(value)) deepFreeze(part);
    Object.freeze(value);
  }
  return value;
}
