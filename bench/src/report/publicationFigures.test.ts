import type { BesideBlock } from '../publications/measureBeside.ts';
import type { HostileRound } from '../publications/measureHostile.ts';
import { publicationFigures } from './publicationFigures.ts';

const plan = {
  beside: { blocks: 3, pagesPerSecond: 1, publicationsPerSecond: 500, seconds: 1, warmUpSeconds: 1 },
  hostile: { rounds: 3, pagesPerSecond: 1, bodiesPerSecond: 100, seconds: 1, warmUpSeconds: 1 },
};
const rounds = [{ acknowledged: 1, tookMs: 1, latenciesUs: [1], mediatorCpuUs: 1, redisCpuUs: 1 }];
const users = { users: 100, redisBytesPerUser: 1, shown: 10, heldBytes: 1, latenciesUs: [1] };
const stored = { registered: 1, published: 1, bytesPerReady: 1, bytesPerWaiting: 1, startMs: 1 };

const quiet = { us: [100], mixed: 0, latenciesUs: [1], published: 1 };
const costing = (us: number) => ({ ...quiet, us: [us] });

/** Pages that take 100 us, but for these beside publications to the same mediator. */
const blocks = (...us: number[]): BesideBlock[] =>
  us.map((one) => ({ nobody: quiet, another: quiet, itself: costing(one) }));

const took = { latenciesUs: [1], sent: 1 };
const hostile: HostileRound[] = [1, 2].map(() => ({
  nobody: took,
  honest: took,
  hostile: took,
  unbudgeted: took,
}));

const figuresOf = (beside: readonly BesideBlock[]) =>
  publicationFigures(
    { stored, users, admission: rounds, inLines: rounds, visibleUs: [1], beside, hostile },
    plan,
  );

describe('a page beside publications', () => {
  test.each([
    ['costs surely no more', [101, 102, 103], 'yes'],
    ['costs a little less', [96, 97, 98], 'yes'],
    ['costs far less, which is not what it cost before either', [80, 81, 82], 'no'],
    ['costs surely more', [110, 111, 112], 'no'],
    ['costs no more on average, but that may be chance', [80, 100, 120], null],
  ])('%s', (_what, us, met) => {
    expect(figuresOf(blocks(...us)).met.beside).toBe(met);
  });

  test.each([
    ['nobody', 'costs more than beside nothing'],
    ['another', 'costs more than beside as many elsewhere'],
  ])('to %s: it %s', (to) => {
    const beside = [98, 99, 100].map((us) => ({
      nobody: quiet,
      another: quiet,
      itself: quiet,
      [to]: costing(us / 1.2),
    }));
    expect(figuresOf(beside).met.beside).toBe('no');
  });

  test.each([
    ['too many are left out', { us: Array.from({ length: 90 }, () => 100), mixed: 10 }],
    ['two in a hundred of one kind are left out', { us: Array.from({ length: 294 }, () => 100), mixed: 6 }],
    ['too little was published', { published: 0.9 }],
  ])('when %s, the rest say nothing', (_what, change) => {
    const [first, ...others] = blocks(100, 100, 100);
    const beside = first === undefined ? [] : [{ ...first, another: { ...quiet, ...change } }, ...others];
    expect(figuresOf(beside).met.beside).toBe('no');
  });
});
