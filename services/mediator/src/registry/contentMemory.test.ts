import { type Audience, Publication, type PublicationInput, Registration } from '@widget-mediator/contracts';
import { stampOf } from '../store/stamp.ts';
import { storable } from '../store/storedPublication.ts';
import { createContentMemory } from './contentMemory.ts';

const now = Date.parse('2026-01-01T12:00:00Z');
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
const fans: Audience = { type: 'segment', segment: 'fans' };
const full = [{ id: 'a', title: 'A' }];
const hourAgo = '2026-01-01T11:00:00Z';
const inAnHour = '2026-01-01T13:00:00Z';

function memoryOf(...publications: Omit<PublicationInput, 'version'>[]) {
  const memory = createContentMemory();
  for (const one of publications) {
    const publication = Publication.parse({ version: 1, ...one });
    const stored = storable(1, [Buffer.from(JSON.stringify(publication))], now - 1_000);
    memory.put(registration, publication.audience, { stamp: stampOf(stored), record: stored.record });
  }
  return memory;
}

describe('finding content', () => {
  test.each([
    ['the nearest audience first', [{ items: full }, { audience: fans, items: full }], 'segment'],
    ['everyone when the segment has none', [{ items: full }], 'everyone'],
    [
      'everyone when the segment is over',
      [{ items: full }, { audience: fans, items: full, expiresAt: hourAgo }],
      'everyone',
    ],
    [
      'everyone when an empty one is over',
      [{ items: full }, { audience: fans, items: [], expiresAt: hourAgo }],
      'everyone',
    ],
    [
      'everyone when an empty one is yet to come',
      [{ items: full }, { audience: fans, items: [], validFrom: inAnHour }],
      'everyone',
    ],
  ] as const)('takes %s', (_what, publications, expected) => {
    const memory = memoryOf(
      ...publications.map((one) => ({
        ...one,
        items: [...one.items],
        title: 'audience' in one ? 'segment' : 'everyone',
      })),
    );
    const found = memory.find('w', ['others', 'fans'], now);
    expect(found.found && found.content.title).toBe(expected);
  });

  test.each([
    ['nothing was published', [], 'no-publication'],
    ['the segment has nothing for its people', [{ items: full }, { audience: fans, items: [] }], 'abstained'],
    ['all is over', [{ items: full, expiresAt: hourAgo }], 'expired'],
    ['all is yet to come', [{ items: full, validFrom: inAnHour }], 'not-yet-valid'],
  ] as const)('says when %s', (_what, publications, code) => {
    const memory = memoryOf(...publications.map((one) => ({ ...one, items: [...one.items] })));
    expect(memory.find('w', ['fans'], now)).toEqual({ found: false, code });
  });

  test('passes over what cannot be read, and looks no further into it', () => {
    const memory = memoryOf({ items: full, title: 'everyone' });
    memory.put(
      registration,
      { type: 'everyone' },
      { stamp: '2:d:1', record: Buffer.from('{"publication":') },
    );
    memory.put(registration, fans, { stamp: '2:d:1', record: Buffer.from('{"publication":') });
    for (const _time of [1, 2]) {
      const found = memory.find('w', ['fans'], now);
      expect(found.found && found.content.title).toBe('everyone');
    }
  });

  test('remembers that there was something once the store has let go of it', () => {
    const memory = memoryOf({ items: full });
    memory.expire('w', { type: 'everyone' }, '1:d:1');
    expect(memory.find('w', [], now)).toEqual({ found: false, code: 'expired' });
  });
});
