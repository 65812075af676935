import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createContestant } from './createContestant.ts';
import { bestBaselines, parseEvaluation } from './evaluation.ts';
import type { EvaluatorPage, Training } from './evaluatorPage.ts';
import { readOptions } from './options.ts';
import { QualityReport } from './qualityReport.ts';

/** Of 24 people, 12 widgets each. What `foryou` and `because` say is watched, of the others nothing is. */
const people = Array.from({ length: 24 }, (_, index) => index + 1);
const services = [
  'foryou',
  'because',
  'because',
  'top',
  'new',
  'random',
  'genre',
  'genre',
  'genre',
  'sponsored',
  'gems',
  'als',
];
const genres = ['Drama', 'Comedy', 'Western'];

const pageOf = (user: number): EvaluatorPage => ({
  user,
  context: { segment: user % 3 === 0 ? 'heavy' : 'light' },
  widgets: services.map((service, place) => ({
    id: `${service}:${place}`,
    service,
    items: Array.from({ length: 12 }, (_, rank) => [itemAt(user, place, rank), null] as const),
  })),
});
/** The first two share half of their items with each other, everything else is somebody's own. */
const itemAt = (user: number, place: number, rank: number): number =>
  place === 1 && rank % 2 === 0 ? itemAt(user, 0, rank) : user * 1000 + place * 20 + rank;
const pages = people.map(pageOf);
const truth = new Map(
  people.map((user) => [user, new Set([0, 1, 2, 3].map((rank) => itemAt(user, rank % 2, rank)))]),
);
const items = Object.fromEntries(
  pages.flatMap(({ widgets }) =>
    widgets.flatMap((widget) => widget.items.map(([item]) => [item, { genres: [genres[item % 3] ?? ''] }])),
  ),
);
const training = (shown: readonly EvaluatorPage[]): Training => ({ visible: { pages: shown, truth }, items });

describe('our entrant', () => {
  const entrant = { diversity: 0, passes: true, statisticsBy: 'service' } as const;

  it.each(['consensus', 'learned'] as const)(
    '%s shows eight lists of its page, no item twice',
    (strategy) => {
      const rank = createContestant({ ...entrant, strategy })(training(pages.slice(0, 12)));
      for (const page of pages.slice(12)) {
        const rows = rank(page);
        expect(rows).toHaveLength(8);
        for (const { widgetId, items: shown } of rows) {
          const widget = page.widgets.find(({ id }) => id === widgetId);
          expect(widget?.items.map(([item]) => item)).toEqual(expect.arrayContaining([...shown]));
          expect(shown.length).toBeGreaterThanOrEqual(6);
          expect(shown.length).toBeLessThanOrEqual(10);
        }
        const all = rows.flatMap((row) => row.items);
        expect(new Set(all).size).toBe(all.length);
      }
    },
  );

  it('learned puts first what was watched', () => {
    const wanted: Training['visible'] = {
      pages: pages.slice(0, 12),
      truth: new Map(
        people.map((user) => [user, new Set(pageOf(user).widgets[9]?.items.map(([item]) => item))]),
      ),
    };
    const rank = createContestant({ ...entrant, strategy: 'learned' })({ visible: wanted, items });
    expect(pages.slice(12).map((page) => rank(page)[0]?.widgetId)).toEqual(
      pages.slice(12).map(() => 'sponsored:9'),
    );
  });

  it('consensus has seen the pages of all folds, and no page before its turn', () => {
    const make = createContestant({ ...entrant, strategy: 'consensus' });
    const folds = [make(training(pages.slice(12))), make(training(pages.slice(0, 12)))];
    const alone = createContestant({ ...entrant, strategy: 'consensus' })(training([]));
    for (const [turn, page] of pages.entries()) expect(folds[turn % 2]?.(page)).toEqual(alone(page));
  });
});

