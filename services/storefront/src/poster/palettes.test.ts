import { genreStyle, styledGenres } from './palettes.ts';

/** Contrast ratio as WCAG 2.2 defines it. */
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

test.each([...styledGenres, 'Unclassified'])('titles of %s posters are legible (AA)', (genre) => {
  for (const { ground, ink } of genreStyle(genre).palettes) {
    expect({ ground, ink, legible: contrast(ground, ink) >= 4.5 }).toMatchObject({ legible: true });
  }
});

test('a genre that is unknown, absent or named like something else is drawn like none', () => {
  const none = genreStyle(undefined);
  expect([genreStyle('Mumblecore'), genreStyle('toString')]).toEqual([none, none]);
});
