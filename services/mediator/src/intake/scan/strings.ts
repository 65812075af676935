import { byteKind, classOf } from './byteClasses.ts';
import { type Cursor, quote, takeQuote, takeRun, takeWord } from './cursor.ts';

/** Moves over a string of 1 to `max` visible ASCII characters, quotes included, and returns it; undefined if it is none. */
export function takeId(cursor: Cursor, max: number): string | undefined {
  if (!takeQuote(cursor)) return undefined;
  const start = cursor.at;
  const length = takeRun(cursor, byteKind.visible);
  if (length === 0 || length > max || !takeQuote(cursor)) return undefined;
  return cursor.bytes.toString('latin1', start, start + length);
}

/**
 * Moves over a text. ASCII is looked at as bytes: at most `max` of them and, unless `mayBeBlank`, one that is no space. Of
 * what holds anything else the schema decides; escapes are for others to read.
 */
export function takeText(
  cursor: Cursor,
  { max, mayBeBlank, accepts }: { max: number; mayBeBlank: boolean; accepts: (text: string) => boolean },
): boolean {
  if (!takeQuote(cursor)) return false;
  const start = cursor.at;
  takeRun(cursor, byteKind.space);
  const isBlank = cursor.bytes[cursor.at] === quote;
  takeRun(cursor, byteKind.printable);
  if (takeQuote(cursor)) return cursor.at - 1 - start <= max && (mayBeBlank || !isBlank);
  takeRun(cursor, byteKind.printable | byteKind.notAscii);
  const end = cursor.at;
  return takeQuote(cursor) && accepts(cursor.bytes.toString('utf8', start, end));
}

/**
 * Moves over an absolute https link of at most 2,048 ASCII characters: a host that begins and ends with a letter or digit,
 * a port perhaps, and a path, query or fragment.
 */
export function takeLink(cursor: Cursor): boolean {
  const start = cursor.at;
  if (!takeWord(cursor, scheme) || takeRun(cursor, byteKind.host) === 0) return false;
  const { bytes } = cursor;
  if (!isAlphanumeric(bytes, start + scheme.length) || !isAlphanumeric(bytes, cursor.at - 1)) return false;
  if (takeWord(cursor, portMark)) {
    const digits = takeRun(cursor, byteKind.digit);
    if (digits === 0 || digits > 5) return false;
  }
  const next = bytes[cursor.at];
  if (next === 0x2f || next === 0x3f || next === 0x23) takeRun(cursor, byteKind.link);
  return takeQuote(cursor) && cursor.at - start - 2 <= 2_048;
}

const scheme = Buffer.from('"https://');
const portMark = Buffer.from(':');

const isAlphanumeric = (bytes: Uint8Array, at: number): boolean =>
  ((classOf[bytes[at] ?? quote] ?? 0) & byteKind.alphanumeric) !== 0;
