import type { AuditEntry } from '@widget-mediator/contracts';
import type { Change } from './change.ts';
import type { RecordChange } from './recordStore.ts';
import { createUserErasures } from './userErasures.ts';

const by = { team: 'platform', key: 'operator', atMs: Date.parse('2026-11-27T00:00:00Z') };

function erasuresOf(secret = 'secret') {
  const order: string[] = [];
  const forgotten: (string | undefined)[] = [];
  const changes: RecordChange[] = [];
  const erasures = createUserErasures({
    records: {
      async change(change) {
        order.push('told');
        changes.push(change);
        return true;
      },
    },
    publications: {
      async removeUser() {
        order.push('removed');
        return 3;
      },
    },
    secret,
    forget: (user) => void forgotten.push(user),
  });
  return { erasures, order, forgotten, changes };
}

const entryOf = ({ entry }: RecordChange): AuditEntry => ({ id: '1-0', ...entry });
const announced = (change: RecordChange | undefined): Change => change?.announce ?? { kind: 'resync' };

test('removes what is stored before anybody is told to read it again', async () => {
  const { erasures, order } = erasuresOf();
  expect((await erasures.erase('u1', by)).publications).toBe(3);
  expect(order).toEqual(['removed', 'told']);
});

test('the log has a keyed hash: the same for the same user, another under another secret, and never the id', async () => {
  const one = erasuresOf();
  const { subject } = await one.erasures.erase('user-one', by);
  expect((await one.erasures.erase('user-one', by)).subject).toBe(subject);
  expect((await erasuresOf('other').erasures.erase('user-one', by)).subject).not.toBe(subject);
  expect(JSON.stringify(one.changes[0]?.entry)).not.toContain('user-one');
});

test('who is announced is forgotten, and nobody else', async () => {
  const { erasures, forgotten, changes } = erasuresOf();
  await erasures.erase('u1', by);
  erasures.follower.hear?.(announced(changes[0]));
  await erasures.follower.load(changes.map(entryOf));
  await erasures.follower.load([]);
  expect(forgotten).toEqual(['u1']);
});

test('everybody is forgotten when an announcement was missed, or it is not known what was', async () => {
  const { erasures, forgotten, changes } = erasuresOf();
  await erasures.erase('u1', by);
  erasures.follower.hear?.(announced(changes[0]));
  await erasures.erase('u1', { ...by, atMs: by.atMs + 1 });
  await erasures.follower.load(changes.map(entryOf));
  await erasures.follower.load('all');
  expect(forgotten).toEqual(['u1', undefined, undefined]);
});
