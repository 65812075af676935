import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Page, Publication, WidgetManifest } from '@widget-mediator/contracts';
import { layoutInput } from './support/layouts.ts';
import { startMediator } from './support/mediatorUnderTest.ts';
import { startTestRedis } from './support/redis.ts';

const readme = readFileSync(join(__dirname, '..', 'README.md'), 'utf8');
const blocks = (language: string): string[] =>
  [...readme.matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, text = '']) => text);

test('the answer that the README shows is a page of the contract', () => {
  const [answer = ''] = blocks('json');
  expect(Page.parse(JSON.parse(answer)).placements).toHaveLength(1);
});

test('the request that the README shows is answered', async () => {
  const redis = await startTestRedis();
  const under = await startMediator({ redisUrl: redis.url, layout: layoutInput() });
  const [curl = ''] = blocks('sh');
  const path = /'http:\/\/127\.0\.0\.1:4000(\/[^']*)'/.exec(curl)?.[1] ?? '/not-found';
  expect((await under.http.get(path)).status).toBe(200);
  await under.stop();
  await redis.end();
});

test('the manifest and the publication that the README shows fit the contract', () => {
  const [, publishing = ''] = blocks('sh');
  const bodies = [...publishing.matchAll(/-d '([\s\S]*?)'/g)].map(([, body = '']): unknown =>
    JSON.parse(body),
  );
  expect(WidgetManifest.safeParse(bodies[0]).success).toBe(true);
  expect(Publication.safeParse(bodies[1]).success).toBe(true);
  expect(bodies).toHaveLength(2);
});

test.each([...readme.matchAll(/\]\(((?!https?:)[^)#]+)\)/g)].map(([, path = '']) => path))(
  'the README links to %s',
  (path) => {
    expect(() => readFileSync(join(__dirname, '..', path), { flag: 'r' })).not.toThrow(/ENOENT/);
  },
);
