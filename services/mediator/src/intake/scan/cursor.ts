import { byteKind, classOf } from './byteClasses.ts';

/** A place in JSON bytes, moved along by those who read them. */
export interface Cursor {
  readonly bytes: Buffer;
  at: number;
  /** Whether all that was read stands there as `JSON.stringify` would write it once it was parsed. */
  isCanonical: boolean;
}

export const quote = 0x22;
export const comma = 0x2c;
export const colon = 0x3a;
export const openBracket = 0x5b;
export const closeBracket = 0x5d;
export const openBrace = 0x7b;
export const closeBrace = 0x7d;

/** Moves over white space and says what stands there; -1 at the end. */
export function peek(cursor: Cursor): number {
  const byte = cursor.bytes[cursor.at] ?? -1;
  return byte > 0x20 ? byte : peekBeyond(cursor);
}

function peekBeyond(cursor: Cursor): number {
  const { bytes } = cursor;
  let { at } = cursor;
  let byte = bytes[at] ?? -1;
  while (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) byte = bytes[++at] ?? -1;
  if (at > cursor.at) cursor.isCanonical = false;
  cursor.at = at;
  return byte;
}

/** Moves over white space and one byte, if that is the one expected. */
export function take(cursor: Cursor, expected: number): boolean {
  if (peek(cursor) !== expected) return false;
  cursor.at += 1;
  return true;
}

/** Moves over a quote that stands right here. */
export function takeQuote(cursor: Cursor): boolean {
  if (cursor.bytes[cursor.at] !== quote) return false;
  cursor.at += 1;
  return true;
}

/** Moves over these very bytes, if they stand here. */
export function takeWord(cursor: Cursor, word: Uint8Array): boolean {
  const { bytes, at } = cursor;
  for (let index = 0; index < word.length; index++) {
    if (bytes[at + index] !== word[index]) return false;
  }
  cursor.at = at + word.length;
  return true;
}

/** Moves over bytes of these kinds; returns how many. */
export function takeRun(cursor: Cursor, kinds: number): number {
  const { bytes, at: start } = cursor;
  let at = start;
  while (((classOf[bytes[at] ?? quote] ?? 0) & kinds) !== 0) at += 1;
  cursor.at = at;
  return at - start;
}

/** Moves over a number that is plainly finite: at most 15 digits before the point and after it, and no exponent. */
export function takeNumber(cursor: Cursor): boolean {
  const { bytes, at: start } = cursor;
  const isNegative = bytes[start] === 0x2d;
  if (isNegative) cursor.at += 1;
  const isZero = bytes[cursor.at] === 0x30;
  const digits = takeRun(cursor, byteKind.digit);
  if (digits === 0 || digits > 15 || (isZero && digits > 1)) return false;
  let decimals = 0;
  if (bytes[cursor.at] === 0x2e) {
    cursor.at += 1;
    decimals = takeRun(cursor, byteKind.digit);
    if (decimals === 0 || decimals > 15) return false;
  }
  if (cursor.isCanonical && !isPlain(cursor, { isZero, digits, decimals, isNegative })) {
    const text = bytes.toString('latin1', start, cursor.at);
    cursor.isCanonical = String(Number(text)) === text;
  }
  const next = bytes[cursor.at];
  return next !== 0x65 && next !== 0x45;
}

interface Digits {
  readonly isZero: boolean;
  readonly digits: number;
  readonly decimals: number;
  readonly isNegative: boolean;
}

/**
 * Whether a number that ends here is plainly written as it would be again: a double tells any 15 significant digits apart
 * (IEEE 754, binary64), and `Number::toString` (ECMA-262) writes none from 0.000001 on with an exponent.
 */
function isPlain({ bytes, at }: Cursor, { isZero, digits, decimals, isNegative }: Digits): boolean {
  if (decimals === 0) return !(isZero && isNegative);
  return (isZero ? decimals <= 6 : digits + decimals <= 15) && bytes[at - 1] !== 0x30;
}

/** Moves over `true` or `false`. */
export const takeBoolean = (cursor: Cursor): boolean =>
  takeWord(cursor, wordTrue) || takeWord(cursor, wordFalse);

const wordTrue = Buffer.from('true');
const wordFalse = Buffer.from('false');
