import type { SeededRandom } from '../../neverLost/seededRandom.ts';
import { honest } from '../honestDocuments.ts';
import { type HostileBody, hostile, marker } from '../hostileBody.ts';

/** Sequences that no UTF-8 holds (RFC 3629, 3 and 4). */
const notUtf8 = {
  'a continuation alone': [0x80],
  'a lead byte alone': [0xc3],
  'two bytes of three': [0xe2, 0x82],
  'three bytes of four': [0xf0, 0x9f, 0x98],
  'an overlong slash': [0xc0, 0xaf],
  'an overlong NUL': [0xc0, 0x80],
  'an overlong quote of three bytes': [0xe0, 0x80, 0xa2],
  'a surrogate': [0xed, 0xa0, 0x80],
  'a pair of surrogates (CESU-8)': [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80],
  'beyond U+10FFFF': [0xf4, 0x90, 0x80, 0x80],
  'five bytes': [0xf8, 0x88, 0x80, 0x80, 0x80],
  '0xFE': [0xfe],
  '0xFF': [0xff],
  'Latin-1': [0x63, 0x61, 0x66, 0xe9, 0x20],
  'Windows quotes': [0x93, 0x61, 0x94],
};

/** What is not UTF-8, inside strings and around the value. */
export function encodings(random: SeededRandom): HostileBody[] {
  const text = honest('publication');
  const places = [...text.matchAll(new RegExp(marker, 'g'))].map(({ index }) => index);
  const utf16 = Buffer.from(text, 'utf16le');
  return [
    ...Object.entries(notUtf8).flatMap(([name, bytes]) => {
      const place = places[random.below(places.length)] ?? 0;
      const inside = [Buffer.from(text.slice(0, place)), Buffer.from(bytes), Buffer.from(text.slice(place))];
      return [
        hostile('malformed-json', Buffer.concat(inside), { name: `${name} in a string` }),
        hostile('malformed-json', Buffer.from([...bytes, ...Buffer.from(text)]), {
          name: `${name} before it`,
        }),
      ];
    }),
    hostile('malformed-json', utf16, { name: 'UTF-16, little end first' }),
    hostile('malformed-json', Buffer.from(utf16).swap16(), { name: 'UTF-16, big end first' }),
    hostile('malformed-json', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]), {
      name: 'UTF-16 that says so',
    }),
    hostile('malformed-json', Buffer.from(text).toString('base64'), { name: 'base64' }),
  ];
}
