import { candidateItem, createCandidate, itemKeys, withProvenance } from './candidate.ts';

describe('item keys', () => {
  it('are namespaced by the type of item and the kind of key', () => {
    expect(itemKeys('film', { id: '1', parent: '7', creator: 'x' })).toEqual({
      item: 'film:item:1',
      parent: 'film:parent:7',
      creator: 'film:creator:x',
    });
  });

  it('fall back to the item where there is no parent or creator', () => {
    expect(itemKeys('film', { id: '1' })).toEqual({
      item: 'film:item:1',
      parent: 'film:item:1',
      creator: 'film:item:1',
    });
  });
});

describe('candidates', () => {
  const fresh = createCandidate({
    widget: 'a',
    team: 'red',
    version: 3,
    provenance: 'fresh',
    placements: ['row'],
    minItems: 1,
    maxItems: 5,
    dedupe: { key: 'item', yields: true, blocks: true },
    forEveryone: true,
    items: [candidateItem('film', { id: '1' })],
  });

  it('are the same one each time on another rung of the ladder, and themselves on their own', () => {
    const stale = withProvenance(fresh, 'stale');
    expect(stale).toEqual({ ...fresh, provenance: 'stale' });
    expect(stale.items).toBe(fresh.items);
    expect(withProvenance(fresh, 'stale')).toBe(stale);
    expect(withProvenance(fresh, 'fallback')).toEqual({ ...fresh, provenance: 'fallback' });
    expect(withProvenance(fresh, 'fresh')).toBe(fresh);
  });

  it('have the same fields, in the same order, whether everyone gets them or not', () => {
    const { forEveryone, ...personal } = fresh;
    expect(forEveryone).toBe(true);
    expect(Object.keys(createCandidate(personal))).toEqual(Object.keys(fresh));
  });
});
