import { EventEmitter } from 'node:events';
import type { AuditEntry, AuditKind } from '@widget-mediator/contracts';
import type { Redis } from 'ioredis';
import { createLog } from '../observability/createLog.ts';
import type { Change } from './change.ts';
import { type Missed, type RecordWatch, watchRecords } from './recordWatch.ts';

const log = createLog('silent', 'test');

let subscriber: EventEmitter;
let entries: AuditEntry[];
let loaded: AuditKind[];
let isAway: boolean;
/** What each follower was told that it missed, as often as it was. */
let missed: (number | 'all')[];
let watch: RecordWatch;

beforeEach(() => {
  jest.useFakeTimers();
  subscriber = Object.assign(new EventEmitter(), { status: 'ready' });
  [entries, loaded, isAway, missed] = [[], [], false, []];
  const orAway = <T>(value: T): Promise<T> =>
    isAway ? Promise.reject(new Error('away')) : Promise.resolve(value);
  const follower = (kind: AuditKind) => ({
    kind,
    async load(since: Missed) {
      await orAway(undefined);
      missed.push(since === 'all' ? since : since.length);
      loaded.push(kind);
    },
  });
  watch = watchRecords({
    subscriber: subscriber as unknown as Redis,
    records: {
      newest: () => orAway(entries.at(-1)?.id),
      changedSince: (id, limit) => orAway(entries.filter((entry) => entry.id > id).slice(0, limit)),
    },
    followers: [follower('takedown'), follower('layout')],
    log,
  });
});
afterEach(async () => {
  await watch.stop();
  jest.useRealTimers();
});

const changed = (kind: AuditKind): void => {
  const id = `${String(entries.length + 1).padStart(6, '0')}-0`;
  entries.push({ id, at: '', team: 'platform', key: 'operator', action: 'created', kind, subject: 'x' });
};
const tell = async (change: Change): Promise<void> => {
  subscriber.emit('message', 'changes', JSON.stringify(change));
  await jest.advanceTimersByTimeAsync(0);
};
const glance = () => jest.advanceTimersByTimeAsync(2_000);
const begin = async (): Promise<void> => {
  await watch.start();
  loaded.length = 0;
  missed.length = 0;
};

test('reads everything at the start, and says so', async () => {
  expect(watch.isLoaded()).toBe(false);
  await watch.start();
  expect([watch.isLoaded(), loaded]).toEqual([true, ['takedown', 'layout']]);
});

test('reads what is announced, at once and nothing else', async () => {
  await begin();
  await tell({ kind: 'records', of: 'layout' });
  expect(loaded).toEqual(['layout']);
});

test('sees at the next glance what nobody announced, and reads only that', async () => {
  await begin();
  changed('takedown');
  changed('widget');
  await glance();
  expect(loaded).toEqual(['takedown']);
  await glance();
  expect(loaded).toEqual(['takedown']);
});

test('reads everything when the log is another, or too much was missed', async () => {
  changed('widget');
  await begin();
  entries = [];
  await glance();
  expect(loaded).toEqual(['takedown', 'layout']);
  loaded.length = 0;
  for (let n = 0; n < 600; n += 1) changed('widget');
  await glance();
  expect(loaded).toEqual(['takedown', 'layout']);
});

test('reads everything again once a store that was away is back, or a connection is new', async () => {
  await begin();
  isAway = true;
  await glance();
  isAway = false;
  await glance();
  expect(loaded).toEqual(['takedown', 'layout']);
  subscriber.emit('ready');
  await jest.advanceTimersByTimeAsync(0);
  expect(loaded).toEqual(['takedown', 'layout', 'takedown', 'layout']);
});

test('tries again soon when the store is not there yet, so that nobody waits for a glance to be ready', async () => {
  isAway = true;
  void watch.start();
  await jest.advanceTimersByTimeAsync(0);
  isAway = false;
  await jest.advanceTimersByTimeAsync(500);
  expect(watch.isLoaded()).toBe(true);
});

test('tells what was missed, if that is known', async () => {
  changed('takedown');
  await begin();
  subscriber.emit('ready');
  await jest.advanceTimersByTimeAsync(0);
  expect(missed).toEqual([0, 0]);
  changed('takedown');
  changed('takedown');
  isAway = true;
  await glance();
  isAway = false;
  changed('layout');
  await glance();
  expect(missed).toEqual([0, 0, 2, 1]);
  entries = entries.slice(0, 1);
  await glance();
  expect(missed).toEqual([0, 0, 2, 1, 'all', 'all']);
});

test('passes over messages that are none, or no business of its own', async () => {
  await begin();
  subscriber.emit('message', 'changes', '{"kind":');
  await tell({ kind: 'statistics' });
  expect(loaded).toEqual([]);
});

test('reads everything when all is to be compared: a hand writes into no log', async () => {
  await begin();
  await tell({ kind: 'resync' });
  expect(loaded).toEqual(['takedown', 'layout']);
});

test('a start that the store was not ready for is made again soon, not a glance later', async () => {
  isAway = true;
  const started = watch.start();
  await jest.advanceTimersByTimeAsync(100);
  isAway = false;
  await jest.advanceTimersByTimeAsync(250);
  await started;
  expect(watch.isLoaded()).toBe(true);
});
