import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import * as contract from '@widget-mediator/contracts';
import { problemCodes, problemTable, verdictCodes } from '@widget-mediator/contracts';
import { KeysFile } from '../../services/mediator/src/keys/keysFile.ts';
import { startMediator } from '../support/mediatorUnderTest.ts';
import { startTestRedis } from '../support/redis.ts';
import { codeIn, documents, filesIn, guides, read, rowsOf, section } from './documents.ts';
import { examplesOf, isExecuted, isOutput, readBlocks } from './readBlocks.ts';

const operators = read('docs/guides/operators.md');

describe.each(guides)('the code blocks of %s', (path) => {
  const text = read(path);
  const blocks = readBlocks(text);

  test('are executed, or output of one that is, or checked by a schema, or say why they are not executed', () => {
    const outputs = new Set(examplesOf(blocks).map(({ output }) => output));
    const unexplained = blocks.filter(
      (block) =>
        !isExecuted(block) &&
        !(isOutput(block) && outputs.has(block)) &&
        !block.options.some((option) => option.startsWith('schema=')) &&
        !(block.options.includes('not-run') && /^# not run by our tests, \w+/.test(block.code)),
    );
    expect(unexplained.map(({ line, language }) => `line ${line}: ${language}`)).toEqual([]);
  });

  test('are fenced, so that none is overlooked', () => {
    const prose = text.replaceAll(/^```.*\n[\s\S]*?^```$/gm, '');
    expect(prose).not.toMatch(/^( {4}|\t)/m);
    expect(prose).not.toContain('```');
  });

  test('that show documents fit their schemas', () => {
    const schemas: Record<string, { parse(value: unknown): unknown }> = { ...schemasOf(contract), KeysFile };
    for (const { options, code } of blocks) {
      const [name] = options.flatMap((option) => (option.startsWith('schema=') ? [option.slice(7)] : []));
      if (name !== undefined) schemas[name]?.parse(JSON.parse(code));
      if (name !== undefined) expect(Object.keys(schemas)).toContain(name);
    }
  });
});

test.each([
  ['docs/guides/frontends.md', ['sh', 'ts', 'python']],
  ['docs/guides/recommender-teams.md', ['sh', 'ts', 'python']],
  ['docs/guides/operators.md', ['sh']],
  ['packages/publisher/README.md', ['ts']],
])('%s has examples in %s', (path, languages) => {
  const examples = examplesOf(readBlocks(read(path)));
  expect([...new Set(examples.map(({ block }) => block.language))]).toEqual(languages);
});

test('every metric that the operators’ guide names is exposed by a mediator, and every one of ours is named', async () => {
  const redis = await startTestRedis();
  const under = await startMediator({ redisUrl: redis.url });
  const { text } = await under.http.get('/metrics');
  await under.stop();
  await redis.end();

  const types = new Map(
    [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', type = '']) => [name, type]),
  );
  const exposed = new Set(
    [...types].flatMap(([name, type]) =>
      type === 'histogram' ? ['', '_bucket', '_sum', '_count'].map((part) => name + part) : [name],
    ),
  );
  const named = new Set(operators.match(/\b(?:mediator|nodejs|process)_[a-z0-9_]+\b/g));
  expect([...named].filter((name) => !exposed.has(name))).toEqual([]);
  expect([...types.keys()].filter((name) => name.startsWith('mediator_') && !named.has(name))).toEqual([]);
});

test('every message that the operators’ guide lists is logged by the mediator, at the level that it says', () => {
  const code = filesIn('services/mediator/src', '.ts').map(read).join('\n');
  const rows = rowsOf(section(operators, 'The log')).slice(2);
  expect(rows.length).toBeGreaterThan(8);
  for (const [message = '', level = ''] of rows) {
    const [words = ''] = codeIn(message);
    const escaped = words.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
    expect(code).toMatch(new RegExp(`log\\.${level}\\([^;]*?'${escaped}'`));
  }
});

test.each(guides)('%s gives each problem its status', (path) => {
  for (const [first = '', second] of rowsOf(read(path))) {
    const code = problemCodes.find((one) => first === `\`${one}\``);
    if (code !== undefined && /^\d+$/.test(second ?? ''))
      expect([code, second]).toEqual([code, `${problemTable[code].status}`]);
  }
});

/** Words with a hyphen that stand in backquotes and are neither. */
const otherWords = new Set(['no-store', 'my-team', 'not-run']);

test.each(guides)('%s names verdicts and problems that exist', (path) => {
  const known = new Set<string>([...verdictCodes, ...problemCodes, ...otherWords]);
  const codes = codeIn(read(path).replaceAll(/^```[\s\S]*?^```$/gm, '')).filter((code) =>
    /^[a-z]+(-[a-z]+)+$/.test(code),
  );
  expect(codes.filter((code) => !known.has(code))).toEqual([]);
});

const links = documents.flatMap((path) =>
  [...read(path).matchAll(/\]\(((?!https?:)[^)\s]+)\)/g)].map(([, link = '']) => [path, link] as const),
);

test.each(links)('%s links to %s, which is there', (path, link) => {
  const [file = '', anchor] = link.split('#');
  const target = file === '' ? path : normalize(join(dirname(path), file));
  expect([target, existsSync(join(__dirname, '..', '..', target))]).toEqual([target, true]);
  if (anchor === undefined) return;
  const headings = [...read(target).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => slugOf(heading));
  expect(headings).toContain(anchor);
});

/** As GitHub names headings. */
const slugOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-');

function schemasOf(exports: object): Record<string, { parse(value: unknown): unknown }> {
  return Object.fromEntries(
    Object.entries(exports).filter(
      ([, value]) => typeof value === 'object' && value !== null && 'parse' in value,
    ),
  );
}
