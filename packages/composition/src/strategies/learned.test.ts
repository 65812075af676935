import { admit } from '../admit.ts';
import type { Feedback, RankCounts } from '../feedback.ts';
import type { Statistics } from '../statistics.ts';
import { inputOf } from '../testing/fixture.ts';
import { createStrategy } from './createStrategy.ts';

/** Lists of one length, which share nothing, so that an item is worth what its own source's curve says. */
const length = 12;
const listOf = (widget: string) => Array.from({ length }, (_, place) => `${widget}-${place}`);

interface Case {
  readonly widgets?: readonly string[];
  readonly feedback?: Feedback['sources'];
  readonly trust?: Record<string, number>;
  readonly segments?: string[];
  readonly viewer?: 'known' | 'anonymous';
  readonly strategy?: 'learned' | 'consensus';
}

function scorerOf({
  widgets = ['a', 'b', 'c'],
  feedback,
  trust = {},
  segments = [],
  viewer = 'known',
  strategy = 'learned',
}: Case) {
  const statistics: Statistics = {
    id: 's1',
    sources: Object.fromEntries(
      Object.entries(trust).map(([widget, value]) => [
        widget,
        { pages: 9, trust: value, items: { [`${widget}-1`]: 9 } },
      ]),
    ),
    ...(feedback !== undefined && { feedback: { id: 'f1', sources: feedback } }),
  };
  const input = inputOf({
    name: 'sources apart',
    why: 'curves are read off the values',
    layout: { placements: [{}], prior: ['c'] },
    candidates: widgets.map((widget) => ({ widget, items: listOf(widget) })),
    statistics,
    viewer,
    expected: { page: [], verdicts: [], conservation: { received: 0, placed: 0, reserve: 0, dropped: {} } },
  });
  const entry = admit({ ...input, context: { ...input.context, segments } });
  const scorer = createStrategy(strategy, entry.input.context).prepare(entry);
  const worthsOf = new Map(
    widgets.map((widget, index) => {
      const worths = new Float64Array(length);
      scorer.writeWorths(index, length, worths);
      return [widget, worths];
    }),
  );
  const worthOf = (widget: string, rank: number) => worthsOf.get(widget)?.[rank] ?? 0;
  const worths = [...worthsOf.values()].flatMap((ofList) => [...ofList]);
  return { ...scorer, worths, worthOf };
}

/** The same at each of the first ranks. */
const even = (examined: number, wanted: number, ranks = 10): RankCounts => ({
  examined: Array.from({ length: ranks }, () => examined),
  wanted: Array.from({ length: ranks }, () => wanted),
});

/** At one rank only. */
const onlyAt = (rank: number, examined: number, wanted: number): RankCounts => ({
  examined: [...Array.from({ length: rank }, () => 0), examined],
  wanted: [...Array.from({ length: rank }, () => 0), wanted],
});

const byWidget = (counts: Record<string, RankCounts>): Feedback['sources'] =>
  Object.fromEntries(Object.entries(counts).map(([widget, of]) => [widget, { segments: { '': of } }]));

