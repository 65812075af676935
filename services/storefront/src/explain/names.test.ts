import { createNames, readableId, readableItemId } from './names.ts';

test('ids become words', () => {
  expect(readableId('because-you-watched')).toBe('Because you watched');
  expect(readableId('-')).toBe('-');
});

test('an item id loses its type and shows its year', () => {
  expect(readableItemId('film-heat-1995', ['film'])).toBe('Heat (1995)');
  expect(readableItemId('film-the-third-man-1949', ['film'])).toBe('The Third Man (1949)');
  expect(readableItemId('podcast-7', ['film'])).toBe('Podcast 7');
  expect(readableItemId('film-1984-1984', ['film'])).toBe('1984 (1984)');
});

test('an empty page still has names', () => {
  const names = createNames({ placements: [] });
  expect([names.widget('hidden-gems'), names.item('film-heat-1995')]).toEqual([
    'Hidden gems',
    'Film Heat (1995)',
  ]);
});
