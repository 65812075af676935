import { itemKeys } from './candidate.ts';

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
