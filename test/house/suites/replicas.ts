import { explained, guestManifest, register } from '../callHouse.ts';
import type { OwnHouse } from '../house.ts';
import { startLoad } from '../load.ts';

/** What only several mediators behind a proxy can promise. */
export function replicas(house: () => OwnHouse): void {
  const widget = 'load-probe';
  beforeAll(async () => {
    expect((await register(house(), guestManifest(house(), widget))).ok).toBe(true);
  });

  async function underLoad(
    what: () => Promise<void>,
  ): Promise<{ answered: number; failures: Readonly<Record<string, number>> }> {
    const load = startLoad(house(), widget);
    try {
      await what();
    } catch (error) {
      await load.stop();
      throw error;
    }
    return load.stop();
  }

  test('one mediator is killed and started again without a failed request', async () => {
    const [victim = ''] = house().mediators;
    const { answered, failures } = await underLoad(async () => {
      await pagesFor(500);
      await house().control.kill(victim);
      await pagesFor(1_500);
      await house().control.start(victim);
      await pagesFor(500);
    });
    expect(failures).toEqual({});
    expect(answered).toBeGreaterThan(100);
  });

  test('all mediators are restarted one after the other without a failed request', async () => {
    const { answered, failures } = await underLoad(async () => {
      for (const mediator of house().mediators) {
        await pagesFor(500);
        await house().control.restart(mediator);
      }
      await pagesFor(500);
    });
    expect(failures).toEqual({});
    expect(answered).toBeGreaterThan(100);
  });

  test('one mediator hangs for a while, and every request is answered by another', async () => {
    const [victim = ''] = house().mediators;
    const { failures } = await underLoad(async () => {
      await house().control.hang(victim);
      try {
        await pagesFor(4_000);
      } finally {
        await house().control.resume(victim);
      }
      await pagesFor(500);
    });
    expect(failures).toEqual({});
  });

  /** Load goes on for a while; pages of our own besides show that explaining works too. */
  async function pagesFor(ms: number): Promise<void> {
    const until = Date.now() + ms;
    while (Date.now() < until) await explained(house(), `user=${crypto.randomUUID()}`);
  }
}
