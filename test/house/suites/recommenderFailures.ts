import { until } from '../../support/until.ts';
import { explained } from '../callHouse.ts';
import type { OwnHouse } from '../house.ts';
import { expectInvariants, personaNamed, queryOf } from './pages.ts';

const victim = 'because-you-watched';
const max = queryOf(personaNamed('max'));

/** Someone new each time, so that no cache answers. */
const someone = (): string => `user=${crypto.randomUUID()}&device=web`;

export function recommenderFailures(house: () => OwnHouse): void {
  const degraded = async (query: string): Promise<readonly string[]> => {
    const page = await explained(house(), query);
    expectInvariants(page);
    return page.degraded.map(({ source, reason }) => `${source}: ${reason}`);
  };

  afterAll(async () => {
    await until('nothing is degraded any more', async () => (await degraded(someone())).length === 0, 30_000);
  });

  test('a recommender that hangs costs its own widget and nothing else, and is asked again afterwards', async () => {
    await house().control.hang(victim);
    try {
      await until('it is late', async () => (await degraded(someone())).includes(`${victim}: timeout`));
      // Asked in vain often enough, it is not asked at all.
      await until('its breaker opens', async () =>
        (await degraded(someone())).includes(`${victim}: breaker-open`),
      );
      for (let pages = 0; pages < 20; pages += 1) {
        expect((await degraded(someone())).every((one) => one.startsWith(`${victim}:`))).toBe(true);
      }
    } finally {
      await house().control.resume(victim);
    }
    await until('it is asked again', async () => (await degraded(someone())).length === 0, 30_000);
  });

  test('a recommender that is killed is missed, and shown again once it is started', async () => {
    await house().control.kill(victim);
    try {
      await until('it is missed', async () =>
        (await degraded(someone())).some((one) => one.startsWith(`${victim}:`)),
      );
    } finally {
      await house().control.start(victim);
    }
    await until(
      'it is on the page again',
      async () => {
        const page = await explained(house(), `${max}&deadlineMs=500`);
        return page.placements.some(({ widget }) => widget.id === victim && widget.provenance === 'fresh');
      },
      30_000,
    );
  });
}
