import type { Layout } from '@widget-mediator/contracts';
import fc from 'fast-check';
import type { Candidate } from './candidate.ts';
import { compose } from './compose.ts';
import type { CompositionInput } from './composition.ts';
import { settledPlacements } from './settledPlacements.ts';
import { inputs } from './testing/arbitraries.ts';

/** A page some of whose widgets have not come, and what they bring in the end: their list, another's, or nothing. */
interface Waiting {
  readonly arrived: CompositionInput;
  readonly final: CompositionInput;
  readonly outstanding: readonly Candidate[];
  readonly ranking: boolean;
}

const passes: fc.Arbitrary<Layout['passes']> = fc.record({
  reallocate: fc.boolean(),
  search: fc.boolean(),
  iterations: fc.constantFrom(1, 64),
});

const alone = { key: 'item', yields: false, blocks: false } as const;

/** As any instance is, but that more of them are of the kinds of which something can settle. */
const waiting: fc.Arbitrary<Waiting> = fc
  .record({
    input: inputs,
    strategy: fc.constantFrom(undefined, 'editorial', 'consensus'),
    passes: fc.option(passes, { nil: undefined }),
    isPlain: fc.boolean(),
    pinsFirst: fc.boolean(),
    optional: fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }),
    fates: fc.array(fc.constantFrom('here', 'here', 'here', 'late', 'late', 'stands in', 'absent'), {
      minLength: 9,
      maxLength: 9,
    }),
    standAlone: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 9, maxLength: 9 }),
  })
  .map(({ input, strategy, passes: chosenPasses, fates, standAlone, ...more }) => {
    const layout: Layout = {
      ...input.layout,
      ...(strategy !== undefined && { strategy }),
      ...(chosenPasses !== undefined && { passes: chosenPasses }),
      placements: input.layout.placements.map((placement, index) => ({
        ...placement,
        required: more.optional[index] !== true,
      })),
    };
    const isSource = ({ provenance }: Candidate) => provenance !== 'editorial';
    const fateOf = (candidate: Candidate, index: number) =>
      isSource(candidate) ? (fates[index % fates.length] ?? 'here') : 'here';
    const candidates = input.candidates.map((candidate, index) => ({
      ...candidate,
      ...(more.isPlain && isSource(candidate) && { minItems: 1, placements: ['hero', 'row', 'tile'] }),
      ...(standAlone[index] === 0 && isSource(candidate) && { dedupe: alone }),
    }));
    const of = (...wanted: string[]) =>
      candidates.filter((candidate, index) => wanted.includes(fateOf(candidate, index)));
    const { ranking, ...viewer } = input.context;
    const first = of('here').find(isSource)?.widget;
    const top = viewer.above?.placements ?? 0;
    const pins = layout.placements.map((_, index) => (index === top ? first : viewer.pins[index]));
    const context = more.pinsFirst ? { ...viewer, pins } : viewer;
    const standingIn = of('stands in').map((candidate) => ({
      ...candidate,
      provenance: 'fallback' as const,
    }));
    const base = { ...input, layout };
    return {
      arrived: { ...base, context, candidates: of('here') },
      final: {
        ...base,
        context: ranking === undefined ? context : { ...context, ranking },
        candidates: [...of('here', 'late'), ...standingIn],
      },
      outstanding: of('late', 'stands in', 'absent'),
      ranking: layout.strategy === 'remote' && ranking !== undefined,
    };
  });

const pageOf = (input: CompositionInput) =>
  compose(input).placed.map(({ candidate: { widget, version, provenance }, placement, position, shown }) => ({
    widget,
    version,
    provenance,
    placement: placement.id,
    position,
    shown,
  }));

const settledOf = ({ arrived, outstanding, ranking }: Waiting, beyond = 0) =>
  settledPlacements(arrived, { outstanding, ranking, beyond });

/** The first placements of a page, as many as there are settled. */
function leading(input: CompositionInput, count: number) {
  const first = (input.context.above?.placements ?? 0) + 1;
  return pageOf(input).filter(({ position }) => position < first + count);
}

test('what is settled is what the finished page shows, whatever the outstanding bring', () => {
  const counts = { nothing: 0, part: 0, all: 0 };
  fc.assert(
    fc.property(waiting, (page) => {
      const settled = settledOf(page);
      expect(leading(page.arrived, settled)).toEqual(leading(page.final, settled));
      if (page.outstanding.length === 0) return;
      if (settled === 0) counts.nothing++;
      else if (settled === page.arrived.layout.placements.length) counts.all++;
      else counts.part++;
    }),
    { numRuns: 4_000 },
  );
  // Else this test would say nothing: of the instances, some settle in part, and some close early.
  expect(counts.part).toBeGreaterThan(20);
  expect(counts.all).toBeGreaterThan(20);
});

test('who knows of some hears of more, if there are more, and else of none', () => {
  fc.assert(
    fc.property(waiting, fc.nat(7), (page, beyond) => {
      const settled = settledOf(page);
      const more = settledOf(page, beyond);
      expect([settled, 0]).toContain(more);
      if (settled > beyond) expect(more).toBe(settled);
    }),
    { numRuns: 2_000 },
  );
});
