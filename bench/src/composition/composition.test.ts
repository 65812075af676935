import { join } from 'node:path';
import { compose } from '@widget-mediator/composition';
import { compositionLines } from './compositionLines.ts';
import { CompositionReport } from './compositionReport.ts';
import { createField, pageKinds } from './contestants.ts';
import { generateInput } from './generateInput.ts';
import { growthExponent } from './growthExponent.ts';
import { growthFigures } from './growthFigures.ts';
import { readOptions } from './options.ts';
import { plainPage, scoredLists, scoreOfPlainPage } from './plainPipeline.ts';
import { runComposition, turnsOf } from './runComposition.ts';
import { stageTimes } from './timeStages.ts';

const sizes = [10, 20, 50, 100, 200, 500, 1_000, 2_000];

describe('growthExponent', () => {
  const grown = (usOf: (size: number) => number) =>
    growthExponent(sizes.map((size) => ({ size, us: usOf(size) })));

  it('is the power of a power law, whatever its constant', () => {
    expect(grown((size) => 7 * size)).toBeCloseTo(1, 9);
    expect(grown((size) => 0.01 * size ** 2)).toBeCloseTo(2, 9);
    expect(grown(() => 3)).toBeCloseTo(0, 9);
    expect(grown((size) => 5 * Math.sqrt(size))).toBeCloseTo(0.5, 9);
  });

  it('is hardly moved by a disturbed size, and well above 1 when a quadratic step outweighs a linear one', () => {
    expect(grown((size) => (size === 200 ? 3 : 1) * size)).toBeCloseTo(1, 0);
    expect(grown((size) => size * Math.log2(size))).toBeLessThan(1.3);
    expect(grown((size) => 20 * size + size ** 2)).toBeGreaterThan(1.3);
  });
});

describe('growthFigures', () => {
  it('calls steep what grows faster than the power 1.3', () => {
    const fields = [10, 20, 40].map((candidates) =>
      createField({ candidates, items: 4 }, ['greedy', 'searched']),
    );
    const us = new Map(
      fields.flatMap(({ contestants }) =>
        contestants.map((one) => [one, one.size.candidates ** (one.kind === 'greedy' ? 1.2 : 1.4)] as const),
      ),
    );
    const rounds = [{ us, control: { cpuPerPageUs: 1, p99Ms: 1 }, kept: true }];
    const [greedy, searched] = growthFigures({ of: 'candidates', fields }, rounds);
    expect(greedy).toMatchObject({ kind: 'greedy', isSteep: false });
    expect(greedy?.exponent).toBeCloseTo(1.2, 9);
    expect(greedy?.points.map(({ size }) => size)).toEqual([10, 20, 40]);
    expect(greedy?.points[0]?.usPerRow).toBeCloseTo(10 ** 1.2 / 40, 9);
    expect(searched).toMatchObject({ kind: 'searched', isSteep: true });
  });

  it('sees a quadratic step that what every page costs hides in all sizes together', () => {
    const fields = [10, 20, 40, 80].map((candidates) => createField({ candidates, items: 4 }, ['greedy']));
    const us = new Map(
      fields.flatMap(({ contestants }) =>
        contestants.map((one) => [one, 500 + one.size.candidates ** 2] as const),
      ),
    );
    const rounds = [{ us, control: { cpuPerPageUs: 1, p99Ms: 1 }, kept: true }];
    const [greedy] = growthFigures({ of: 'candidates', fields }, rounds);
    expect(greedy?.exponent).toBeLessThan(1.3);
    expect(greedy?.exponentOfLarger).toBeGreaterThan(1.3);
    expect(greedy?.isSteep).toBe(true);
  });
});

describe('stageTimes', () => {
  it('are what more a page takes with a stage than without it, whatever disturbed a batch', () => {
    const us = [
      [2, 2, 90],
      [5, 5, 5],
      [1, 12, 12],
      [14, 14, 14],
    ];
    expect(stageTimes(us)).toEqual({ admit: 2, score: 3, allocate: 7, explain: 2 });
  });
});

