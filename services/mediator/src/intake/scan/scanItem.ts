import { Attributes, Item, limits } from '@widget-mediator/contracts';
import { byteKind } from './byteClasses.ts';
import {
  type Cursor,
  closeBrace,
  colon,
  comma,
  openBrace,
  peek,
  quote,
  take,
  takeBoolean,
  takeNumber,
  takeQuote,
  takeRun,
  takeWord,
} from './cursor.ts';
import { ScannedItem } from './scannedItem.ts';
import { takeId, takeLink, takeText } from './strings.ts';

/** Moves over the value of a field; false when it is not plainly a valid one. */
type TakeValue = (cursor: Cursor, item: ScannedItem) => boolean;

interface Field {
  /** Its name and the quote after it. */
  readonly word: Uint8Array;
  readonly bit: number;
  readonly isShown: boolean;
  readonly takeValue: TakeValue;
}

/**
 * Moves over one item that is plainly valid: known fields only, each once, in any order; undefined when the schema has
 * to look.
 */
export function scanItem(cursor: Cursor, itemType: string): ScannedItem | undefined {
  if (!take(cursor, openBrace)) return undefined;
  const item = new ScannedItem(cursor.bytes, itemType);
  item.from = cursor.at - 1;
  let met = 0;
  let shown = 0;
  let isWhole = true;
  do {
    peek(cursor);
    const from = cursor.at;
    const field = takeQuote(cursor) ? takeField(cursor) : undefined;
    if (field === undefined || (met & field.bit) !== 0 || !take(cursor, colon)) return undefined;
    peek(cursor);
    if (!field.takeValue(cursor, item)) return undefined;
    // Written in the schema's order, none is smaller than those before it.
    if (met > field.bit) cursor.isCanonical = false;
    met |= field.bit;
    isWhole &&= field.isShown;
    if (field.isShown) {
      shownRanges[shown++] = from;
      shownRanges[shown++] = cursor.at;
    }
  } while (take(cursor, comma));
  if (!take(cursor, closeBrace) || (met & required) !== required) return undefined;
  item.to = cursor.at;
  if (!isWhole) item.pieces = Array.from(shownRanges.subarray(0, shown));
  return item;
}

function takeField(cursor: Cursor): Field | undefined {
  const fields = fieldsByFirst[cursor.bytes[cursor.at] ?? quote];
  if (fields === undefined) return undefined;
  for (let index = 0; index < fields.length; index++) {
    const field = fields[index];
    if (field !== undefined && takeWord(cursor, field.word)) return field;
  }
  return undefined;
}

function takeAttributes(cursor: Cursor, item: ScannedItem): boolean {
  item.attributesFrom = cursor.at;
  if (!take(cursor, openBrace)) return false;
  let count = 0;
  if (peek(cursor) !== closeBrace) {
    do {
      if (count === limits.attributesPerItem || !takeAttribute(cursor, count)) return false;
      count += 1;
    } while (take(cursor, comma));
  }
  if (!take(cursor, closeBrace)) return false;
  item.attributesTo = cursor.at;
  return true;
}

/** A name that stands twice counts twice here; of those within the limit the last wins, as everywhere. */
function takeAttribute(cursor: Cursor, index: number): boolean {
  if (!take(cursor, quote)) return false;
  const from = cursor.at;
  const letters = takeRun(cursor, byteKind.letter);
  if (letters === 0 || letters + takeRun(cursor, byteKind.name) > 64 || !takeQuote(cursor)) return false;
  if (cursor.isCanonical) noteName(cursor, from, index);
  if (!take(cursor, colon)) return false;
  const next = peek(cursor);
  if (next === quote) return takeText(cursor, attributeText);
  return next === 0x74 || next === 0x66 ? takeBoolean(cursor) : takeNumber(cursor);
}

/** Begins and ends of the names of the attributes that are read: the parser would write one that stands twice only once. */
const attributeNames = new Int32Array(2 * limits.attributesPerItem);

function noteName(cursor: Cursor, from: number, index: number): void {
  const { bytes, at } = cursor;
  const length = at - from;
  for (let other = 0; other < index; other += 1) {
    const start = attributeNames[2 * other] ?? 0;
    if ((attributeNames[2 * other + 1] ?? 0) - start !== length) continue;
    let same = 0;
    while (same < length && bytes[start + same] === bytes[from + same]) same += 1;
    if (same === length) cursor.isCanonical = false;
  }
  attributeNames[2 * index] = from;
  attributeNames[2 * index + 1] = at;
}

const attributeText = {
  max: 500,
  mayBeBlank: true,
  accepts: (text: string) => Attributes.safeParse({ text }).success,
};
const title = {
  max: 300,
  mayBeBlank: false,
  accepts: (text: string) => Item.shape.title.safeParse(text).success,
};

const takeIdInto =
  (name: 'id' | 'parent' | 'creator' | 'brand'): TakeValue =>
  (cursor, item) => {
    const id = takeId(cursor, 128);
    if (id === undefined) return false;
    item[name] = id;
    return true;
  };

const shown = (takeValue: TakeValue) => ({ isShown: true, takeValue });
const hidden = (takeValue: TakeValue) => ({ isShown: false, takeValue });

/** Shown are those of `PageItem`. */
const fieldOf: Readonly<Record<keyof Item, Pick<Field, 'isShown' | 'takeValue'>>> = {
  id: shown(takeIdInto('id')),
  title: shown((cursor) => takeText(cursor, title)),
  url: shown(takeLink),
  image: shown(takeLink),
  score: hidden(takeNumber),
  parent: hidden(takeIdInto('parent')),
  creator: hidden(takeIdInto('creator')),
  brand: hidden(takeIdInto('brand')),
  sponsored: shown(takeBoolean),
  attributes: shown(takeAttributes),
};

const names = Item.keyof().options;
const bitOf = (name: keyof Item): number => 1 << names.indexOf(name);
const required = bitOf('id') | bitOf('title');
const shownRanges = new Int32Array(2 * names.length);

/** By the first byte of their names. */
const fieldsByFirst: readonly (readonly Field[])[] = Array.from({ length: 256 }, (_, byte) =>
  names
    .filter((name) => name.charCodeAt(0) === byte)
    .map((name) => ({ word: Buffer.from(`${name}"`), bit: bitOf(name), ...fieldOf[name] })),
);
