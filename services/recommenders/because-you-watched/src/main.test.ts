import { join } from 'node:path';
import { Publication } from '@widget-mediator/contracts';
import { startFakeMediator, startService } from '@widget-mediator/recommender-host/testing';

describe('the because-you-watched service, as a process', () => {
  it('registers an endpoint that answers for a viewer, with 304 when nothing changed and 204 for one without history', async () => {
    const mediator = await startFakeMediator();
    const env = { MEDIATOR_URL: mediator.url, API_KEY: 'secret-key', PORT: '0', HEARTBEAT_MS: '100' };
    const service = startService(join(import.meta.dirname, 'main.ts'), env);
    try {
      while (mediator.registrations.size === 0) await new Promise((resolve) => setTimeout(resolve, 10));
      const { delivery } = mediator.registrations.get('because-you-watched')?.manifest.spec ?? {};
      const endpoint = delivery?.mode === 'pull' ? delivery.endpoint : '';
      const answer = await ask(endpoint, 'ada');
      expect(answer.status).toBe(200);
      expect(Publication.parse(await answer.json()).audience).toEqual({ type: 'user', user: 'ada' });
      const etag = answer.headers.get('etag') ?? '';
      expect((await ask(endpoint, 'ada', { 'if-none-match': etag })).status).toBe(304);
      expect((await ask(endpoint, 'noor')).status).toBe(204);
      expect(mediator.publications.size).toBe(0);
      service.kill('SIGTERM');
      await expect(service.exited).resolves.toBe(0);
      expect(service.output()).not.toMatch(/ada|noor|secret-key/);
    } finally {
      service.kill('SIGKILL');
      await mediator.close();
    }
  });
});

function ask(endpoint: string, user: string, more = {}): Promise<Response> {
  const headers = { 'content-type': 'application/json', 'x-deadline-ms': '2000', ...more };
  return fetch(endpoint, { method: 'POST', headers, body: JSON.stringify({ user, count: 20 }) });
}