describe('generateInput', () => {
  it('is the same for the same size, and has each item in about one and a half lists, some in many', () => {
    const input = generateInput({ candidates: 200, items: 50 });
    expect(generateInput({ candidates: 200, items: 50 })).toEqual(input);
    const holders = new Map<string, number>();
    for (const { items } of input.candidates)
      for (const { id } of items) holders.set(id, (holders.get(id) ?? 0) + 1);
    expect((200 * 50) / holders.size).toBeCloseTo(1.5, 1);
    expect(Math.max(...holders.values())).toBeGreaterThan(5);
  });
});

describe('the plain pipeline', () => {
  it('puts the widget with most score first, and drops what is shown above and who became too small', () => {
    const list = (widget: string, ids: number[], score: number) => ({
      widget,
      items: ids.map((id) => ({ id: `${id}`, score })),
    });
    const lists = [
      list('low', [5, 6, 7, 8, 9], 1),
      list('small', [1, 2, 5, 6], 2),
      list('high', [1, 2, 3, 4, 5], 3),
    ];
    const page = plainPage(lists).map(({ widget, items }) => [widget, items.map(({ id }) => id).join()]);
    expect(page).toEqual([
      ['high', '1,2,3,4,5'],
      ['low', '6,7,8,9'],
    ]);
  });

  it('is scored as its own page: no better than the page of composition, and refused when it is not the page said', () => {
    const input = generateInput({ candidates: 20, items: 40 });
    const page = plainPage(scoredLists(input));
    const score = scoreOfPlainPage(input, page);
    expect(score).toBeGreaterThan(0);
    expect(score).toBeLessThanOrEqual(compose(input).search.score);
    const [first, ...rest] = page;
    const shorter = [{ widget: first?.widget ?? '', items: first?.items.slice(1) ?? [] }, ...rest];
    expect(() => scoreOfPlainPage(input, shorter)).toThrow('could not be scored');
  });
});

describe('readOptions', () => {
  it('keeps nine rounds unless told otherwise, and less of everything in a quick run', () => {
    expect(readOptions([])).toMatchObject({
      plan: { rounds: 9, turnMs: 80 },
      quick: false,
      jsonFile: undefined,
    });
    expect(readOptions(['--quick', '--rounds', '1', '--json', 'x.json'])).toMatchObject({
      plan: { rounds: 1, turnMs: 5 },
      quick: true,
      jsonFile: 'x.json',
    });
  });
});

describe('runComposition', () => {
  it('measures every kind of page at every size, and the growth of both dimensions', async () => {
    const programme = {
      sizes: [{ candidates: 12, items: 10, goalUs: 15 }],
      candidates: [10, 20],
      items: [5, 10],
    };
    const plan = { rounds: 1, turnMs: 1, warmUpMs: 1, stagesMs: 5 };
    const options = { plan, quick: true, jsonFile: undefined };
    const turns: string[] = [];
    const report = CompositionReport.parse(
      await runComposition(programme, options, {
        root: join(__dirname, '..', '..', '..'),
        onTurn: (what) => turns.push(what),
      }),
    );
    expect(turns).toHaveLength(turnsOf(programme, options));
    const [size] = report.sizes;
    expect(size?.pages.map(({ kind }) => kind)).toEqual([...pageKinds]);
    for (const { us, ofPlain, scoreOfSearched } of size?.pages ?? []) {
      expect(us.min).toBeGreaterThan(0);
      expect(ofPlain.max).toBeGreaterThan(0);
      expect(scoreOfSearched).toBeGreaterThan(0);
      expect(scoreOfSearched).toBeLessThanOrEqual(1);
    }
    expect(
      report.growth.map(({ of, kind, points }) => [of, kind, points.map((point) => point.size)]),
    ).toEqual([
      ['candidates', 'greedy', [10, 20]],
      ['candidates', 'searched', [10, 20]],
      ['items', 'greedy', [5, 10]],
      ['items', 'searched', [5, 10]],
    ]);
    expect(report.rounds).toEqual({ wanted: 1, kept: 1, discarded: 0 });
    expect(compositionLines(report).join('\n')).toContain('mean nothing');
  });
});
