import { join } from 'node:path';
import {
  type FakeMediator,
  type Service,
  startFakeMediator,
  startService,
} from '@widget-mediator/recommender-host/testing';

const main = join(import.meta.dirname, 'main.ts');
let mediator: FakeMediator;
const services: Service[] = [];

beforeEach(async () => {
  mediator = await startFakeMediator();
});
afterEach(async () => {
  for (const service of services.splice(0)) service.kill('SIGKILL');
  await mediator.close();
});

describe('the popular service, as a process', () => {
  it.each([
    ['SIGTERM', (service: Service) => service.kill('SIGTERM')],
    ['SIGINT', (service: Service) => service.kill('SIGINT')],
    ["its parent's end", (service: Service) => service.disconnect()],
  ])('registers, publishes, answers health checks and stops cleanly on %s', async (_, stop) => {
    const service = start();
    await until(() => mediator.publications.size === 12);
    expect([...mediator.registrations.keys()]).toEqual([...mediator.publications.keys()]);
    expect((await fetch(`${listeningAt(service)}/healthz`)).status).toBe(200);
    stop(service);
    await expect(service.exited).resolves.toBe(0);
  });

  it('keeps trying while the mediator is away, then catches up, also after it has lost its state', async () => {
    mediator.refusing = 'route-unknown';
    const service = start();
    await until(() => mediator.calls.length > 24);
    mediator.refusing = undefined;
    await until(() => mediator.publications.size === 12);
    mediator.loseState();
    await until(() => mediator.publications.size === 12);
    service.kill('SIGTERM');
    await expect(service.exited).resolves.toBe(0);
  });

  it('names what is wrong with its config, and exits with 1', async () => {
    const service = start({ API_KEY: '', PORT: 'http' });
    await expect(service.exited).resolves.toBe(1);
    expect(service.output()).toMatch(/API_KEY: .*\nPORT: .*\n/);
  });
});

function start(env: Record<string, string> = {}): Service {
  const defaults = { MEDIATOR_URL: mediator.url, API_KEY: 'secret-key', PORT: '0', HEARTBEAT_MS: '100' };
  const service = startService(main, { ...defaults, ...env });
  services.push(service);
  return service;
}

function listeningAt(service: Service): string {
  const [, url] = /"url":"([^"]+)"/.exec(service.output()) ?? [];
  if (!url) throw new Error(`it does not listen: ${service.output()}`);
  return url;
}

/** Real processes have no fake clock; jest's own timeout is the limit. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
}
