import { gzipSync } from 'node:zlib';
import { limits } from '@widget-mediator/contracts';
import { filmList } from '../scenarios/filmLists.ts';

/** A publication that must be refused, and with which HTTP status. */
export interface HostileBody {
  readonly name: string;
  readonly status: number;
  readonly bytes: Buffer;
  readonly headers: Readonly<Record<string, string | number>>;
}

/** As many as there may be: what is wrong comes late, or in every one of them, and so is dear to find. */
const items = filmList(0, limits.itemsPerPublication);
const levels = 5_000;
const digits = 100_000;
/** Of what a bomb becomes; far beyond what may be unpacked. */
const unpackedBytes = 32 * limits.publicationBytes;

/** Of as many kinds as are looked at differently, each made once. Without what is wrong with it each would be taken. */
export const hostileBodies: readonly HostileBody[] = [
  hostile('a comma too many, at the end', 400, withLast('"sponsored":true,')),
  hostile('not closed', 400, publicationOf(items).slice(0, -1)),
  hostile('bytes that are no UTF-8', 400, Buffer.from(withLast('"creator":"\u00ff"'), 'latin1')),
  hostile('a __proto__', 400, withLast('"__proto__":{"isAdmin":true}')),
  hostile('an escaped __proto__', 400, withLast('"\\u005f_proto__":{"isAdmin":true}')),
  hostile('deep lists', 422, withLast(`"image":${'['.repeat(levels)}${']'.repeat(levels)}`)),
  hostile('deep objects', 422, withLast(`"image":${'{"a":'.repeat(levels)}0${'}'.repeat(levels)}`)),
  hostile('a number of many digits', 422, withLast(`"score":${'9'.repeat(digits)}`)),
  hostile(
    'wrong types in every item',
    422,
    publicationOf(items.map((_, id) => ({ id, title: [], url: {}, image: 0, score: '1', attributes: [] }))),
  ),
  hostile(
    'names that stand twice in every item',
    422,
    withMembers(() => '"title":0'),
  ),
  hostile('too many items', 422, publicationOf(filmList(0, 5 * limits.itemsPerPublication))),
  hostile('too long, as it says', 413, tooLong()),
  hostile('too long, in chunks', 413, tooLong(), { 'transfer-encoding': 'chunked' }),
  hostile('a gzip bomb', 413, gzipSync(Buffer.alloc(unpackedBytes, ' ')), { 'content-encoding': 'gzip' }),
  hostile('half of a gzip', 400, halfOf(gzipSync(publicationOf(items))), { 'content-encoding': 'gzip' }),
  hostile('another media type', 415, publicationOf(items), { 'content-type': 'text/plain' }),
];

function hostile(
  name: string,
  status: number,
  body: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
): HostileBody {
  const bytes = Buffer.from(body);
  const length = 'transfer-encoding' in headers ? {} : { 'content-length': bytes.length };
  return { name, status, bytes, headers: { 'content-type': 'application/json', ...length, ...headers } };
}

function publicationOf(list: readonly object[]): string {
  return JSON.stringify({ version: 1, items: list });
}

/** The publication with one more member, as text, in each item for which there is one. */
function withMembers(memberOf: (place: number) => string | undefined): string {
  const texts = items.map((item, place) => {
    const member = memberOf(place);
    return member === undefined ? JSON.stringify(item) : `${JSON.stringify(item).slice(0, -1)},${member}}`;
  });
  return `{"version":1,"items":[${texts.join()}]}`;
}

function withLast(member: string): string {
  return withMembers((place) => (place === items.length - 1 ? member : undefined));
}

function tooLong(): string {
  return publicationOf(items).padEnd(limits.publicationBytes + 1);
}

function halfOf(bytes: Buffer): Buffer {
  return bytes.subarray(0, bytes.length / 2);
}