describe('learned', () => {
  it('raises a source that is wanted and sinks one that is examined and not wanted', () => {
    const { worthOf, name } = scorerOf({ feedback: byWidget({ a: even(1000, 200), b: even(1000, 2) }) });
    expect(name).toBe('learned');
    expect(worthOf('a', 0)).toBeGreaterThan(1.5 * worthOf('c', 0));
    expect(worthOf('c', 0)).toBeGreaterThan(2 * worthOf('b', 0));
  });

  it('puts a widget nobody has counts of between a good and a bad one, at every rank', () => {
    const { worthOf } = scorerOf({ feedback: byWidget({ a: even(1000, 100), b: even(1000, 5) }) });
    for (let rank = 0; rank < length; rank++) {
      expect(worthOf('c', rank)).toBeLessThan(worthOf('a', rank));
      expect(worthOf('c', rank)).toBeGreaterThan(worthOf('b', rank));
    }
  });

  it('weighs a source without counts by the root of its trust', () => {
    const { worthOf } = scorerOf({ feedback: byWidget({ a: even(10, 1) }), trust: { b: 0.25 } });
    expect(worthOf('b', 1)).toBe(0);
    expect(worthOf('b', 0) / worthOf('c', 0)).toBeCloseTo(Math.log(10) * 0.5, 5);
  });

  it('learns by segment, from the first of the viewer’s that has counts', () => {
    const feedback = {
      a: { segments: { kids: even(1000, 150), adults: even(1000, 10) } },
      b: { segments: { kids: even(1000, 10), adults: even(1000, 150) } },
    };
    const lead = (...segments: string[]) => {
      const { worthOf } = scorerOf({ feedback, segments });
      return worthOf('a', 0) / worthOf('b', 0);
    };
    expect(lead('kids')).toBeGreaterThan(2);
    expect(lead('unheard-of', 'adults', 'kids')).toBeLessThan(0.5);
    expect(lead()).toBeCloseTo(1, 5);
    expect(lead('unheard-of')).toBeCloseTo(1, 5);
  });

  it('does not take a segment that clicks more for sources that are better', () => {
    const feedback = {
      a: { segments: { eager: even(1000, 200), idle: even(1000, 20) } },
      b: { segments: { eager: even(1000, 100), idle: even(1000, 10) } },
    };
    const worthFor = (segment: string) => scorerOf({ feedback, segments: [segment] }).worthOf('a', 0);
    expect(worthFor('eager') / worthFor('idle')).toBeCloseTo(1, 1);
  });

  it('moves little for few counts', () => {
    const { worthOf } = scorerOf({ feedback: byWidget({ a: onlyAt(0, 2, 1), b: onlyAt(0, 2, 0) }) });
    for (const widget of ['a', 'b']) {
      expect(worthOf(widget, 0) / worthOf('c', 0)).toBeGreaterThan(0.8);
      expect(worthOf(widget, 0) / worthOf('c', 0)).toBeLessThan(1.25);
    }
  });

  it('takes the rank into account: wanted as often far down is worth more', () => {
    const counts = byWidget({
      a: onlyAt(0, 1000, 50),
      b: onlyAt(9, 1000, 50),
      // Everybody else is wanted less and less, down the list.
      c: { examined: even(10_000, 0).examined, wanted: [1000, 800, 650, 500, 400, 320, 260, 200, 160, 130] },
    });
    const { worthOf } = scorerOf({ feedback: counts });
    expect(worthOf('b', 0)).toBeGreaterThan(1.5 * worthOf('a', 0));
    expect(worthOf('b', 9)).toBeGreaterThan(1.5 * worthOf('a', 9));
    expect(worthOf('c', 0)).toBeGreaterThan(3 * worthOf('c', 9));
  });

  it('learns each source’s own curve: of two wanted as much, one best at the head, one further down', () => {
    const falling = [200, 150, 100, 80, 60, 50, 40, 30, 20, 10];
    const examined = falling.map(() => 1000);
    const counts = byWidget({
      a: { examined, wanted: falling },
      b: { examined, wanted: falling.toReversed() },
    });
    const { worthOf } = scorerOf({ feedback: counts });
    expect(worthOf('a', 0)).toBeGreaterThan(2 * worthOf('b', 0));
    expect(worthOf('b', 9)).toBeGreaterThan(2 * worthOf('a', 9));
  });

  it('lets no counts, however odd, make votes too large to be summed exactly', () => {
    const { worthOf } = scorerOf({
      feedback: byWidget({ a: onlyAt(0, 2 ** 20, 2 ** 20), b: onlyAt(0, 2 ** 40, 0) }),
    });
    expect(worthOf('a', 0)).toBe(1024);
  });

  it('is consensus, and says so, while nothing was counted', () => {
    const trust = { a: 0.5, b: 0.1 };
    for (const viewer of ['known', 'anonymous'] as const) {
      const told = scorerOf({ trust, viewer, strategy: 'consensus' });
      for (const feedback of [undefined, {}, byWidget({ a: even(0, 0) })]) {
        const { name, worths, rankOf } = scorerOf({ trust, viewer, ...(feedback && { feedback }) });
        expect(name).toBe('consensus');
        expect(worths).toEqual(told.worths);
        expect([0, 1, 2].map(rankOf)).toEqual([0, 1, 2].map(told.rankOf));
      }
    }
  });

  it('leaves rarity out for a viewer who is not known, and lets no prior go first', () => {
    const feedback = byWidget({ a: even(1000, 100) });
    const { worthOf, rankOf } = scorerOf({ feedback, trust: { a: 1 }, viewer: 'anonymous' });
    expect(worthOf('a', 1)).toBeGreaterThan(0);
    expect(scorerOf({ feedback, trust: { a: 1 } }).worthOf('a', 1)).toBe(0);
    expect([0, 1, 2].map(rankOf)).toEqual([0, 0, 0]);
  });

  it('knows what a score is made of', () => {
    const feedback = { a: { segments: { kids: even(100, 10), '': even(100, 20) } } };
    const { partsOf } = scorerOf({ feedback, trust: { a: 0.25 } });
    expect(partsOf(0)).toMatchObject({ trust: 0.25, prior: 0.5, clicks: 300 });
    expect(partsOf(0)['lift']).toBeGreaterThan(0);
    expect(partsOf(1)).toEqual({ trust: 1, prior: 1, clicks: 0, lift: 1 });
  });
});
