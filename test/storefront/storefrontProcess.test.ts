import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { spawnStorefront, startStorefront } from './startStorefront.ts';

const nowhere = 'http://127.0.0.1:9';

describe('the storefront’s process', () => {
  test.each(['SIGTERM', 'SIGINT', 'disconnect'] as const)('ends with 0 on %s', async (how) => {
    const storefront = await startStorefront(nowhere);
    expect((await fetch(`${storefront.origin}/healthz`)).status).toBe(200);
    expect(await storefront.stop(how)).toBe(0);
  });

  test('does not start without its settings, and names all that are missing', async () => {
    const process = spawnStorefront({ PORT: 'many' });
    if (!process.stderr) throw new Error('the process has no stderr');
    const [[code], said] = await Promise.all([once(process, 'exit'), text(process.stderr)]);
    expect(code).toBe(1);
    for (const name of ['PORT', 'MEDIATOR_URL', 'READ_KEY']) expect(said).toContain(`  ${name}: `);
  });
});
