import { initials, planPoster, titleSize } from './posterPlan.ts';

test('the same film always gets the same poster, and films of one genre differ', () => {
  const plan = (id: string) => planPoster({ id, title: 'Heat', genre: 'Drama', year: 1995 });
  expect(plan('film-heat-1995')).toEqual(plan('film-heat-1995'));
  const looks = new Set(
    Array.from({ length: 40 }, (_, index) => {
      const { motif, palette } = plan(`film-${index}`);
      return `${motif} ${palette.ground}`;
    }),
  );
  expect(looks.size).toBeGreaterThan(8);
});

test.each([
  ['The Third Man', 'TM'],
  ['Heat', 'H'],
  ['12 Angry Men', '12'],
  ['Amélie', 'A'],
  ['The The', 'T'],
  ['…', '?'],
])('the initials of %s are %s', (title, letters) => {
  expect(initials(title)).toBe(letters);
});

test.each([
  ['Heat', 'xl'],
  ['Pulp Fiction', 'xl'],
  ['The Matrix', 'xl'],
  ['Eyes Wide Shut', 'l'],
  ['Slumdog Millionaire', 'm'],
  ['The Lord of the Rings: The Return of the King', 's'],
  ['Koyaanisqatsi', 's'],
])('%s is set in size %s', (title, size) => {
  expect(titleSize(title)).toBe(size);
});

test('older films look older', () => {
  const era = (year?: number) => planPoster({ id: 'x', title: 'x', year }).era;
  expect([era(1942), era(1975), era(2001), era()]).toEqual(['framed', 'striped', 'bleed', 'bleed']);
});
