import { Layout, type LayoutInput } from '@widget-mediator/contracts';
import { createAllowList } from '../delivery/allowList.ts';
import { rankerOf, sourcesBudgetMs } from './rankerBudget.ts';
import { rankerFindings } from './rankerFindings.ts';

const layout = (changes: Partial<LayoutInput> = {}): Layout =>
  Layout.parse({
    apiVersion: 'widget-mediator/v1',
    kind: 'Layout',
    id: 'homepage',
    version: '1',
    deadlineMs: 150,
    assemblyReserveMs: 10,
    strategy: 'remote',
    ranker: { endpoint: 'http://ranker.internal:8080/rank', latencyMs: 30 },
    placements: [{ id: 'row', kind: 'row', required: false }],
    editorial: [],
    ...changes,
  });

describe('the time of the sources', () => {
  test('is what the ranker leaves', () => expect(sourcesBudgetMs(layout(), 140)).toBe(110));

  test('is all of it on a page too hurried for both', () => {
    expect(sourcesBudgetMs(layout(), 35)).toBe(5);
    expect(sourcesBudgetMs(layout(), 34)).toBe(34);
    expect(sourcesBudgetMs(layout(), 0)).toBe(0);
  });

  test.each(['editorial', 'consensus'] as const)('is all of it under the strategy %s', (strategy) => {
    expect(rankerOf(layout({ strategy }))).toBeUndefined();
    expect(sourcesBudgetMs(layout({ strategy }), 140)).toBe(140);
  });
});

describe('a layout is refused when its ranker', () => {
  const pointers = (allowed: string[], changes: Partial<LayoutInput> = {}) =>
    rankerFindings(layout(changes), createAllowList(allowed)).map(({ pointer }) => pointer);

  test('is not on the allow-list', () => {
    expect(pointers(['ranker.internal'])).toEqual([]);
    expect(pointers(['ranker.internal:8080'])).toEqual([]);
    expect(pointers(['other.internal', 'ranker.internal:80'])).toEqual(['/ranker/endpoint']);
    expect(pointers([])).toEqual(['/ranker/endpoint']);
  });

  test('leaves the sources no time', () => {
    const ranker = (latencyMs: number) => ({ ranker: { endpoint: 'http://ranker.internal/', latencyMs } });
    expect(pointers(['ranker.internal'], ranker(135))).toEqual([]);
    expect(pointers(['ranker.internal'], ranker(136))).toEqual(['/ranker/latencyMs']);
    expect(pointers([], ranker(136))).toEqual(['/ranker/endpoint', '/ranker/latencyMs']);
  });

  test('is not there: then there is nothing to refuse', () => {
    const { ranker: _ranker, ...without } = layout();
    expect(rankerFindings(without, createAllowList([]))).toEqual([]);
  });
});
