import { type ReplicatedHouse, startReplicatedHouse } from './house/replicatedHouse.ts';
import { proxy } from './house/suites/proxy.ts';
import { publishing } from './house/suites/publishing.ts';
import { replicas } from './house/suites/replicas.ts';
import { describeWithNginx } from './support/needs.ts';
import { until } from './support/until.ts';

jest.setTimeout(60_000);

describeWithNginx('two mediators and a worker behind nginx', () => {
  let started: ReplicatedHouse;
  const house = () => started;

  beforeAll(async () => {
    started = await startReplicatedHouse();
  }, 60_000);
  afterAll(() => started?.stop());

  describe('publishing', () => publishing(house));
  describe('mediators go and come back', () => replicas(house));
  describe('the proxy', () => proxy(house));

  test('the jobs are done by the worker, and not by the mediators', async () => {
    const done = async (url: string) => {
      const metrics = await (await fetch(`${url}/metrics`)).text();
      return Number(/^mediator_jobs_total\{name="resync",outcome="done"\} (\d+)$/m.exec(metrics)?.[1] ?? 0);
    };
    await until('the worker did a job', async () => (await done(started.workerUrl)) > 0, 40_000);
    for (const url of started.mediatorUrls) expect(await done(url)).toBe(0);
  });

  test('nothing that the proxy wrote names a viewer or a key, even when mediators were away', async () => {
    for (const mediator of started.mediators) await started.control.kill(mediator);
    const away = await fetch(`${started.mediatorUrl}/v1/homepage?user=secret-viewer`, {
      headers: { authorization: `Bearer ${started.keys.operator}` },
    });
    expect([away.status, away.headers.get('content-type')]).toEqual([503, 'application/problem+json']);
    expect(await away.json()).toMatchObject({ title: 'No mediator answers', status: 503 });
    for (const mediator of started.mediators) await started.control.start(mediator);

    await until('requests are logged', () =>
      started.proxyLog().includes('"path":"/v1/homepage","status":503'),
    );
    const lines = started.proxyLog().split('\n');
    expect(lines.filter((line) => /viewer|user=|wm_|Bearer/.test(line))).toEqual([]);
  });
});
