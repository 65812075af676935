import { timingSafeEqual } from 'node:crypto';
import { itemHash, type PlacedCandidate } from '@widget-mediator/composition';
import { type Layout, limits } from '@widget-mediator/contracts';
import { keyed } from './keyed.ts';

/** What stands above a page by cursor. */
export interface ShownAbove {
  /** How many of the layout's placements the pages above had. */
  readonly placements: number;
  /** `itemHash` of the ids of all widgets and of the keys of all items there; ids hold no colon, and keys do. */
  readonly hashes: ReadonlySet<number>;
}

/** A page, as far as what comes below it is concerned. */
export interface PageSoFar {
  readonly layout: Layout;
  readonly placed: readonly PlacedCandidate[];
  /** Absent on the page at the top. */
  readonly above: ShownAbove | undefined;
}

/** The cursor is none of ours, or of another layout. */
export class CursorInvalid extends Error {
  constructor() {
    super('the cursor is invalid');
    this.name = 'CursorInvalid';
  }
}

export interface Cursors {
  /** The cursor to what comes below, or undefined at the end of the layout, and when more was shown than a cursor holds. */
  next(page: PageSoFar): string | undefined;
  /** Reads a cursor whose tag is ours. Throws {@link CursorInvalid}. */
  read(layout: Layout, cursor: string): ShownAbove;
}

const tagLength = 32;
const bytesPerHash = 4;

/** Widgets and items that a cursor holds at most: 1,337, more than 63 placements of 20 items each. */
const maxHashes = Math.floor((((limits.cursorCharacters - tagLength - 1) * 3) / 4 - 1) / bytesPerHash);

/**
 * Cursors that need no state: `body.tag`. The body is, in base64url, a byte for the number of placements and four
 * for each hash. The tag is made as that of tokens is, under a key of its own, and covers the layout's id and version, so
 * that a cursor of another layout is as good as forged.
 */
export function createCursors(secret: string): Cursors {
  // Not a page id, so this is no page's key.
  const key = keyed(secret, 'cursor');
  const tagOf = ({ id, version }: Layout, body: string): string =>
    keyed(key, `${id}\n${version}\n${body}`).slice(0, tagLength);

  return {
    next({ layout, placed, above }) {
      if (layout.pageSize === undefined) return undefined;
      const placements = (above?.placements ?? 0) + layout.pageSize;
      if (placements >= layout.placements.length) return undefined;
      const hashes = new Set([...(above?.hashes ?? []), ...placed.flatMap(hashesOf)]);
      if (hashes.size > maxHashes) return undefined;
      const body = toBody({ placements, hashes });
      return `${body}.${tagOf(layout, body)}`;
    },
    read(layout, cursor) {
      const [body = '', tag = '', ...more] = cursor.split('.');
      const given = Buffer.from(tag);
      const isOurs = given.length === tagLength && timingSafeEqual(given, Buffer.from(tagOf(layout, body)));
      if (!isOurs || more.length > 0) throw new CursorInvalid();
      const above = fromBody(body);
      // A layout that was cut short under the same version.
      if (above.placements >= layout.placements.length) throw new CursorInvalid();
      return above;
    },
  };
}

function hashesOf({ candidate, shown }: PlacedCandidate): number[] {
  const keys = shown.flatMap((index) => candidate.items[index]?.keys.item ?? []);
  return [candidate.widget, ...keys].map(itemHash);
}

function toBody({ placements, hashes }: ShownAbove): string {
  const bytes = Buffer.alloc(1 + hashes.size * bytesPerHash);
  let end = bytes.writeUInt8(placements);
  for (const hash of hashes) end = bytes.writeUInt32BE(hash, end);
  return bytes.toString('base64url');
}

/** Only of a body that {@link toBody} made. */
function fromBody(body: string): ShownAbove {
  const bytes = Buffer.from(body, 'base64url');
  const hashes = new Set<number>();
  for (let at = 1; at < bytes.length; at += bytesPerHash) hashes.add(bytes.readUInt32BE(at));
  return { placements: bytes.readUInt8(0), hashes };
}
