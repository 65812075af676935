import { Publication, Registration } from '@widget-mediator/contracts';
import type { PublicationStore } from '../store/publicationStore.ts';
import type { StoredPublication } from '../store/storedPublication.ts';
import { widgetKey } from '../store/widgetKey.ts';
import { createRegistry } from './registry.ts';
import { createUserContent, type UserContent, type UserContents } from './userContent.ts';

const registration = Registration.parse({
  revision: 1,
  incarnation: 'a',
  updatedAt: '2026-01-01T00:00:00Z',
  manifest: {
    apiVersion: 'widget-mediator/v1',
    kind: 'Widget',
    metadata: { id: 'w', owner: 't', title: 'W' },
    spec: { itemType: 'film', delivery: { mode: 'push' }, minItems: 1, placements: ['row'] },
  },
});

const stored: StoredPublication = {
  publication: Publication.parse({
    version: 1,
    items: Array.from({ length: 30 }, (_, n) => ({ id: `film-${n}`, title: 'A title as long as most are' })),
  }),
  digest: 'd',
  admittedAtMs: 0,
};

/** Everybody has the same; how often the store was asked. */
function withStore(maxBytes?: number) {
  let asked = 0;
  const readUser: PublicationStore['readUser'] = async () => {
    asked += 1;
    if (store.isAway) throw new Error('away');
    return new Map([[widgetKey(registration), stored]]);
  };
  const registry = createRegistry();
  registry.set('w', registration);
  const store = { readUser, userScopedWidgets: async () => new Set(['w']), isAway: false };
  const users = createUserContent(store, registry, maxBytes);
  return { users, store, asked: () => asked };
}

test('pages that ask for one user at once share one question to the store', async () => {
  const { users, asked } = withStore();
  await Promise.all(Array.from({ length: 50 }, () => users.load('u')));
  expect(asked()).toBe(1);
  expect(users.cached('u')?.get('w')?.candidate.version).toBe(1);
});

test('who came last is remembered, and no more than fits: memory is bounded however many users come', async () => {
  const maxBytes = 2 ** 20;
  const { users } = withStore(maxBytes);
  const count = 100_000;
  for (let n = 0; n < count; n += 1) await users.load(`user-${n}`);
  const held = Array.from({ length: count }, (_, n) => users.cached(`user-${n}`)).filter(
    (one) => one !== undefined,
  );
  const bytes = held.flatMap((one) => [...one.values()].map(({ fragments }) => 2 * fragments.bytes));
  expect(held.length).toBeGreaterThan(100);
  expect(bytes.reduce((sum, one) => sum + one, 0)).toBeLessThan(maxBytes);
  expect(users.cached(`user-${count - 1}`)).toBeDefined();
  expect(users.cached('user-0')).toBeUndefined();
}, 60_000);

test('what is noted while the store is read is not forgotten by what was read', async () => {
  const { users, store } = withStore();
  store.userScopedWidgets = async () => {
    users.noteUsed();
    return new Set();
  };
  await users.resync();
  expect(users.isUsed()).toBe(true);
});

describe('what was read', () => {
  const version = (contents: UserContents | undefined) => contents?.get('w')?.candidate.version;

  test('is asked for again after a comparison with the store, and remembered until it is read again', async () => {
    const { users, store } = withStore();
    await users.load('u');
    await users.resync();
    expect(users.cached('u')).toBeUndefined();
    store.isAway = true;
    await expect(users.load('u')).rejects.toThrow('away');
    expect(version(users.remembered('u'))).toBe(1);
    store.isAway = false;
    await users.load('u');
    expect(version(users.cached('u'))).toBe(1);
  });

  test('is asked for again after a minute, and remembered', async () => {
    const { users } = withStore();
    await users.load('u');
    const later = performance.now() + 61_000;
    const clock = jest.spyOn(performance, 'now').mockReturnValue(later);
    try {
      expect(users.cached('u')).toBeUndefined();
      expect(version(users.remembered('u'))).toBe(1);
    } finally {
      clock.mockRestore();
    }
  });

  test.each([
    ['for a user who is forgotten', (users: UserContent) => users.forget('u')],
    ['for all, when all is forgotten', (users: UserContent) => users.forgetAll()],
  ])('is not remembered %s', async (_whom, forget) => {
    const { users } = withStore();
    await users.load('u');
    forget(users);
    expect([users.cached('u'), users.remembered('u')]).toEqual([undefined, undefined]);
  });
});
