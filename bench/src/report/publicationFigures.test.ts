import type { PublicationsPlan } from '../options.ts';
import type { BesideBlock } from '../publications/measureBeside.ts';
import { publicationFigures } from './publicationFigures.ts';

const plan: PublicationsPlan = {
  rounds: 1,
  seconds: 1,
  connections: 1,
  followed: 1,
  stored: { widgets: 1, audiences: 1 },
  beside: { blocks: 3, pagesPerSecond: 1, publicationsPerSecond: 500, seconds: 1, warmUpSeconds: 1 },
};
const rounds = [{ acknowledged: 1, tookMs: 1, latenciesUs: [1], mediatorCpuUs: 1, redisCpuUs: 1 }];
const stored = { registered: 1, published: 1, bytesPerReady: 1, bytesPerWaiting: 1, startMs: 1 };

/** Pages that take 100 us, but for these beside publications to the same mediator. */
const blocks = (...us: number[]): BesideBlock[] => us.map((one) => blockOf({ us: [one], mixed: 0 }));

function blockOf(itself: { us: number[]; mixed: number }): BesideBlock {
  const quiet = { us: [100], mixed: 0, latenciesUs: [1] };
  return { nobody: quiet, another: quiet, itself: { ...itself, latenciesUs: [1] } };
}

const figuresOf = (beside: readonly BesideBlock[]) =>
  publicationFigures({ stored, admission: rounds, inLines: rounds, visibleUs: [1], beside }, plan);

describe('a page beside publications', () => {
  test.each([
    ['costs surely no more', [101, 102, 103], 'yes'],
    ['costs surely less, which is no fault', [80, 81, 82], 'yes'],
    ['costs surely more', [110, 111, 112], 'no'],
    ['costs no more on average, but that may be chance', [80, 100, 120], null],
  ])('%s', (_what, us, met) => {
    expect(figuresOf(blocks(...us)).met.beside).toBe(met);
  });

  test('when too many are left out, the rest say nothing', () => {
    const beside = [1, 2, 3].map(() => blockOf({ us: Array.from({ length: 98 }, () => 100), mixed: 2 }));
    expect(figuresOf(beside)).toMatchObject({ beside: { leftOut: 0.02 }, met: { beside: 'no' } });
  });
});
