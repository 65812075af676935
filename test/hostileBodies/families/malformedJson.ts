import type { SeededRandom } from '../../neverLost/seededRandom.ts';
import { honest, withText } from '../honestDocuments.ts';
import { type HostileBody, hostile, marker } from '../hostileBody.ts';

/** Texts that JSON.parse of some other language, or JavaScript itself, would take. */
const almost = {
  'a trailing comma': withText('publication', '/items', `[{"id":"${marker}","title":"A"},]`),
  'a trailing comma in an object': `{"title":"${marker}",}`,
  'single quotes': `{'version':1,'items':['${marker}']}`,
  'names without quotes': `{version:1,title:"${marker}",items:[]}`,
  'a line comment': `{"version":1,"items":[]} // ${marker}`,
  'a block comment': `{"version":1,/* ${marker} */"items":[]}`,
  NaN: withText('publication', '/items/0/score', 'NaN'),
  Infinity: withText('publication', '/items/0/score', '-Infinity'),
  undefined: withText('publication', '/title', 'undefined'),
  'a hexadecimal number': withText('publication', '/version', '0x10'),
  'a leading zero': withText('publication', '/version', '010'),
  'a leading plus': withText('publication', '/version', '+1'),
  'a number without an end': withText('publication', '/items/0/score', '1.'),
  'a number without a beginning': withText('publication', '/items/0/score', '.5'),
  'an exponent of nothing': withText('publication', '/items/0/score', '1e'),
  'a BigInt': withText('publication', '/version', '10n'),
  'True of Python': withText('publication', '/items/0/sponsored', 'True'),
  'None of Python': withText('publication', '/title', 'None'),
  'an escape that is none': withText('publication', '/title', `"${marker}\\x41"`),
  'half an escape': withText('publication', '/title', `"${marker}\\u12"`),
  'a line break in a string': withText('publication', '/title', `"${marker}\n"`),
  'a NUL in a string': withText('publication', '/title', `"${marker}\u0000"`),
  'a template literal': withText('publication', '/title', `\`${marker}\``),
  'a concatenation': withText('publication', '/title', `"${marker}"+"b"`),
  'two values': `${honest('publication')}${honest('publication')}`,
  'a value and a bracket': `${honest('publication')}}`,
  'a value and a NUL': `${honest('publication')}\u0000`,
  'a comma first': `,${honest('publication')}`,
  'a colon too many': `{"version"::1,"title":"${marker}"}`,
  'a name without a value': `{"${marker}"}`,
  'a no-break space between': `{"version":\u00a01,"title":"${marker}"}`,
  'two byte order marks': `\ufeff\ufeff${honest('publication')}`,
  JSONP: `callback(${honest('publication')})`,
  'a guard against inclusion': `)]}',\n${honest('publication')}`,
  YAML: `version: 1\ntitle: ${marker}\nitems: []\n`,
  XML: `<publication version="1"><title>${marker}</title></publication>`,
  'a form': `version=1&title=${marker}`,
  'white space': ' \n\t ',
  nothing: '',
  '5,000 brackets that nothing closes': '['.repeat(5_000),
  '100,000 braces that nothing closes': '{"a":'.repeat(40_000),
};

/** What is not one JSON value (RFC 8259). */
export function malformedJson(random: SeededRandom): HostileBody[] {
  const text = honest('publication');
  const cuts = distinct(24, () => 1 + random.below(text.length - 1));
  const noise = Array.from({ length: 12 }, () => Array.from({ length: 200 }, () => random.below(256)));
  return [
    ...Object.entries(almost).map(([name, body]) => hostile('malformed-json', body, { name })),
    ...cuts.map((at) =>
      hostile('malformed-json', text.slice(0, at), { name: `cut off after ${at} characters` }),
    ),
    ...noise.map((bytes, n) => hostile('malformed-json', Buffer.from(bytes), { name: `noise ${n}` })),
    ...(['manifest', 'homepage'] as const).flatMap((reader) => [
      hostile('malformed-json', honest(reader).slice(0, -1), { name: 'cut off', reader }),
      hostile('malformed-json', '', { name: 'nothing', reader }),
    ]),
  ];
}

function distinct(count: number, make: () => number): number[] {
  const made = new Set<number>();
  while (made.size < count) made.add(make());
  return [...made];
}