/** As evaluate.mjs prints it, cut short. */
const printed = `# d: 305 users, page 8x10, viewport 5x6, minItems 6, dropout 0; reachability bound on N2DCG 0.4
strategy                                       N2DCG@8x10      HR@5x6          hits   HR@2x6 dup   ILD   cov   svcs  rows  bad short us/page
RRF consensus (stateless)                      0.1383 ±0.0170  0.5 ±0.05  1.0  0.3  0.00  0.801 0.2 4.0  8.00  0.0 0.00  90
  - no dedupe at all                           0.2370 ±0.0170  0.5 ±0.05  1.0  0.3  10.80  0.801 0.2 4.0  8.00  0.0 0.00  90
widget CTR order (learned)                     0.1891 ±0.0208  0.643 ±0.054  1.27  0.462  0.00  0.795 0.426 3.09  8.00  0.0 0.00  20
oracle greedy (knows held-out)                 0.2700 ±0.0208  0.643 ±0.054  1.27  0.462  0.00  0.795 0.426 3.09  8.00  0.0 0.00  20
STRATEGY                                       0.1836 ±0.0206  0.587 ±0.052  1.27  0.364  0.50  0.803 0.284 4.64  8.00  1.0 0.25  9439

paired differences in N2DCG: mine minus ... (mean, 95% bootstrap CI)
  RRF consensus (stateless)                    +0.0453 [0.0300, 0.0606]
  widget CTR order (learned)                   -0.0055 [-0.0146, 0.0034]
`;

describe('what the evaluator prints', () => {
  it('is read: figures, differences, and which baselines are best, duplicates apart', () => {
    const { pages: judged, own, baselines, differences } = parseEvaluation(printed);
    expect(judged).toBe(305);
    expect(own).toEqual({
      strategy: 'STRATEGY',
      n2dcg: 0.1836,
      halfWidth: 0.0206,
      hitRate: 0.587,
      duplicates: 0.5,
      intraListDiversity: 0.803,
      bad: 1,
      short: 0.25,
      usPerPage: 9439,
    });
    expect(differences.get('widget CTR order (learned)')).toEqual({
      mean: -0.0055,
      low: -0.0146,
      high: 0.0034,
    });
    const { stateless, learned, oracle } = bestBaselines(baselines);
    expect([stateless.strategy, learned?.strategy, oracle?.strategy]).toEqual([
      'RRF consensus (stateless)',
      'widget CTR order (learned)',
      'oracle greedy (knows held-out)',
    ]);
  });

  it('is an error when there is nothing of ours', () => {
    expect(() => parseEvaluation('nothing')).toThrow('no figures for our pages');
  });
});

describe('readOptions', () => {
  const read = (...args: string[]) => readOptions(['--evaluator', 'e', '--data', 'd', ...args]);

  it('evaluates whole pages of the visible split unless told otherwise', () => {
    expect(read()).toMatchObject({
      split: 'visible',
      dropouts: [0],
      diversity: [],
      passes: true,
      statisticsBy: 'service',
    });
  });

  it('adds what was dropped out, and weights of diversity to none', () => {
    expect(read('--dropout', '0.5', '--diversity', '0,0.1,1', '--no-passes')).toMatchObject({
      dropouts: [0, 0.5],
      diversity: [0.1, 1],
      passes: false,
    });
  });
});

/** Two folds as in the real one; the page's value is the share of the truth in its first row. `high` is given. */
const evaluator = `
import fs from 'node:fs'
import { pathToFileURL } from 'node:url'
const arg = (name) => process.argv[process.argv.indexOf('--' + name) + 1]
const folder = arg('data') + '/' + arg('split')
const lines = (name) => fs.readFileSync(folder + '/' + name, 'utf8').split('\\n').filter(Boolean).map((line) => JSON.parse(line))
const truth = new Map(lines('truth.jsonl').map(({ user, items }) => [user, new Set(items)]))
const pages = lines('pages.jsonl')
const items = JSON.parse(fs.readFileSync(arg('data') + '/items.json', 'utf8'))
const make = (await import(pathToFileURL(arg('strategy')).href)).default
const fold = (rest) => { const part = pages.filter((_, j) => j % 2 === rest); return make({ visible: { pages: part, truth: new Map(part.map(({ user }) => [user, truth.get(user)])) }, items }) }
const folds = [fold(1), fold(0)]
let value = 0, short = 0
for (const [j, page] of pages.entries()) { const rows = folds[j % 2](page); value += rows[0].items.filter((item) => truth.get(page.user).has(item)).length / truth.get(page.user).size; short += rows.filter((row) => row.items.length < 6).length }
const row = (name, n2dcg) => console.log(name.padEnd(46), n2dcg.toFixed(4) + ' ±0.0100  0.5 ±0.050  1.2  0.4  0.00  0.800 0.3 4.0  8.00  0.0 ' + short.toFixed(2) + '  50')
const { high } = JSON.parse(fs.readFileSync(arg('data') + '/given.json', 'utf8'))
console.log('# made up: ' + pages.length + ' users, page 8x10')
row('some consensus', .01); row('something learned', .02); row('an oracle', 1); row('STRATEGY', value / pages.length)
for (const name of ['some consensus', 'something learned', 'an oracle']) console.log('  ' + name.padEnd(44) + ' -0.0100 [-0.0200, ' + high + ']')
`;

