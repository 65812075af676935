import { execFileSync, spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openApi } from '@widget-mediator/contracts';
import { build } from 'esbuild';
import { z } from 'zod';

const Manifest = z.object({
  name: z.string(),
  private: z.boolean().default(false),
  license: z.string().optional(),
  exports: z.record(z.string(), z.record(z.string(), z.string())).default({}),
  dependencies: z.record(z.string(), z.string()).default({}),
});
type Manifest = z.infer<typeof Manifest>;

const root = join(__dirname, '..');
const { packageManager } = z
  .object({ packageManager: z.string() })
  .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
const readManifest = (folder: string): Manifest =>
  Manifest.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
const workspace = readdirSync(join(root, 'packages')).map((name) => join(root, 'packages', name));
const published = workspace.filter((folder) => !readManifest(folder).private);

const empty = mkdtempSync(join(tmpdir(), 'published-test-'));
const modules = join(empty, 'node_modules');
const installed = (name: string): string => join(modules, name);

/** Where npm or npx runs these tests, their own settings must not reach the npx in here. */
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));

/** As an install would do it, without a registry: the tarballs are unpacked, and foreign dependencies are ours. */
beforeAll(() => {
  for (const folder of published) {
    const { name, dependencies } = readManifest(folder);
    const pack = ['--yes', '--prefer-offline', packageManager, 'pack', '--out', join(empty, 'packed.tgz')];
    execFileSync('npx', pack, { cwd: folder, env, stdio: 'pipe' });
    mkdirSync(installed(name), { recursive: true });
    const unpack = ['-xzf', join(empty, 'packed.tgz'), '-C', installed(name), '--strip-components=1'];
    execFileSync('tar', unpack);
    for (const dependency of Object.keys(dependencies).filter(
      (one) => !one.startsWith('@widget-mediator/'),
    )) {
      mkdirSync(dirname(installed(dependency)), { recursive: true });
      rmSync(installed(dependency), { force: true });
      symlinkSync(realpathSync(join(folder, 'node_modules', dependency)), installed(dependency));
    }
  }
  writeFileSync(join(empty, 'package.json'), '{ "type": "module" }');
}, 240_000);

afterAll(() => rmSync(empty, { recursive: true, force: true }));

const names = published.map((folder) => readManifest(folder).name);

test('the contract and the SDK for recommender teams are published', () => {
  expect(names).toEqual(expect.arrayContaining(['@widget-mediator/contracts', '@widget-mediator/publisher']));
});

describe.each(names)('the packed %s', (name) => {
  it('has its licence, and every file that its exports name', () => {
    const { license, exports } = readManifest(installed(name));
    expect(license).toBe('Apache-2.0');
    expect(readFileSync(join(installed(name), 'LICENSE'), 'utf8')).toContain('Apache License');
    const files = Object.values(exports).flatMap((conditions) => Object.values(conditions));
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) expect(readFileSync(join(installed(name), file), 'utf8')).not.toBe('');
  });

  it('leads nobody to TypeScript sources, which Node does not run from node_modules', () => {
    for (const conditions of Object.values(readManifest(installed(name)).exports)) {
      expect(Object.keys(conditions)).not.toContain('source');
    }
  });

  it('depends on published packages only, by version', () => {
    for (const [dependency, version] of Object.entries(readManifest(installed(name)).dependencies)) {
      expect(version).toMatch(/^[\^~]?\d+\.\d+\.\d+/);
      if (dependency.startsWith('@widget-mediator/')) expect(names).toContain(dependency);
    }
  });

  it('holds no tests and no build records', () => {
    const files = readdirSync(installed(name), { recursive: true, encoding: 'utf8' });
    expect(files.filter((file) => /\.test\.|tsbuildinfo|tsconfig/.test(file))).toEqual([]);
  });
});

const variables = names.map((_, index) => `p${index}`);
const importAll = names.map((name, index) => `import * as p${index} from '${name}';`).join('\n');

test('plain Node imports what was packed', () => {
  const counts = variables.map((variable) => `Object.keys(${variable}).length`).join();
  const script = `${importAll}\nprocess.stdout.write(JSON.stringify([${counts}]));`;
  const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', script], { cwd: empty });
  const exported = z.array(z.int()).parse(JSON.parse(printed.toString()));
  expect(exported).toHaveLength(names.length);
  for (const count of exported) expect(count).toBeGreaterThan(0);
});

