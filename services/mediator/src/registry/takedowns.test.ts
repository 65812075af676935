import type { Registration, Takedown } from '@widget-mediator/contracts';
import { createTakedowns, type Takedowns } from './takedowns.ts';

const takedown = (target: Takedown['target'], id: string, until?: string): Takedown => ({
  target,
  id,
  reason: 'a test',
  at: '2026-11-27T00:00:00.000Z',
  team: 'platform',
  key: 'operator',
  revision: 1,
  ...(until !== undefined && { until }),
});
const startMs = Date.parse('2026-11-27T00:00:00Z');

let takedowns: Takedowns;
beforeEach(() => {
  takedowns = createTakedowns();
});

test('nothing is in force before anything is known', () => {
  expect(takedowns.inForce(startMs)).toBeUndefined();
});

test('the same is in force, the same object, until something changes', () => {
  takedowns.replace([takedown('item', 'film:42')]);
  const first = takedowns.inForce(startMs);
  expect(takedowns.inForce(startMs + 1e9)).toBe(first);
  takedowns.replace([takedown('item', 'film:43')]);
  expect(takedowns.inForce(startMs)).not.toBe(first);
});

test('items are told apart by their type, and ids may hold colons', () => {
  takedowns.replace([takedown('item', 'film:a:b'), takedown('item', 'book:1')]);
  expect(takedowns.inForce(startMs)?.items).toEqual(
    new Map([
      ['film', new Set(['a:b'])],
      ['book', new Set(['1'])],
    ]),
  );
});

test('one that has an end is over at its end, and the others go on', () => {
  takedowns.replace([
    takedown('widget', 'short', '2026-11-27T00:00:01Z'),
    takedown('widget', 'longer', '2026-11-27T00:00:02Z'),
  ]);
  const verdicts = (afterMs: number) =>
    ['short', 'longer'].map((id) => takedowns.inForce(startMs + afterMs)?.verdictOn(id, 'alpha'));
  expect(verdicts(999)).toEqual(['widget-taken-down', 'widget-taken-down']);
  expect(verdicts(1_000)).toEqual([undefined, 'widget-taken-down']);
  expect(takedowns.inForce(startMs + 2_000)).toBeUndefined();
});

test('a widget goes by its own name or by its team', () => {
  takedowns.replace([takedown('team', 'alpha'), takedown('widget', 'row')]);
  const inForce = takedowns.inForce(startMs);
  expect(inForce?.verdictOn('row', 'alpha')).toBe('widget-taken-down');
  expect(inForce?.verdictOn('other', 'alpha')).toBe('team-taken-down');
  expect(inForce?.verdictOn('other', 'beta')).toBeUndefined();
});

test('lists of widgets are looked through once, and not at all for items', () => {
  const eligible: readonly Registration[] = [];
  takedowns.replace([takedown('widget', 'row')]);
  const inForce = takedowns.inForce(startMs);
  expect(inForce?.left(eligible)).toBe(inForce?.left(eligible));
  takedowns.replace([takedown('item', 'film:1')]);
  expect(takedowns.inForce(startMs)?.left(eligible)).toBe(eligible);
});
