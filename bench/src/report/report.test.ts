import type { Round } from '../measure/measureRounds.ts';
import { pushed } from '../scenarios/pushed.ts';
import { scenarios } from '../scenarios/scenarios.ts';
import { BenchReport } from './benchReport.ts';
import { comparisonsOf } from './comparisonFigures.ts';
import { createReport } from './createReport.ts';
import { partFigures } from './partFigures.ts';
import { reportLines } from './reportLines.ts';
import { serverFigures } from './serverFigures.ts';

const machine = {
  cores: 2,
  cpu: 'some',
  platform: 'linux x64',
  node: '20.20.2',
  redis: 'redis-server 7.0.15',
  commit: 'abcdef1+',
  loadBefore: 0.25,
};
const servers = scenarios.flatMap((scenario) => [
  { name: `mediator-${scenario.name}`, title: scenario.title, scenario },
  ...scenario.peers.map((peer) => ({ name: peer.name, title: peer.title, scenario, peer })),
]);
const options = {
  plan: {
    rounds: 2,
    seconds: 1,
    warmUpSeconds: 1,
    pagesPerSecond: { pushed: 2, busy: 2, personal: 2, pulled: 2, sources: 2, registered: 2 },
    sizes: { sources: [1], registered: [10] },
    faults: { rounds: 1, requestsPerSecond: 1, seconds: 1, openingSeconds: 1, warmUpSeconds: 1 },
    hung: { requestsPerSecond: 10, warmUpSeconds: 1, seconds: 1 },
    publications: {
      rounds: 1,
      seconds: 1,
      connections: 1,
      followed: 1,
      stored: { widgets: 1, audiences: 1 },
      users: { digits: 1, pagesPerSecond: 1, seconds: 1, warmUpSeconds: 1 },
      beside: { blocks: 1, pagesPerSecond: 1, publicationsPerSecond: 1, seconds: 1, warmUpSeconds: 1 },
      hostile: { rounds: 1, pagesPerSecond: 1, bodiesPerSecond: 1, seconds: 1, warmUpSeconds: 1 },
    },
  },
  quick: false,
};

/** Two pages a turn; servers that are not named take 100 us for each. */
function round(
  cpuPerPageUs: Readonly<Record<string, number>>,
  changes: { kept?: boolean; lag?: number } = {},
): Round {
  const load = {
    due: 2,
    latenciesUs: [1_000, 3_000],
    found: 0,
    achievedPerSecond: 2,
    lagP50Us: 80,
    faults: [],
  };
  return {
    kept: changes.kept ?? true,
    control: { cpuPerPageUs: 50, p99Ms: 1 },
    turns: servers.map(({ name }) => ({
      server: name,
      cpuUs: 2 * (cpuPerPageUs[name] ?? 100),
      load: { ...load, lagP99Us: changes.lag ?? 200 },
    })),
  };
}

function report(...rounds: Round[]) {
  const figures = servers.map((server) => serverFigures(server, rounds, 2));
  const parts = [partFigures('pages', 2, { rounds, brokenOff: [] })];
  return createReport(
    [{ parts, servers: figures, comparisons: comparisonsOf(servers, figures) }],
    machine,
    options,
  );
}
const comparison = (peer: string, ...rounds: Round[]) =>
  report(...rounds).comparisons.find((one) => one.peer === peer);

describe('the report', () => {
  it('says what it says it says', () => {
    expect(BenchReport.parse(report(round({})))).toMatchObject({
      parts: [{ part: 'pages', wanted: 2, kept: 1, discarded: 0, brokenOff: [] }],
      growth: [],
    });
  });

  it('divides within each round, so that a slow round slows both sides', () => {
    const found = comparison(
      'bare',
      round({ 'mediator-pushed': 100, bare: 30 }),
      round({ 'mediator-pushed': 300, bare: 90 }),
    );
    expect(found).toMatchObject({ perRound: [0.3, 0.3], ratio: { median: 0.3, min: 0.3, max: 0.3 } });
  });

  it('leaves discarded rounds out of every figure, and lists them', () => {
    const { comparisons, servers: figures } = report(round({}), round({ bare: 900 }, { kept: false }));
    expect(comparisons[0]).toMatchObject({ peer: 'bare', perRound: [1] });
    expect(figures.find(({ server }) => server === 'bare')).toMatchObject({
      cpuPerPageUs: { median: 100, max: 100 },
      rounds: [{ kept: true }, { kept: false, cpuPerPageUs: 900 }],
    });
  });

  it.each([
    [24, 'no'],
    [25, 'yes'],
    [39, 'yes'],
    [40, 'aim'],
  ])('of a peer that takes %p %% of the mediator, with 25 and 40 asked for, says %p', (bare, met) => {
    expect(comparison('bare', round({ bare }))).toMatchObject({ met, target: { atLeast: 0.25, aim: 0.4 } });
  });

  it('only shows a peer without a target', () => {
    expect(comparison('express-json', round({}))).toMatchObject({ target: null, met: null });
  });

  it('measures latency over all pages, not over the percentiles of rounds', () => {
    const figures = report(round({}), round({})).servers[0];
    expect(figures).toMatchObject({ p50Ms: 1, p99Ms: 3, rateKept: true });
  });
});

describe('the report at the terminal', () => {
  it('has every server, every comparison and every remark, in lines that fit', () => {
    const late = round({ bare: 10 }, { lag: 11_000 });
    const lines = reportLines({ ...report(late), quick: true });
    expect(lines.filter((line) => line.length > 100)).toEqual([]);
    const text = lines.join('\n');
    for (const { title } of servers) expect(text).toContain(title);
    expect(text).toMatch(/bare node:http, same bytes +0\.10 \(0\.10\.\.0\.10\) +0\.25 +0\.4 +NO$/m);
    expect(text).toContain('too few rounds could be kept');
    expect(text).toMatch(/bare node:http, same bytes +2 not kept +10 /);
    expect(text).toContain('mean nothing');
  });

  it('tells of a round that was broken off', () => {
    const { parts, ...others } = report(round({}), round({}));
    const brokenOff = ['bare answered with 503'];
    const lines = reportLines({ ...others, parts: parts.map((part) => ({ ...part, brokenOff })) });
    expect(lines).toContain('A round of pages was broken off: bare answered with 503');
  });

  it('has no remark when there is nothing to remark', () => {
    const text = reportLines(report(round({}), round({}))).join('\n');
    expect(text).not.toMatch(/not kept|too few|disturbed|broken off|mean nothing/);
  });

  it('knows the peers that the scenarios list', () => {
    expect(report(round({})).comparisons.filter(({ scenario }) => scenario === 'pushed')).toHaveLength(
      pushed.peers.length,
    );
  });
});