test('the command of the packed SDK runs, and finds faults', () => {
  writeFileSync(join(empty, 'widget.yaml'), 'kind: Widget\n');
  const command = join(installed('@widget-mediator/publisher'), 'bin', 'widget-publisher.mjs');
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [command, ...args], { cwd: empty, encoding: 'utf8' });
  expect(run('--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('publish [options]') });
  const { status, stderr } = run('check', 'widget.yaml');
  expect([status, stderr]).toEqual([
    1,
    expect.stringContaining('widget.yaml:1:1: error: /apiVersion: must be'),
  ]);
});

/** At most so many bytes, minified. About 90,000 of a bundle with any schema are zod. */
const bundles: readonly [string, number, { holds: string[]; notHolds: string[] }][] = [
  [
    'PublisherProblem',
    10_000,
    { holds: ['publisherProblem', 'problems'], notHolds: ['problem', 'createPublisher', 'serveWidget'] },
  ],
  [
    'serveWidget',
    105_000,
    {
      holds: ['serveWidget', 'sourceRequest'],
      notHolds: ['createPublisher', 'item', 'problem', 'problems', 'widgetManifest'],
    },
  ],
  [
    'createPublisher',
    145_000,
    {
      holds: ['createPublisher', 'receipt', 'registration', 'bulkResult'],
      notHolds: ['serveWidget', 'bulkLine', 'layout', 'page', 'publication', 'publicationStatus', 'openApi'],
    },
  ],
];

describe.each(bundles)('a bundle of %s alone', (wanted, maxBytes, { holds, notHolds }) => {
  let bytes: number;
  let kept: string[];
  beforeAll(async () => {
    const { metafile } = await build({
      stdin: { contents: `export { ${wanted} } from '@widget-mediator/publisher';`, resolveDir: empty },
      bundle: true,
      minify: true,
      platform: 'node',
      format: 'esm',
      write: false,
      metafile: true,
    });
    const outputs = Object.values(metafile.outputs);
    bytes = outputs.reduce((sum, output) => sum + output.bytes, 0);
    kept = outputs
      .flatMap(({ inputs }) => Object.entries(inputs))
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([path]) => path);
  });

  it(`is of at most ${maxBytes} bytes`, () => expect(bytes).toBeLessThanOrEqual(maxBytes));

  it('holds what it needs of the SDK and the contract, and not what only others need', () => {
    const ours = kept.flatMap((path) => /@widget-mediator\/.*\/dist\/(.*)\.js$/.exec(path)?.[1] ?? []);
    expect(ours).toEqual(expect.arrayContaining(holds));
    expect(ours.filter((name) => notHolds.includes(name))).toEqual([]);
  });

  it("holds none of zod's languages but English, in which it has its own messages", () => {
    const languages = kept.filter((path) => path.includes('/locales/'));
    expect(languages.filter((path) => !path.endsWith('/en.js'))).toEqual([]);
  });
});

test('a bundle of the OpenAPI description holds every schema', async () => {
  const contents = `import { openApi } from '@widget-mediator/contracts'; process.stdout.write(JSON.stringify(openApi()));`;
  const outfile = join(empty, 'openApi.mjs');
  await build({ stdin: { contents, resolveDir: empty }, bundle: true, format: 'esm', outfile });
  expect(JSON.parse(execFileSync(process.execPath, [outfile]).toString())).toEqual(openApi());
});

test('TypeScript finds the types of what was packed, and they refuse a wrong call', () => {
  writeFileSync(join(empty, 'right.ts'), `${importAll}\nexport default [${variables.join()}];`);
  const wrong = `import { createPublisher } from '@widget-mediator/publisher';\ncreatePublisher({ apiKee: '' });`;
  writeFileSync(join(empty, 'wrong.ts'), wrong);
  expect(complaintsAbout('right.ts')).toBe('');
  expect(complaintsAbout('wrong.ts')).toContain('apiKee');
}, 240_000);

function complaintsAbout(file: string): string {
  const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023'];
  const types = ['--typeRoots', join(root, 'node_modules', '@types'), '--types', 'node'];
  const tsc = join(root, 'node_modules', '.bin', 'tsc');
  return spawnSync(tsc, [...options, ...types, file], { cwd: empty, encoding: 'utf8' }).stdout;
}
