import { candidateItem } from './candidate.ts';
import { compose } from './compose.ts';
import { anybody, type CompositionInput } from './composition.ts';
import { type Fixture, inputOf } from './testing/fixture.ts';

const fixture: Fixture = {
  name: 'a page',
  why: 'to be spoiled',
  layout: { strategy: 'remote', placements: [{}, {}] },
  candidates: [
    { widget: 'a', items: ['1', '2', '3'] },
    { widget: 'b', items: ['4', '5', '6'] },
  ],
  expected: { page: [], verdicts: [], conservation: { received: 0, placed: 0, reserve: 0, dropped: {} } },
};
const page = inputOf(fixture);

const placedOf = (input: CompositionInput) => compose(input).placed.map(({ candidate }) => candidate.widget);

describe('input that no boundary should let through', () => {
  it.each([
    ['NaN', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['minus infinity', Number.NEGATIVE_INFINITY],
  ])('a ranking of %s counts as no word of the ranker', (_, score) => {
    const { placed, scores } = compose({ ...page, context: { ...anybody, ranking: { a: score, b: 1 } } });
    expect(placed.map(({ candidate }) => candidate.widget)).toEqual(['b', 'a']);
    for (const one of scores()) expect(Number.isFinite(one.score)).toBe(true);
  });

  it('rankings as far apart as numbers go leave scores and certificate finite', () => {
    const ranking = { a: 1.7e308, b: -1.7e308 };
    const { search, certificate } = compose({ ...page, context: { ...anybody, ranking } });
    expect(
      [search.score, ...Object.values(certificate()).filter((value) => typeof value === 'number')].every(
        Number.isFinite,
      ),
    ).toBe(true);
  });

  it('minima above maxima, and maxima of nothing, get a verdict', () => {
    const [a, b] = page.candidates;
    if (a === undefined || b === undefined) throw new Error('there are two');
    const candidates = [
      { ...a, minItems: 5, maxItems: 2 },
      { ...b, minItems: -3, maxItems: 0 },
    ];
    const { placed, verdicts } = compose({ ...page, candidates });
    expect(placed.every(({ shown }) => shown.length === 0)).toBe(true);
    expect(verdicts().map(({ widget, code }) => [widget, code])).toContainEqual(['a', 'no-placement']);
  });

  it('a list of ten thousand items is composed like any other', () => {
    const [a, b] = page.candidates;
    if (a === undefined || b === undefined) throw new Error('there are two');
    const items = Array.from({ length: 10_000 }, (_, id) => candidateItem('film', { id: `${id}` }));
    const { conservation, placed } = compose({ ...page, candidates: [{ ...a, items }, b] });
    expect(conservation.received).toBe(10_003);
    expect(placed).toHaveLength(2);
  });

  it('no placements, no candidates, placements all above: an empty page', () => {
    expect(placedOf({ ...page, candidates: [] })).toEqual([]);
    expect(placedOf({ ...page, layout: { ...page.layout, placements: [] } })).toEqual([]);
    const above = { placements: 9, widgets: [], items: new Set<number>() };
    expect(placedOf({ ...page, context: { ...anybody, above } })).toEqual([]);
  });

  it('pins of one widget to every placement, and of widgets that do not exist, leave a full page', () => {
    expect(placedOf({ ...page, context: { ...anybody, pins: ['b', 'b'] } })).toEqual(['b', 'a']);
    expect(
      placedOf({ ...page, context: { ...anybody, pins: ['nobody', 'constructor', 'a', 'b'] } }),
    ).toHaveLength(2);
  });

  it('keys that plain objects inherit are keys like any other', () => {
    const ids = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
    const { placed } = compose(inputOf({ ...fixture, candidates: [{ widget: 'odd', items: ids }] }));
    expect(placed[0]?.shown).toEqual([0, 1, 2, 3]);
  });
});