describe('npm run bench:quality', () => {
  const folder = mkdtempSync(join(tmpdir(), 'quality-test-'));
  const main = join(__dirname, '..', '..', 'dist', 'quality', 'main.js');
  const bench = (...args: string[]) => spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' });
  const write = (path: string, text: string) => writeFileSync(join(folder, path), text);
  const give = (high: number) => write('data/given.json', JSON.stringify({ high }));

  beforeAll(() => {
    for (const name of ['evaluator', 'data/visible']) mkdirSync(join(folder, name), { recursive: true });
    write('evaluator/evaluate.mjs', evaluator);
    write('data/items.json', JSON.stringify(items));
    write('data/visible/pages.jsonl', pages.map((page) => JSON.stringify(page)).join('\n'));
    write(
      'data/visible/truth.jsonl',
      [...truth].map(([user, watched]) => JSON.stringify({ user, items: [...watched] })).join('\n'),
    );
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const usual = ['--evaluator', join(folder, 'evaluator'), '--data', join(folder, 'data')];

  it('shows the best baselines and ours, and writes them down', () => {
    give(0.1);
    const file = join(folder, 'out', 'quality.json');
    const { status, stdout } = bench(...usual, '--dropout', '0.5', '--diversity', '0,1', '--json', file);
    expect([status, stdout]).toEqual([0, expect.stringContaining('Nothing is amiss.')]);

    const { rows, faults, pages: judged } = QualityReport.parse(JSON.parse(readFileSync(file, 'utf8')));
    expect([judged, faults]).toEqual([people.length, []]);
    const names = [
      'some consensus',
      'something learned',
      'an oracle',
      'consensus',
      'learned',
      'consensus, diversity 1',
      'learned, diversity 1',
    ];
    expect(rows.map(({ strategy }) => strategy)).toEqual([...names, ...names]);
    expect(rows.map(({ dropout }) => dropout)).toEqual([...names.map(() => 0), ...names.map(() => 0.5)]);
    expect(rows.find(({ strategy }) => strategy === 'learned')?.n2dcg).toBeGreaterThan(0.4);
  }, 30_000);

  it('fails when ours are below the baselines beyond doubt, and says so', () => {
    give(-0.001);
    const { status, stdout } = bench(...usual, '--diversity', '1');
    expect(status).toBe(1);
    expect(stdout).toContain('consensus is below some consensus: -0.01 (-0.02..-0.001).');
    expect(stdout).toContain('learned is below something learned');
    expect(stdout).not.toContain('diversity 1 is below');
  }, 30_000);

  it('says what is not there, and what the evaluator complains of', () => {
    expect(bench('--evaluator', join(folder, 'none'), '--data', join(folder, 'data'))).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^There is no .*evaluate\.mjs: see --evaluator/),
    });
    expect(bench('--evaluator', join(folder, 'evaluator'), '--data', folder).stderr).toContain('see --data');
    write('data/given.json', 'nonsense');
    expect(bench(...usual)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('The evaluator failed: SyntaxError'),
    });
  }, 30_000);

  it('helps', () => {
    expect(bench('--help')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('--evaluator <folder>'),
    });
  });
});
