import type { Pin } from '@widget-mediator/contracts';
import { placement, soundLayout } from '../testing/layouts.ts';
import { scopedPins } from './scopedPins.ts';
import { situationsOf } from './situations.ts';

const [january, march, may] = [
  '2027-01-01T00:00:00Z',
  '2027-03-01T00:00:00Z',
  '2027-05-01T00:00:00Z',
] as const;

/** The widgets pinned together, by placement, with `-` for none. */
function together(...pins: readonly Pin[][]): string[] {
  const layout = soundLayout({
    placements: pins.map((ofOne, index) => placement(`p${index}`, { pins: ofOne })),
  });
  return [...situationsOf(scopedPins(layout), pins.length)].map((inForce) =>
    inForce.map((pin) => pin?.widget ?? '-').join(' '),
  );
}

test('without pins there is one situation', () => {
  expect(together([], [])).toEqual(['- -']);
});

test('pins that are always in force make one', () => {
  expect(together([{ widget: 'a' }], [{ widget: 'b' }])).toEqual(['a b']);
});

test('there is one before, between and after what begins and ends, at once for what follows on', () => {
  expect(
    together(
      [
        { widget: 'a', from: january, until: march },
        { widget: 'b', from: march, until: may },
      ],
      [{ widget: 'c' }],
    ),
  ).toEqual(['- c', 'a c', 'b c']);
});

test('what ends when another begins is not in force together with it', () => {
  expect(together([{ widget: 'a', until: march }], [{ widget: 'b', from: march }])).toEqual(['a -', '- b']);
});

test('there is one for viewers in no segment, and for those in each', () => {
  expect(
    together(
      [{ widget: 'a', segments: ['kids'] }, { widget: 'b' }],
      [{ widget: 'c', segments: ['kids', 'sport'] }],
    ),
  ).toEqual(['b -', 'a c', 'b c']);
});

test('thousands are not all looked at', () => {
  const pins = Array.from({ length: 2_000 }, (_, n): Pin => ({ widget: `w${n}`, segments: [`s${n}`] }));
  expect(together(pins)).toHaveLength(256);
});
