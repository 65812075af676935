import { type Audience, Registration } from '@widget-mediator/contracts';
import { createContentMemory } from '../registry/contentMemory.ts';
import { storableHeld } from '../registry/storedContent.ts';
import { createContentFollower } from './contentFollower.ts';
import type { AdmissionRequest, PublicationStore } from './publicationStore.ts';
import { stampOf } from './stamp.ts';
import { recordRead, storable } from './storedPublication.ts';
import { widgetKey } from './widgetKey.ts';

const nowMs = Date.parse('2026-01-01T12:00:00Z');
const everyone: Audience = { type: 'everyone' };
const registration = Registration.parse({
  revision: 1,
  incarnation: 'a',
  updatedAt: '2026-01-01T00:00:00Z',
  manifest: {
    apiVersion: 'widget-mediator/v2',
    kind: 'Widget',
    metadata: { id: 'w', owner: 't', title: 'W' },
    spec: { itemType: 'film', delivery: { mode: 'push' }, minItems: 1, placements: ['row'] },
  },
});

const admission = (version: number, widget = widgetKey(registration)): AdmissionRequest => {
  const items = [{ id: `v${version}`, title: 'A' }];
  return {
    ...storable(version, [Buffer.from(JSON.stringify({ version, audience: everyone, items }))], nowMs),
    widget,
    audience: everyone,
    overAtMs: nowMs + 60_000,
  };
};

/** A store that holds one version, and memory that follows it. */
function scene(storedVersion: number) {
  const contents = createContentMemory();
  let reads = 0;
  const publications: PublicationStore = {
    async readRecord() {
      reads += 1;
      return recordRead(admission(storedVersion).record);
    },
  } as Partial<PublicationStore> as PublicationStore;
  const follower = createContentFollower({ publications, contents, now: () => nowMs });
  return {
    follower,
    reads: () => reads,
    shown() {
      const found = contents.find('w', [], nowMs);
      return found.found ? found.content.candidate.version : undefined;
    },
  };
}

test('what this process admitted itself is not read back', async () => {
  const { follower, reads, shown } = scene(1);
  await follower.follow(registration, everyone, admission(1));
  expect([shown(), reads()]).toEqual([1, 0]);
});

test.each([
  ['memory has read ahead of what is told', 3, admission(2)],
  ['it is the version that memory has, as after a withdrawal', 3, admission(3)],
  ['the widget was registered anew since', 3, admission(9, 'w@before')],
  ['somebody else admitted it', 3, undefined],
])('what the store has now is read when %s', async (_what, storedVersion, own) => {
  const { follower, reads, shown } = scene(storedVersion);
  await follower.follow(registration, everyone);
  await follower.follow(registration, everyone, own);
  expect([shown(), reads()]).toEqual([3, 2]);
});

describe('a comparison', () => {
  /** A store of one publication that says how it stands, and counts what it is asked. */
  function compared() {
    const contents = createContentMemory();
    const stored = admission(1);
    const store = { state: '1', live: true, stampsRead: 0 };
    const publications: PublicationStore = {
      states: async (widgets: readonly string[]) => new Map(widgets.map((widget) => [widget, store.state])),
      async stamps(widgets: readonly string[]) {
        store.stampsRead += widgets.length;
        const stamped = [{ audience: everyone, stamp: stampOf(stored), live: store.live }];
        return new Map(widgets.map((widget) => [widget, stamped]));
      },
      readRecord: async () => recordRead(stored.record),
    } as Partial<PublicationStore> as PublicationStore;
    const follower = createContentFollower({ publications, contents, now: () => nowMs });
    return { follower, store, shows: () => contents.find('w', [], nowMs).found };
  }

  test('looks at a widget again only when the store has changed, or its registration', async () => {
    const { follower, store } = compared();
    for (const _time of [1, 2, 3]) await follower.compare([registration]);
    expect(store.stampsRead).toBe(1);
    store.state = '2';
    await follower.compare([registration]);
    await follower.compare([{ ...registration, revision: 2 }]);
    expect(store.stampsRead).toBe(3);
  });

  test('does not take a store as equal that fell back to how it was before memory followed it', async () => {
    const { follower, store } = compared();
    const stored = store.live;
    Object.assign(store, { state: 'empty', live: false });
    await follower.compare([registration]);
    Object.assign(store, { state: 'one', live: stored });
    await follower.follow(registration, everyone, admission(1));
    Object.assign(store, { state: 'empty', live: false });
    expect(await follower.compare([registration])).toHaveLength(1);
  });

  test('passes over nothing when all is to be looked at anew', async () => {
    const { follower, store } = compared();
    await follower.compare([registration]);
    await follower.compare([registration], true);
    expect(store.stampsRead).toBe(2);
  });

  test('leaves what was lost as it is held', async () => {
    const segment: Audience = { type: 'segment', segment: 's' };
    const contents = createContentMemory();
    const stored = admission(1);
    const states = { state: '1' };
    const publications: PublicationStore = {
      states: async (widgets: readonly string[]) => new Map(widgets.map((widget) => [widget, states.state])),
      stamps: async (widgets: readonly string[]) => new Map(widgets.map((widget) => [widget, []])),
    } as Partial<PublicationStore> as PublicationStore;
    const follower = createContentFollower({ publications, contents, now: () => nowMs });
    contents.put(registration, segment, { stamp: stampOf(stored), record: stored.record });
    const [lost] = await follower.compare([registration]);
    expect(lost?.overAtMs).toBeGreaterThan(nowMs);
    expect(lost && storableHeld(registration.manifest, lost.held)?.record).toBe(stored.record);
  });

  test('says what was lost again and again, until it is there', async () => {
    const { follower, store } = compared();
    await follower.compare([registration]);
    Object.assign(store, { state: 'lost', live: false });
    expect(await follower.compare([registration])).toHaveLength(1);
    expect(await follower.compare([registration])).toHaveLength(1);
  });

  test('reads again what memory was told to forget, though the store is as it was', async () => {
    const { follower, shows } = compared();
    await follower.compare([registration]);
    follower.forget(registration);
    expect(shows()).toBe(false);
    await follower.compare([registration]);
    expect(shows()).toBe(true);
  });
});
