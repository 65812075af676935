import { until } from '../../support/until.ts';
import { explained, guestManifest, publicationOf, publish, register } from '../callHouse.ts';
import type { OwnHouse } from '../house.ts';
import { expectInvariants } from './pages.ts';

const widget = 'store-probe';

export function storeFailures(house: () => OwnHouse): void {
  let version = Date.now();
  const publishNext = () => {
    version += 2;
    return publish(house(), widget, publicationOf(version, 6));
  };

  /** Mediators find Redis again each in its own time, and a proxy asks them in turn. */
  const publishingWorksAgain = (): Promise<void> => {
    let inARow = 0;
    return until(
      'publishing works again, whoever is asked',
      async () => {
        inARow = (await publishNext()).ok ? inARow + 1 : 0;
        return inARow === 4 * house().mediators.length;
      },
      20_000,
    );
  };

  beforeAll(async () => {
    expect((await register(house(), guestManifest(house(), widget))).ok).toBe(true);
    await until('it can be published to', async () => (await publishNext()).ok);
  });

  test('while Redis hangs, pages go on and publishing says when to come back', async () => {
    await house().control.hang('redis');
    try {
      const refused = await publishNext();
      expect([refused.status, await refused.json()]).toEqual([
        503,
        expect.objectContaining({ type: 'urn:widget-mediator:problem:store-unavailable' }),
      ]);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      for (const user of ['ada', 'max', 'a-stranger'])
        expectInvariants(await explained(house(), `user=${user}`));
    } finally {
      await house().control.resume('redis');
    }
    await publishingWorksAgain();
  });

  test('when Redis is killed, pages go on; once it is back, what was acknowledged is there', async () => {
    const acknowledged = version;
    await house().control.kill('redis');
    try {
      for (const user of ['ada', 'max', 'a-stranger'])
        expectInvariants(await explained(house(), `user=${user}`));
    } finally {
      await house().control.start('redis');
    }
    // Before anything else is published, or it would say nothing of what was.
    let outdated = await publish(house(), widget, publicationOf(acknowledged - 1, 6));
    await until('publications are judged again', async () => {
      if (outdated.status === 503)
        outdated = await publish(house(), widget, publicationOf(acknowledged - 1, 6));
      return outdated.status !== 503;
    });
    expect([outdated.status, await outdated.json()]).toEqual([
      409,
      expect.objectContaining({ currentVersion: acknowledged }),
    ]);
    await publishingWorksAgain();
  });
}
