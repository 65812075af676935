import { duration, factsLine, filmFacts, spokenCard } from './filmFacts.ts';

const heat = {
  id: 'film-heat-1995',
  title: 'Heat',
  attributes: { year: 1995, genre: 'Drama', rating: 8.2, runtimeMinutes: 170, progress: 0.4 },
};

test('a card says what it shows', () => {
  const facts = filmFacts(heat);
  expect(factsLine(facts)).toBe('1995 · 2 h 50 min');
  expect(spokenCard({ ...heat, sponsored: true }, facts)).toBe(
    'Heat, 1995, Drama, rated 8.2 of 10, 2 h 50 min, 40% watched, sponsored',
  );
});

test('attributes of another kind than expected are not shown', () => {
  const item = {
    id: 'x',
    title: 'X',
    attributes: { year: 'soon', rating: true, genre: 7, runtimeMinutes: '' },
  };
  expect(filmFacts(item)).toEqual({});
  expect(spokenCard(item, {})).toBe('X');
});

test('progress may be a share or a percentage, and never more than all', () => {
  const progress = (value: number) =>
    filmFacts({ id: 'x', title: 'X', attributes: { progress: value } }).progress;
  expect([progress(0.5), progress(50), progress(180)]).toEqual([0.5, 0.5, 1]);
});

test('whole hours and short films read naturally', () => {
  expect([duration(120), duration(45), duration(61)]).toEqual(['2 h', '45 min', '1 h 1 min']);
});
