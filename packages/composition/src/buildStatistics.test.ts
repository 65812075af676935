import { buildStatistics, countStatistics, type LoggedPage } from './buildStatistics.ts';
import { noStatistics, rarityOf, sourceOf } from './statistics.ts';

const page = (widgets: Record<string, string>): LoggedPage => ({
  widgets: Object.entries(widgets).map(([widget, items]) => ({ widget, items: items.split(' ') })),
});

/** Two sources that agree about each viewer, one that says the same to everyone, one that nobody agrees with. */
const pages = ['a b c', 'd e f', 'g h i', 'j k l', 'm n o'].map((liked, viewer) =>
  page({ one: liked, two: liked, top: 'x y z', odd: `p${viewer} q${viewer}` }),
);

describe('statistics', () => {
  it('counts the pages of each source and those on which it held an item', () => {
    const { id, sources } = buildStatistics('s1', [
      page({ one: 'a b a' }),
      page({ one: 'b' }),
      page({ two: 'c' }),
    ]);
    expect(id).toBe('s1');
    expect(sources['one']).toMatchObject({ pages: 2, items: { a: 1, b: 2 } });
    expect(sources['two']).toMatchObject({ pages: 1, items: { c: 1 } });
  });

  it('counts a page once for a source with several lists on it', () => {
    const twice: LoggedPage = {
      widgets: [
        { widget: 'one', items: ['a', 'b'] },
        { widget: 'one', items: ['b', 'c'] },
      ],
    };
    const { sources } = buildStatistics('s1', [twice, page({ one: 'a' })]);
    expect(sources['one']).toMatchObject({ pages: 2, items: { a: 2, b: 1, c: 1 } });
  });

  it('says the same when it is asked in between', () => {
    const count = countStatistics();
    for (const [index, one] of pages.entries()) {
      count.add(one);
      expect(count.snapshot('s1')).toEqual(buildStatistics('s1', pages.slice(0, index + 1)));
    }
  });

  it('trusts most those that others agree with, and nobody less than .02', () => {
    const { sources } = buildStatistics('s1', pages);
    expect(sources['one']?.trust).toBe(1);
    expect(sources['two']?.trust).toBe(1);
    expect(sources['odd']?.trust).toBe(0.02);
  });

  it('calls what a source says on every page worth nothing, and what it says once rare', () => {
    const top = sourceOf(buildStatistics('s1', pages), 'top');
    expect(rarityOf(top, 'x')).toBe(0);
    expect(rarityOf(top, 'never seen')).toBeCloseTo(Math.log(6));
  });

  it('says nothing about a source until three pages were seen', () => {
    const young = buildStatistics('s1', pages.slice(0, 2));
    expect(young.sources['odd']?.trust).toBe(1);
    expect(rarityOf(sourceOf(young, 'top'), 'x')).toBe(1);
    expect(sourceOf(noStatistics, 'anyone')).toMatchObject({ pages: 0, trust: 1 });
  });

  it('says nothing about the trust of a source that was always alone', () => {
    const alone = Array.from({ length: 5 }, (_, viewer) => page({ one: `a${viewer}` }));
    expect(buildStatistics('s1', alone).sources['one']?.trust).toBe(1);
  });

  it('is not misled by ids that plain objects inherit', () => {
    const odd = Array.from({ length: 4 }, () => page({ constructor: '__proto__ toString', other: 'a' }));
    const learned = buildStatistics('s1', odd);
    const stored: typeof learned = JSON.parse(JSON.stringify(learned));
    for (const statistics of [learned, stored]) {
      expect(rarityOf(sourceOf(statistics, 'constructor'), '__proto__')).toBe(0);
      expect(rarityOf(sourceOf(statistics, 'other'), '__proto__')).toBeCloseTo(Math.log(5));
      expect(rarityOf(sourceOf(statistics, 'other'), 'constructor')).toBeCloseTo(Math.log(5));
    }
    expect(sourceOf(noStatistics, 'constructor').trust).toBe(1);
  });

  it('takes pages as they come', () => {
    function* stream() {
      yield* pages;
    }
    expect(buildStatistics('s1', stream())).toEqual(buildStatistics('s1', pages));
  });
});
