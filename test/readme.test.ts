import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Page } from '@widget-mediator/contracts';
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

test('publishing as the README shows it puts the widget on a page', async () => {
  const redis = await startTestRedis();
  const under = await startMediator({ redisUrl: redis.url, layout: layoutInput() });
  const { port } = under.mediator.server.address() as AddressInfo;
  const [, publishing = ''] = blocks('sh');
  const script = publishing.replaceAll('127.0.0.1:4000', `127.0.0.1:${port}`).replaceAll('my-team', 'alpha');
  const paused = script.replace('curl -s http', 'sleep 0.5; curl -s http');
  const { stdout } = await promisify(execFile)('sh', ['-c', paused], {
    env: { ...process.env, KEY: under.keys.alpha },
  });
  expect(stdout).toContain('"stored":false');
  expect(stdout).toContain('"stored":true');
  expect(stdout).toMatch(/"id":"my-picks"\n$/);
  await under.stop();
  await redis.end();
});

test('the commands that the README says to type, and no test above runs, are scripts of package.json', () => {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(
    readFileSync(join(__dirname, '..', 'package.json'), 'utf8'),
  );
  const typed = [...readme.matchAll(/^ {4}npm (?:run )?(\S+)/gm)].map(([, name = '']) => name);
  expect(typed).toEqual(expect.arrayContaining(['start', 'test']));
  expect(typed.filter((name) => scripts[name] === undefined)).toEqual([]);
});

test('the README has no block that no test executes', () => {
  expect([blocks('sh').length, blocks('json').length]).toEqual([2, 1]);
  expect(readme.match(/^```\w+$/gm)).toEqual(['```sh', '```json', '```sh']);
  const prose = readme.replaceAll(/^```[\s\S]*?^```$/gm, '');
  expect(prose.match(/^ {4}(?!npm )\S.*$/gm)).toBeNull();
});
