import type { SeededRandom } from '../../neverLost/seededRandom.ts';
import { withValue } from '../honestDocuments.ts';
import { type HostileBody, hostile, marker } from '../hostileBody.ts';

/** In the manner of the Big List of Naughty Strings (Max Woolf): of those only what no text may hold. */
const unseen = [
  '\u0000',
  '\u0007',
  '\b',
  '\t',
  '\n',
  '\r\n',
  '\u001b[31m',
  '\u007f',
  '\u0085',
  '\u00ad',
  '\u061c',
  '\u200b',
  '\u200e',
  '\u200f',
  '\u2028',
  '\u2029',
  '\u202a',
  '\u202e',
  '\u2060',
  '\u2066',
  '\u2069',
  '\ud800',
  '\udc00',
  '\udbff\udbff',
  '\ue000',
  '\ufeff',
  '\ufff9',
  '\u{e0001}',
  '\u{f0000}',
  '\u{10fffd}',
];
const blank = ['', ' ', '\u00a0', '\u2003', '\u2800', '\u3164', '\u200d', '\u200c '];
const links = [
  `javascript:alert("${marker}")`,
  `JaVaScRiPt:alert(1)//${marker}`,
  ` https://example.org/${marker}`,
  `data:text/html,${marker}`,
  `vbscript:${marker}`,
  `blob:https://example.org/${marker}`,
  `file:///etc/${marker}`,
  `http://example.org/${marker}`,
  `//example.org/${marker}`,
  `/${marker}`,
  'https:',
  'https://',
  `https:///${marker}`,
  `https:example.org/${marker}`,
  `https://${marker}:secret@example.org/`,
  `https://${marker}@example.org/`,
  `https://exa mple.org/${marker}`,
  `https://example.org/${marker}"onload="alert(1)`,
  `https://example.org/<${marker}>`,
  `https://example.org\\@${marker}.org/`,
  `https://example.org/\u202e${marker}`,
  `https://example.org/${marker}\u0000`,
  `https://ex\u00e4mple.org/${marker}`,
  `https://[::1]/${marker}`,
  `https://example.org:123456/${marker}`,
  `https://-example.org/${marker}`,
];
const attributeNames = [
  '',
  '1st',
  `${marker} two`,
  `<${marker}>`,
  `${marker}\u0000`,
  'caf\u00e9',
  '$where',
  'a.b',
];
const ids = ['', ' ', `${marker} ${marker}`, `${marker}\n`, `\u200b${marker}`, `${marker}\u00a0`, '\ud83d'];
const times = [
  '',
  `${marker} o'clock`,
  '2026-11-24',
  '2026-11-24T00:00:00',
  '2026-13-24T00:00:00Z',
  '2026-02-30T00:00:00Z',
  '0',
];

/** Texts that could hide, turn round or run what stands on a page. */
export function naughtyStrings(random: SeededRandom): HostileBody[] {
  const at = (pointer: string, text: string, n: number) =>
    hostile('validation-failed', withValue('publication', pointer, text), {
      name: `naughty text ${n} at ${pointer}`,
      at: pointer,
    });
  const hidden = unseen.map((each) => {
    const before = random.below(marker.length + 1);
    return `${marker.slice(0, before)}${each}${marker.slice(before)} ${marker}`;
  });
  return [
    ...hidden.map((text, n) => at('/title', text, n)),
    ...hidden.map((text, n) => at(`/items/${n % 3}/title`, text, n)),
    ...blank.map((text, n) => at('/items/1/title', text, unseen.length + n)),
    ...links.map((text, n) => at(n % 2 === 0 ? '/items/0/url' : '/items/1/image', text, n)),
    ...ids.map((text, n) => at('/items/2/id', text, n)),
    ...times.map((text, n) => at('/expiresAt', text, n)),
    ...attributeNames.map((name, n) =>
      hostile('validation-failed', withValue('publication', '/items/0/attributes', { [name]: marker }), {
        name: `naughty attribute ${n}`,
        at: '/items/0/attributes',
      }),
    ),
  ];
}
