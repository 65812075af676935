import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { limits } from '@widget-mediator/contracts';
import { honest, withValue } from '../honestDocuments.ts';
import { type HostileBody, hostile, marker, type Reader } from '../hostileBody.ts';

/** What the widget that they are sent to takes. */
const bytesOf = {
  publication: 256 * 1024,
  manifest: limits.manifestBytes,
  homepage: limits.homepageRequestBytes,
};

const letters = (count: number): string => marker.repeat(Math.ceil(count / marker.length)).slice(0, count);
const link = (count: number): string => `https://example.org/${letters(count - 20)}`;
const items = (count: number): object[] =>
  Array.from({ length: count }, (_, n) => ({ id: `${marker}${n}`, title: marker }));
const names = (count: number): string[] => Array.from({ length: count }, (_, n) => `${marker}${n}`);
const attributes = (count: number): object => Object.fromEntries(names(count).map((name) => [name, marker]));

type Limit = readonly [Reader, string, number, (count: number) => unknown];

/** Everything that is counted, the most there may be, and how to make so many. */
const counted: readonly Limit[] = [
  ['publication', '/title', 200, letters],
  ['publication', '/items', limits.itemsPerPublication, items],
  ['publication', '/items/0/id', 128, letters],
  ['publication', '/items/0/title', 300, letters],
  ['publication', '/items/0/url', 2048, link],
  ['publication', '/items/1/image', 2048, link],
  ['publication', '/items/2/parent', 128, letters],
  ['publication', '/items/0/creator', 128, letters],
  ['publication', '/items/1/brand', 128, letters],
  ['publication', '/items/0/attributes', limits.attributesPerItem, attributes],
  ['publication', '/items/0/attributes/genre', 500, letters],
  ['publication', '/items/2/attributes', 64, (count) => ({ [letters(count)]: 1 })],
  ['publication', '/audience', 64, (count) => ({ type: 'segment', segment: letters(count) })],
  ['publication', '/audience/user', 128, letters],
  ['manifest', '/metadata/title', 200, letters],
  ['manifest', '/metadata/contact', 200, letters],
  ['manifest', '/spec/itemType', 64, letters],
  ['manifest', '/spec/fallback/items', limits.maxItems, items],
  ['manifest', '/spec/eligibility/locales', 64, (count) => Array(count).fill('en')],
  ['manifest', '/spec/eligibility/segments', 64, names],
  ['manifest', '/spec/placements', 16, names],
  ['manifest', '/spec/maxItems', limits.maxItems, (count) => count],
  ['manifest', '/spec/delivery/ttlMs', 30 * 24 * 3_600_000, (count) => count],
  ['manifest', '/spec/budget/latencyMs', limits.maxDeadlineMs, (count) => count],
  ['homepage', '/user', 128, letters],
  ['homepage', '/segments', limits.segmentsPerRequest, names],
  ['homepage', '/dismissed', limits.itemsOfViewer, names],
  ['homepage', '/lastPage', 64, (count) => names(count).map((widget) => ({ placement: 'row', widget }))],
  ['homepage', '/deadlineMs', limits.maxDeadlineMs, (count) => count],
  ['homepage', '/cursor', limits.cursorCharacters, letters],
];

const packings = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync };

/** One more than there may be, and four times as many. */
export function oversize(): HostileBody[] {
  const many = counted.flatMap(([reader, at, most, make]) =>
    [...new Set([most + 1, Math.min(most * 4, 10 * limits.itemsPerPublication + most)])].map((count) =>
      hostile('validation-failed', documentWith(reader, at, make(count)), {
        name: `${count} where ${most} may be at ${at}`,
        reader,
        at,
      }),
    ),
  );
  return [...many, ...(['publication', 'manifest', 'homepage'] as const).flatMap(tooManyBytes)];
}

function documentWith(reader: Reader, at: string, value: unknown): string {
  const isUser = at === '/audience/user';
  return isUser
    ? withValue(reader, '/audience', { type: 'user', user: value })
    : withValue(reader, at, value);
}

/** More bytes than the body may have: announced, in chunks, and only once it is unpacked. */
function tooManyBytes(reader: Reader): HostileBody[] {
  const most = bytesOf[reader];
  const padded = (bytes: number) => honest(reader).padEnd(bytes, ' ');
  return [
    hostile('body-too-large', padded(most + 1), { name: 'a byte too many', reader }),
    hostile('body-too-large', padded(most + 1), {
      name: 'a byte too many, in chunks',
      reader,
      chunked: true,
    }),
    hostile('body-too-large', padded(limits.publicationBytes + 1), {
      name: 'more than anybody may send',
      reader,
    }),
    ...Object.entries(packings).map(([encoding, pack]) =>
      hostile('body-too-large', pack(padded(20 * most)), {
        name: `a bomb in ${encoding}`,
        reader,
        headers: { 'Content-Encoding': encoding },
      }),
    ),
  ];
}
