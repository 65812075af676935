import { compose } from './compose.ts';
import { type Fixture, inputOf, readFixtures } from './testing/fixture.ts';

describe('exemplary pages', () => {
  it.each(readFixtures('exemplary'))('$name', (fixture) => {
    const { placed, conservation, verdicts } = compose(inputOf(fixture));
    const page = placed.map(({ candidate, placement, shown }) => ({
      placement: placement.id,
      widget: candidate.widget,
      items: shown.map((index) => candidate.items[index]?.id),
    }));
    expect({ page, verdicts: verdicts(), conservation }).toEqual(fixture.expected);
  });
});

const expected: Fixture['expected'] = {
  page: [],
  verdicts: [],
  conservation: { received: 0, placed: 0, reserve: 0, dropped: {} },
};

describe('scores', () => {
  const page: Fixture = {
    name: 'three sources',
    why: 'scores by hand',
    layout: {
      placements: [{}, { attention: 3 }],
      passes: { reallocate: false, search: false, iterations: 1 },
    },
    candidates: [
      { widget: 'second', minItems: 2, items: ['3', '4'] },
      { widget: 'absent', minItems: 2, items: ['1', '4'] },
      { widget: 'first', minItems: 2, items: ['1', '2', '3'] },
      { widget: 'nowhere', placements: ['tile'], items: ['9'] },
    ],
    statistics: {
      id: 's1',
      sources: {
        second: { pages: 9, trust: 0.001, items: {} },
        absent: { pages: 9, trust: 0.001, items: {} },
        first: { pages: 9, trust: 1, items: {} },
      },
    },
    expected,
  };
  const vote = (trust: number, rank: number) => (trust * Math.log(10)) / (60 + rank);
  const one = vote(1, 1) + vote(0.001, 1);
  const two = vote(1, 2);
  const three = vote(1, 3) + vote(0.001, 1);
  const four = vote(0.001, 2) + vote(0.001, 2);

  it('are attention × Σ value ÷ (log2(1 + row) × log2(1 + column)): of what is shown, or else of what came', () => {
    const scores = compose(
      inputOf({ ...page, candidates: page.candidates.map((c) => ({ ...c, minItems: 1 })) }),
    ).scores();
    expect(scores.map(({ widget, placement }) => [widget, placement])).toEqual([
      ['first', 'row-1'],
      ['second', 'row-2'],
      ['absent', undefined],
      ['nowhere', undefined],
    ]);
    const [first, second, absent, nowhere] = scores.map(({ score }) => score);
    expect(first).toBeCloseTo(one + two / Math.log2(3) + three / Math.log2(4), 8);
    expect(second).toBeCloseTo((3 * four) / Math.log2(3), 8);
    expect(absent).toBeCloseTo(one + four / Math.log2(3), 8);
    expect(nowhere).toBe(0);
  });

  it('of placed widgets are those of the page', () => {
    const { placed, scores } = compose(inputOf(page));
    expect(
      scores()
        .slice(0, placed.length)
        .map(({ score }) => score),
    ).toEqual(placed.map(({ score }) => score));
  });
});

describe('ties', () => {
  const equals: Fixture = {
    name: 'equals',
    why: 'only the seed decides',
    layout: { strategy: 'editorial', placements: [{}] },
    candidates: ['a', 'b', 'c', 'd'].map((widget) => ({ widget, items: ['1', '2', '3'] })),
    expected,
  };

  it('are broken by the seed, evenly', () => {
    const wins = new Map<string, number>();
    for (let seed = 0; seed < 400; seed++) {
      const winner = compose({ ...inputOf(equals), seed }).placed[0]?.candidate.widget ?? '';
      wins.set(winner, (wins.get(winner) ?? 0) + 1);
    }
    expect(wins.size).toBe(4);
    for (const count of wins.values()) expect(count).toBeGreaterThan(60);
  });
});

describe('what operators took down', () => {
  const page: Fixture = {
    name: 'film 1 is taken down',
    why: 'as a question',
    layout: { placements: [{}] },
    candidates: [{ widget: 'first', items: ['1', '2', '3', '4'] }],
    takenDown: { film: ['1'] },
    expected,
  };

  it('is named when somebody asks why it is absent', () => {
    const why = compose(inputOf(page)).why('1');
    expect(why?.chain).toEqual([{ code: 'taken-down', widget: 'first', item: '1' }]);
    expect(why?.sentence).toBe('1 came from first. Operators took 1 off all pages.');
  });

  it('keeps nothing of the same id and another type from the page', () => {
    expect(compose(inputOf({ ...page, takenDown: { book: ['1'] } })).why('1')?.present).toBe(true);
  });

  it('goes before what the viewer says of it', () => {
    const both = { ...page, context: { dismissed: ['1'] } };
    expect(compose(inputOf(both)).verdicts()).toContainEqual({
      code: 'taken-down',
      widget: 'first',
      item: '1',
    });
  });
});
