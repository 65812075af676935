import { anybody, type CompositionInput, compose, noStatistics } from '@widget-mediator/composition';
import { Layout } from '@widget-mediator/contracts';
import { listOf, present } from '../intake/content.ts';
import { rememberCompositions } from './rememberCompositions.ts';

const layout = Layout.parse({
  apiVersion: 'widget-mediator/v1',
  kind: 'Layout',
  id: 'homepage',
  version: '1',
  deadlineMs: 100,
  strategy: 'editorial',
  prior: ['w1', 'w2'],
  placements: [{ id: 'row-1', kind: 'row', required: false }],
  editorial: [],
});
const candidate = (id: string) =>
  present(
    {
      id,
      team: 'team',
      version: 1,
      title: id,
      itemType: 'film',
      placements: ['row'],
      minItems: 1,
      maxItems: 3,
      dedupe: { key: 'item', yields: true, blocks: true },
    },
    listOf(
      'film',
      [1, 2, 3].map((n) => ({ id: `${id}-${n}`, title: 'x' })),
    ),
  ).candidate;
const [w1, w2] = [candidate('w1'), candidate('w2')];
const input: CompositionInput = {
  candidates: [w1, w2],
  layout,
  context: anybody,
  statistics: noStatistics,
  seed: 7,
};

let composed: number;
let remembering: typeof compose;
let forgetAll: () => void;
beforeEach(() => {
  composed = 0;
  ({ compose: remembering, forgetAll } = rememberCompositions((one) => {
    composed += 1;
    return compose(one);
  }));
});

test('the same input is composed once', () => {
  const first = remembering(input);
  expect(remembering({ ...input, candidates: [...input.candidates] })).toBe(first);
  expect(composed).toBe(1);
});

test('what was taken down since is not on a page that is remembered', () => {
  remembering(input);
  const takenDown = new Map([['film', new Set(['w1-1'])]]);
  const page = remembering({ ...input, context: { ...anybody, takenDown } });
  expect(page.placed[0]?.shown).toEqual([1, 2]);
  expect(remembering({ ...input, context: { ...anybody, takenDown } })).toBe(page);
});

test('nothing is left once all is forgotten', () => {
  remembering(input);
  forgetAll();
  remembering(input);
  expect(composed).toBe(2);
});

test('inputs that take turns are each composed once', () => {
  const other = { ...input, candidates: [w1] };
  for (let times = 0; times < 3; times += 1) {
    expect(remembering(input).placed).toEqual(compose(input).placed);
    expect(remembering(other).placed).toEqual(compose(other).placed);
  }
  expect(composed).toBe(2);
});

test.each([
  ['a newer version of a list', { candidates: [candidate('w1'), w2] }],
  ['a list less', { candidates: [w1] }],
  ['a list more', { candidates: [w1, w2, candidate('w3')] }],
  ['another seed', { seed: 8 }],
  ['a known viewer', { context: { ...anybody, personal: true } }],
  ['another segment', { context: { ...anybody, segments: ['kids'] } }],
  ['a pin', { context: { ...anybody, pins: ['w2'] } }],
  ['another layout', { layout: { ...layout } }],
  ['newer statistics', { statistics: { ...noStatistics, id: 'newer' } }],
])('with %s it is composed anew, and as it would have been', (_what, change) => {
  remembering(input);
  const changed = { ...input, ...change };
  expect(remembering(changed).placed).toEqual(compose(changed).placed);
  expect(composed).toBe(2);
});

test.each([
  ['what the viewer dismissed', { dismissed: ['w1-1'] }],
  ['what the viewer saw', { seen: [{ item: 'w1-1', hoursAgo: 1 }] }],
  ['what stood where', { lastPage: [{ placement: 'row-1', widget: 'w2' }] }],
  ['what stands above', { above: { placements: 0, widgets: ['w1'], items: new Set<number>() } }],
  ["a ranker's answer", { ranking: { w2: 1 } }],
])('with %s it is composed each time, and what was remembered stays', (_what, says) => {
  remembering(input);
  const saying = { ...input, context: { ...anybody, ...says } };
  for (let times = 0; times < 2; times += 1) {
    expect(remembering(saying).placed).toEqual(compose(saying).placed);
  }
  expect(composed).toBe(3);
  remembering(input);
  expect(composed).toBe(3);
});
