import { isUtf8 } from 'node:buffer';
import { limits } from '@widget-mediator/contracts';
import { JsonError, parseJsonText } from '../parseJson.ts';
import { byteKind } from './byteClasses.ts';
import {
  type Cursor,
  closeBrace,
  closeBracket,
  colon,
  comma,
  openBrace,
  openBracket,
  peek,
  quote,
  take,
  takeQuote,
  takeRun,
  takeWord,
} from './cursor.ts';
import { scanItem } from './scanItem.ts';
import type { ScannedItem } from './scannedItem.ts';

/** A publication in bytes whose items are plainly valid. */
export interface ScannedPublication {
  /** Everything but the items, which are an empty list there; nothing of it was validated. */
  readonly envelope: unknown;
  readonly items: readonly ScannedItem[];
}

/**
 * Reads the items of a publication where they stand, without making an object of each: every byte is looked at once, and
 * validated by what it may be there. Whatever is not plainly valid (escapes, an unknown field, a fault) is not for it: then
 * the answer is undefined, and the bytes are to be parsed and put to the schema, which stays the truth. A property test
 * holds the two together.
 */
export function scanPublication(bytes: Buffer, itemType: string): ScannedPublication | undefined {
  if (!isUtf8(bytes)) return undefined;
  const cursor: Cursor = { bytes, at: 0 };
  if (!take(cursor, openBrace)) return undefined;
  let list:
    | { readonly items: readonly ScannedItem[]; readonly from: number; readonly to: number }
    | undefined;
  do {
    if (!take(cursor, quote)) return undefined;
    const isList = takeWord(cursor, itemsKey);
    if (isList && list !== undefined) return undefined;
    if (!isList && !(takeRun(cursor, byteKind.name) > 0 && takeQuote(cursor))) return undefined;
    if (!take(cursor, colon)) return undefined;
    peek(cursor);
    if (!isList) {
      if (!skipValue(cursor)) return undefined;
      continue;
    }
    const from = cursor.at;
    const items = scanItems(cursor, itemType);
    if (items === undefined) return undefined;
    list = { items, from, to: cursor.at };
  } while (take(cursor, comma));
  if (!take(cursor, closeBrace) || list === undefined) return undefined;
  const envelope = parseAround(bytes, list.from, list.to);
  return envelope === undefined ? undefined : { envelope, items: list.items };
}

const itemsKey = Buffer.from('items"');

function scanItems(cursor: Cursor, itemType: string): readonly ScannedItem[] | undefined {
  if (!take(cursor, openBracket)) return undefined;
  const items: ScannedItem[] = [];
  if (take(cursor, closeBracket)) return items;
  do {
    const item = scanItem(cursor, itemType);
    if (item === undefined || items.length === limits.itemsPerPublication) return undefined;
    items.push(item);
  } while (take(cursor, comma));
  return take(cursor, closeBracket) ? items : undefined;
}

/** The rest of the publication, read by the parser that reads all others; undefined when it cannot. */
function parseAround(bytes: Buffer, from: number, to: number): unknown {
  try {
    return parseJsonText(`${bytes.toString('utf8', 0, from)}[]${bytes.toString('utf8', to)}`);
  } catch (error) {
    if (error instanceof JsonError) return undefined;
    throw error;
  }
}

/** Moves over a value, if it is well-formed: whether it is, the parser says. False where something is escaped. */
function skipValue(cursor: Cursor): boolean {
  let depth = 0;
  do {
    const byte = peek(cursor);
    if (byte === openBrace || byte === openBracket) depth += 1;
    if (byte === closeBrace || byte === closeBracket) depth -= 1;
    if (byte === quote) {
      cursor.at += 1;
      takeRun(cursor, byteKind.printable | byteKind.notAscii);
      if (!takeQuote(cursor)) return false;
    } else if (takeRun(cursor, byteKind.scalar) === 0) {
      if (byte < 0 || depth < 0) return false;
      cursor.at += 1;
    }
  } while (depth > 0);
  return true;
}
