import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort } from '@widget-mediator/launcher';
import { type BlockRunner, createBlockRunner } from './guides/blockRunner.ts';
import { guideKeys, guideKeysFile } from './guides/guideKeys.ts';
import { expectOutput } from './guides/modulo.ts';
import { type Example, examplesOf, readBlocks } from './guides/readBlocks.ts';
import { servedTwice } from './guides/servedTwice.ts';
import { typeCheck } from './guides/typeCheck.ts';
import { type MediatorUnderTest, startMediator } from './support/mediatorUnderTest.ts';
import { canRun } from './support/needs.ts';
import { startTestRedis, type TestRedis } from './support/redis.ts';
import { until } from './support/until.ts';

const root = join(__dirname, '..');
const isCommand = (name: string) => spawnSync(name, ['--version']).error === undefined;
const canFollow: Readonly<Record<string, boolean>> = {
  sh: canRun(isCommand('curl'), 'REQUIRE_CURL', 'curl'),
  python: canRun(isCommand('python3'), 'REQUIRE_PYTHON', 'python3'),
  ts: true,
};

let redis: TestRedis;
let folder: string;
beforeAll(async () => {
  redis = await startTestRedis();
  folder = mkdtempSync(join(tmpdir(), 'guides-test-'));
});
afterAll(async () => {
  await redis.end();
  rmSync(folder, { recursive: true, force: true });
});

describe.each([
  'docs/guides/frontends.md',
  'docs/guides/recommender-teams.md',
  'packages/publisher/README.md',
])('%s, followed with a mediator at hand', (path) => {
  let runner: BlockRunner;
  let under: MediatorUnderTest;

  beforeAll(async () => {
    const environment = { KEY: guideKeys.team, READ_KEY: guideKeys.reader, OPERATOR_KEY: guideKeys.operator };
    const keysFile = join(folder, 'keys.json');
    writeFileSync(keysFile, JSON.stringify(guideKeysFile));
    under = await startMediator({
      redisUrl: redis.url,
      environment: {
        KEYS_FILE: keysFile,
        LAYOUT_FILE: join(root, 'services/mediator/layouts/homepage.json'),
      },
    });
    const { port } = under.mediator.server.address() as AddressInfo;
    runner = createBlockRunner({ port, environment });
  });
  afterAll(async () => {
    runner.end();
    await under.stop();
  });

  follow(path, () => runner);
});

describe('docs/guides/operators.md, followed with a Redis at hand', () => {
  let runner: BlockRunner;

  beforeAll(async () => {
    runner = createBlockRunner({ port: await findFreePort(), environment: { REDIS_URL: redis.url } });
  });
  afterAll(() => runner.end());

  follow('docs/guides/operators.md', () => runner);
});

/** One test for each block, in order; each prints what the document shows. They build upon each other: all are run, or none. */
function follow(path: string, runner: () => BlockRunner): void {
  const examples = examplesOf(readBlocks(readFileSync(join(root, path), 'utf8')));
  const typed = examples.map(({ block }) => block).filter(({ language }) => language === 'ts');

  if (typed.length > 0) {
    test('its blocks in TypeScript compile', () => {
      expect(typeCheck(runner().folder, typed)).toBe('');
    });
  }
  const testBlock = examples.every(({ block }) => canFollow[block.language]) ? test : test.skip;
  for (const example of examples) {
    const { line, language, options } = example.block;
    testBlock(`its ${language} block of line ${line} does what it says`, () => tryOut(example, runner()));
    if (language === 'ts' && options.includes('background')) {
      testBlock(`what its block of line ${line} serves is not sent to who has it already`, async () => {
        expect(await servedTwice(example.block, runner())).toEqual([200, 304]);
      });
    }
  }
}

/** A block that waits for what takes a moment is run again until it prints what it should. */
async function tryOut({ block, output }: Example, runner: BlockRunner): Promise<void> {
  const attempt = async () => {
    const printed = await runner.run(block);
    if (output !== undefined) expectOutput(printed, output);
  };
  if (!block.options.includes('until')) return attempt();
  let last: unknown;
  const succeeds = () =>
    attempt().then(
      () => true,
      (error: unknown) => {
        last = error;
        return false;
      },
    );
  await until('the block prints what it should', succeeds).catch(() => {
    throw last;
  });
}
