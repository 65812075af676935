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
  /** Where the list of items stands, if `JSON.stringify` would write it just so once it was parsed and validated. */
  readonly canonical: { readonly from: number; readonly to: number } | undefined;
}

/**
 * Reads the items of a publication where they stand, without making an object of each: every byte is looked at once, and
 * validated by what it may be there. Whatever is not plainly valid (escapes, an unknown field, a fault) is not for it: then
 * the answer is undefined, and the bytes are to be parsed and put to the schema, which stays the truth. A property test
 * holds the two together. Whether the list is `canonical` is looked at only when that is wanted.
 */
export function scanPublication(
  bytes: Buffer,
  itemType: string,
  wantsCanonical = false,
): ScannedPublication | undefined {
  if (!isUtf8(bytes)) return undefined;
  const cursor: Cursor = { bytes, at: 0, isCanonical: false };
  if (!take(cursor, openBrace)) return undefined;
  let list:
    | {
        readonly items: readonly ScannedItem[];
        readonly from: number;
        readonly to: number;
        readonly isCanonical: boolean;
      }
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
    cursor.isCanonical = wantsCanonical;
    const items = scanItems(cursor, itemType);
    if (items === undefined) return undefined;
    list = { items, from, to: cursor.at, isCanonical: cursor.isCanonical };
  } while (take(cursor, comma));
  if (!take(cursor, closeBrace) || list === undefined) return undefined;
  const { items, from, to, isCanonical } = list;
  const envelope = parseAround(bytes, from, to);
  if (envelope === undefined) return undefined;
  return { envelope, items, canonical: isCanonical ? { from, to } : undefined };
}

/** Whether any item stands twice: which of them is dropped is for admission to say. */
export function hasRepeats(items: readonly { readonly id: string }[]): boolean {
  const ids = new Set<string>();
  for (const { id } of items) ids.add(id);
  return ids.size < items.length;
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
