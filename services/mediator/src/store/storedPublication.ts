import type { Publication } from '@widget-mediator/contracts';
import { publicationDigest } from '../intake/content.ts';
import { isRecord } from '../intake/isPlainItem.ts';
import { parsePublication } from '../intake/parsePublication.ts';
import { type Stamp, stampOf } from './stamp.ts';

/** A publication as it is kept: what was admitted, and when (milliseconds since the epoch). */
export interface StoredPublication {
  readonly publication: Publication;
  readonly digest: string;
  readonly admittedAtMs: number;
}

/** What a publication is kept as: its record, which nobody need look into, and what its stamp says. */
export interface Storable {
  readonly version: number;
  readonly digest: string;
  readonly admittedAtMs: number;
  readonly record: Buffer;
}

/** A record that nobody has looked into. */
export interface StoredRecord {
  readonly stamp: Stamp;
  readonly record: Buffer;
}

const beforePublication = Buffer.from('{"publication":');

/** A publication that is admitted now; `json` is all of it, in pieces, which are copied once. */
export function storable(version: number, json: readonly Buffer[], admittedAtMs: number): Storable {
  const after = Buffer.from(`${beforeDigest}${emptyDigest}","admittedAtMs":${admittedAtMs}}`);
  const record = Buffer.concat([beforePublication, ...json, after]);
  const end = record.length - after.length;
  const digest = publicationDigest(record.subarray(beforePublication.length, end));
  record.write(digest, end + beforeDigest.length, 'latin1');
  return { version, digest, admittedAtMs, record };
}

const beforeDigest = ',"digest":"';
/** As long as any. */
const emptyDigest = publicationDigest(Buffer.alloc(0));

/** One that was admitted before, and keeps its digest. */
export const storedAgain = (stored: StoredPublication): Storable => ({
  version: stored.publication.version,
  digest: stored.digest,
  admittedAtMs: stored.admittedAtMs,
  record: Buffer.from(JSON.stringify(stored)),
});

export const stampOfStored = (stored: StoredPublication): Stamp =>
  stampOf({ version: stored.publication.version, ...stored });

const beginning = /^\{"publication":\{"version":(\d+),/;
const end = /,"digest":"([\w-]+)","admittedAtMs":(\d+)\}$/;
/** More than either ever is. */
const endsLength = 128;

/**
 * A record and its stamp, which stands at its ends; undefined when there is none, or it does not fit. Nothing but the
 * record's own bytes is held by what comes out: what is cut out of a long string would hold all of that.
 *
 * @param read may be a part of what came over the network, which is let go of
 */
export function recordRead(read: Buffer | null): StoredRecord | undefined {
  if (read === null) return undefined;
  const record = Buffer.from(read);
  const [, version] = beginning.exec(record.toString('latin1', 0, endsLength)) ?? [];
  const [, digest, admittedAtMs] =
    end.exec(record.toString('latin1', Math.max(0, record.length - endsLength))) ?? [];
  if (version !== undefined && digest !== undefined) {
    return { stamp: `${version}:${digest}:${admittedAtMs}`, record };
  }
  const stored = parseStored(record.toString());
  return stored && { stamp: stampOfStored(stored), record };
}

/**
 * A stored publication, or undefined when there is none or it does not fit: see `parseRecord`. Every mediator reads every
 * publication, so it is looked at as those that come in are.
 */
export function parseStored(record: string | null): StoredPublication | undefined {
  if (record === null) return undefined;
  try {
    return storedPublication(JSON.parse(record));
  } catch {
    return undefined;
  }
}

function storedPublication(value: unknown): StoredPublication | undefined {
  if (!isRecord(value)) return undefined;
  const { digest, admittedAtMs } = value;
  if (typeof digest !== 'string' || typeof admittedAtMs !== 'number') return undefined;
  const parsed = parsePublication(value['publication']);
  return parsed.ok ? { publication: parsed.publication, digest, admittedAtMs } : undefined;
}
