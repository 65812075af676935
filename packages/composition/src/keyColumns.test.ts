import type { Dedupe } from '@widget-mediator/contracts';
import { type Candidate, itemKeys } from './candidate.ts';
import { createKeyColumns } from './keyColumns.ts';

const candidate = (ids: readonly string[], key: Dedupe['key'] = 'item'): Candidate => ({
  widget: 'w',
  team: 'team',
  version: 1,
  provenance: 'fresh',
  placements: ['row'],
  minItems: 1,
  maxItems: 10,
  dedupe: { key, yields: true, blocks: true },
  items: ids.map((id) => ({ id, keys: itemKeys('film', { id, parent: `series-${id.slice(0, 1)}` }) })),
});

describe('key columns', () => {
  it('give equal keys equal numbers, without gaps', () => {
    const { starts, item, size } = createKeyColumns([
      candidate(['a1', 'a2']),
      candidate([]),
      candidate(['b1', 'a1']),
    ]);
    expect(starts).toEqual([0, 2, 2, 4]);
    expect([...item]).toEqual([0, 1, 2, 0]);
    expect(size).toBe(3);
  });

  it('hold a column for a kind only when somebody yields under it', () => {
    const none = createKeyColumns([candidate(['a1', 'a2', 'b1'])]);
    expect(none.parent).toBe(none.item);
    const { item, parent, creator } = createKeyColumns([
      candidate(['a1', 'a2']),
      candidate(['b1'], 'parent'),
    ]);
    expect([...item]).toEqual([0, 1, 2]);
    expect([...parent]).toEqual([3, 3, 4]);
    expect(creator).toBe(item);
  });

  it('do not depend on what other pages held, nor on what was forgotten since', () => {
    const first = candidate(['a1', 'a2']);
    const second = candidate(['a2', 'b1']);
    const before = createKeyColumns([first, second]);
    createKeyColumns([candidate(Array.from({ length: 200_001 }, (_, index) => `c${index}`))]);
    expect(createKeyColumns([second, first])).toEqual({
      ...before,
      item: Int32Array.of(0, 1, 2, 0),
      parent: expect.anything(),
      creator: expect.anything(),
    });
    expect(createKeyColumns([first, second])).toEqual(before);
  });
});
