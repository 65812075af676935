import { hash } from 'node:crypto';
import type { Item } from '@widget-mediator/contracts';
import type { ScannedItem } from './scan/scannedItem.ts';

/** The items of one publication as JSON bytes: `{…},{…},{…}`. */
export interface Fragments {
  /** How large the JSON of all items is. */
  readonly bytes: number;
  /** Appends the JSON of these items (ascending indexes), with commas between, to `chunks`. Returns the bytes added. */
  appendTo(chunks: Uint8Array[], indexes: readonly number[]): number;
  /** A digest of the ids of these items, in order: 64 bits, in hex. */
  digest(indexes: readonly number[]): string;
}

/** How the items of one publication become fragments. */
export type Serialise = (items: readonly Item[]) => Fragments;

const comma = Buffer.from(',');
const openBrace = Buffer.from('{');
const closeBrace = Buffer.from('}');

/**
 * Serialises all items at once, into one buffer of which a run of neighbours, which is what pages mostly show, is one
 * slice: for lists that many pages show.
 */
export const serialiseNow: Serialise = (items) => {
  const parts = items.map((item) => JSON.stringify(pageItem(item)));
  const text = parts.join(',');
  const json = Buffer.from(text);
  const lengthOf = json.length === text.length ? (part: string) => part.length : Buffer.byteLength;
  const starts = new Uint32Array(parts.length);
  const ends = new Uint32Array(parts.length);
  let offset = 0;
  parts.forEach((part, index) => {
    starts[index] = offset;
    offset += lengthOf(part);
    ends[index] = offset;
    offset += 1;
  });

  return {
    bytes: json.length,
    appendTo(chunks, indexes) {
      let added = 0;
      for (let first = 0; first < indexes.length; ) {
        let last = first;
        while (last + 1 < indexes.length && indexes[last + 1] === (indexes[last] ?? 0) + 1) last += 1;
        if (first > 0) added += push(chunks, comma);
        added += push(chunks, json.subarray(starts[indexes[first] ?? 0], ends[indexes[last] ?? 0]));
        first = last + 1;
      }
      return added;
    },
    // The ids alone: whoever holds the list for long need not hold the items twice.
    digest: createDigest(items.map(({ id }) => id)),
  };
};

/**
 * Serialises items when they are shown, for lists that few pages show and many only half. `bytes` is how large the
 * whole is about.
 */
export function serialiseWhenShown(bytes: number): Serialise {
  return (items) => {
    let shown: { indexes: readonly number[]; json: Buffer } | undefined;
    return {
      bytes,
      appendTo(chunks, indexes) {
        if (shown === undefined || !isSame(shown.indexes, indexes)) {
          const json = JSON.stringify(indexes.flatMap((index) => items[index] ?? []).map(pageItem));
          shown = { indexes, json: Buffer.from(json.slice(1, -1)) };
        }
        return push(chunks, shown.json);
      },
      digest: createDigest(items.map(({ id }) => id)),
    };
  };
}

/**
 * Items that are never serialised, because they stand in the bytes that they came in: a run of neighbours of which
 * pages show everything is one slice.
 */
export function sliceScanned(bytes: Buffer, items: readonly ScannedItem[]): Fragments {
  return {
    bytes: bytes.length,
    appendTo(chunks, indexes) {
      let added = 0;
      for (let first = 0; first < indexes.length; ) {
        if (first > 0) added += push(chunks, comma);
        let last = first;
        const from = items[indexes[first] ?? 0];
        let to = from;
        while (to !== undefined && isWholeUpTo(bytes, to, items[indexes[last + 1] ?? -1])) {
          last += 1;
          to = items[indexes[last] ?? -1];
        }
        if (from !== undefined && to !== undefined) added += appendRun(chunks, bytes, from, to);
        first = last + 1;
      }
      return added;
    },
    digest: createDigest(items.map(({ id }) => id)),
  };
}

/** Whether the next item follows this one with nothing but a comma between, and pages show all of both. */
const isWholeUpTo = (bytes: Buffer, item: ScannedItem, next: ScannedItem | undefined): boolean =>
  next !== undefined &&
  item.pieces === undefined &&
  next.pieces === undefined &&
  next.from === item.to + 1 &&
  bytes[item.to] === comma[0];

function appendRun(chunks: Uint8Array[], bytes: Buffer, first: ScannedItem, last: ScannedItem): number {
  const { pieces } = first;
  if (pieces === undefined) return push(chunks, bytes.subarray(first.from, last.to));
  let added = push(chunks, openBrace);
  for (let at = 0; at < pieces.length; at += 2) {
    if (at > 0) added += push(chunks, comma);
    added += push(chunks, bytes.subarray(pieces[at], pieces[at + 1]));
  }
  return added + push(chunks, closeBrace);
}

/** Most pages show the same run of a list. */
function createDigest(ids: readonly string[]): Fragments['digest'] {
  let digested: { indexes: readonly number[]; digest: string } | undefined;
  return (indexes) => {
    if (digested === undefined || !isSame(digested.indexes, indexes)) {
      const shown = indexes.map((index) => ids[index] ?? '').join('\n');
      digested = { indexes, digest: hash('sha256', shown, 'hex').slice(0, 16) };
    }
    return digested.digest;
  };
}

const isSame = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((index, place) => index === b[place]);

function push(chunks: Uint8Array[], chunk: Uint8Array): number {
  chunks.push(chunk);
  return chunk.length;
}

/** An item as a `PageItem`: what only ranking needs stays here. */
const pageItem = ({ id, title, url, image, sponsored, attributes }: Item) => ({
  id,
  title,
  url,
  image,
  sponsored,
  attributes,
});
