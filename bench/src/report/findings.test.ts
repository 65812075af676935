import { conditions } from '../faults/fault.ts';
import { budgetMs } from '../faults/faultyPage.ts';
import { breakerStates, type FaultRound } from '../faults/measureFaults.ts';
import { FaultFigures, GrowthFigures, HungFigures, type ServerFigures } from './benchReport.ts';
import { faultFigures } from './faultFigures.ts';
import { faultLines } from './faultLines.ts';
import { growthOf } from './growthFigures.ts';
import { growthLines } from './growthLines.ts';
import { hungFigures } from './hungFigures.ts';
import { hungLines } from './hungLines.ts';

describe('the growth of a page', () => {
  const usual = { p50Ms: 1, p95Ms: 2, p99Ms: 3, pagesPerSecond: 10, rateKept: true };
  const server = (name: string, us: number): ServerFigures => ({
    ...usual,
    server: name,
    title: name,
    scenario: 'registered',
    cpuPerPageUs: { median: us, min: us, max: us },
    rounds: [1, 2].map((round) => ({
      ...usual,
      round,
      kept: round === 1,
      pages: 10,
      cpuPerPageUs: round === 1 ? us : 999,
      found: 0,
      achievedPerSecond: 10,
      lagP50Ms: 0,
      lagP99Ms: 0,
    })),
  });
  const grown = (largest: number) =>
    growthOf({ of: 'registered', sizes: [10, 5_000], target: { atMost: 1.05, aim: 1 } }, [
      server('few', 100),
      server('many', largest),
    ]);

  it('is the cost of each size against the smallest, in the rounds that are kept', () => {
    expect(GrowthFigures.parse(grown(104)).points.map(({ size, ratio }) => [size, ratio.median])).toEqual([
      [10, 1],
      [5_000, 1.04],
    ]);
  });

  it.each([
    [100, 'aim'],
    [105, 'yes'],
    [106, 'no'],
  ])('of a largest that costs %p %% of the smallest says %p', (largest, met) => {
    expect(grown(largest).met).toBe(met);
  });

  it('has the slope of the nearest line, and says so', () => {
    const { usPerOneMore } = growthOf({ of: 'sources', sizes: [1, 2, 3] }, [
      server('one', 10),
      server('two', 30),
      server('three', 50),
    ]);
    expect(usPerOneMore).toBeCloseTo(20, 9);
    expect(growthLines(grown(106)).at(-1)).toMatch(/at most 1.05 times the smallest: NO/);
  });
});

describe('latencies under faults', () => {
  /** Pages of an open breaker take 10 ms, of a closed one the budget and what is given; of healthy sources 8 ms. */
  function round(overBudgetMs: number, kept = true): FaultRound {
    return {
      kept,
      control: { cpuPerPageUs: 1, p99Ms: 1 },
      turns: conditions.flatMap((condition) =>
        breakerStates.map((breaker) => {
          const ofFault = breaker === 'closed' ? budgetMs + overBudgetMs : 10;
          const ms = condition === 'healthy' ? 8 : ofFault;
          const load = { due: 1, found: 0, achievedPerSecond: 1, lagP50Us: 0, lagP99Us: 0, faults: [] };
          return { condition, breaker, load: { ...load, latenciesUs: [ms * 1_000] } };
        }),
      ),
    };
  }
  const hung = (...rounds: FaultRound[]) =>
    faultFigures(rounds).filter(({ condition }) => condition === 'hung');

  it('are told over the budget and over those of healthy sources', () => {
    const [closed, open] = hung(round(3)).map((figures) => FaultFigures.parse(figures));
    expect(closed).toMatchObject({ breaker: 'closed', p50OverBudgetMs: 3, p50OverHealthyMs: budgetMs - 5 });
    expect(open).toMatchObject({ breaker: 'open', p50OverHealthyMs: 2 });
  });

  it.each([
    [2, ['aim', 'aim']],
    [4, ['yes', 'aim']],
    [6, ['no', 'yes']],
    [11, ['no', 'no']],
  ])('of a page %p ms over the budget say %p', (over, met) => {
    expect(hung(round(over))[0]?.targets.map((target) => target.met)).toEqual(met);
  });

  it('leave rounds out that are not kept', () => {
    expect(hung(round(3), round(90, false))[0]).toMatchObject({ pages: 1, p99OverBudgetMs: 3 });
  });

  it('have a target for one hung source only', () => {
    const withTarget = faultFigures([round(3)]).filter(({ targets }) => targets.length > 0);
    expect(withTarget.map(({ condition, breaker }) => [condition, breaker])).toEqual([
      ['hung', 'closed'],
      ['hung', 'open'],
    ]);
    expect(faultLines(faultFigures([round(3)])).filter((line) => line.length > 100)).toEqual([]);
  });
});

describe('a hung source', () => {
  const plan = { requestsPerSecond: 40, warmUpSeconds: 1, seconds: 60 };
  const memory = (mebibytes: number) => ({ rss: mebibytes * 2 ** 20, heapUsed: 20 * 2 ** 20 });
  const watched = (after: number, inFlight: readonly number[]) => ({
    memory: { before: memory(100), after: memory(after) },
    inFlight,
  });

  it.each([
    [115, true],
    [116, false],
  ])('that takes memory from 100 to %p MiB is endured with flat memory: %p', (after, isFlat) => {
    expect(HungFigures.parse(hungFigures('closed', watched(after, [1]), plan)).isFlat).toBe(isFlat);
  });

  it('has rate times budget calls in flight at most, and none once the breaker is open', () => {
    const bounded = (breaker: 'closed' | 'open', inFlight: readonly number[]) =>
      hungFigures(breaker, watched(100, inFlight), plan).isBounded;
    expect([bounded('closed', [4, 4, 5]), bounded('closed', [5, 5, 4])]).toEqual([true, false]);
    expect([bounded('open', [0, 0, 1]), bounded('open', [1, 1, 0])]).toEqual([true, false]);
  });

  it('that was never looked at is not bounded', () => {
    const figures = hungFigures('open', watched(100, []), plan);
    expect(figures.isBounded).toBe(false);
    expect(hungLines([figures]).join('\n')).toMatch(/breaker open .* NO$/m);
  });
});
