import { until } from '../../support/until.ts';
import { guestManifest, publicationOf, publish, register, unregister } from '../callHouse.ts';
import type { House } from '../house.ts';

/** DESIGN: an acknowledged publication is on the pages of every mediator within this. */
const visibleWithinMs = 2_000;

export function publishing(house: () => House): void {
  let widget = '';
  afterEach(async () => {
    expect((await unregister(house(), widget)).ok).toBe(true);
  });

  test('what one mediator acknowledged is on the pages of all within 2 s', async () => {
    widget = `seen-${Date.now()}`;
    expect((await register(house(), guestManifest(house(), widget))).status).toBe(201);
    const delays: number[] = [];
    for (const version of [1, 2, 3]) {
      // Versions differ in how many items they bring, and the trace counts them.
      const items = 5 + version;
      const seen = house().firstSeen(
        '/v1/homepage?explain=true',
        `"widget":"${widget}","outcome":"fresh","items":${items}`,
      );
      let acknowledgedAt = 0;
      await until('it is acknowledged', async () => {
        const { status } = await publish(house(), widget, publicationOf(version, items));
        acknowledgedAt = Date.now();
        return status === 202;
      });
      for (const at of await seen) delays.push(at - acknowledgedAt);
    }
    expect(delays).toHaveLength(3 * house().mediators.length);
    expect(Math.max(...delays)).toBeLessThan(visibleWithinMs);
  });
}
