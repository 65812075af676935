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

/** A publication and the record that it is kept as. */
export interface Storable {
  readonly stored: StoredPublication;
  readonly record: string;
}

/** A record that nobody has looked into, unless its publication is known anyway. */
export interface StoredRecord {
  readonly stamp: Stamp;
  readonly record: string;
  readonly stored?: StoredPublication;
}

/** A publication that is admitted now. Its JSON is made once, for its digest and for its record. */
export function storable(publication: Publication, admittedAtMs: number): Storable {
  const json = JSON.stringify(publication);
  const digest = publicationDigest(json);
  const record = `{"publication":${json},"digest":"${digest}","admittedAtMs":${admittedAtMs}}`;
  return { stored: { publication, digest, admittedAtMs }, record };
}

/** One that was admitted before, and keeps its digest. */
export const recordOf = (stored: StoredPublication): string => JSON.stringify(stored);

const beginning = /^\{"publication":\{"version":(\d+),/;
const end = /,"digest":"([\w-]+)","admittedAtMs":(\d+)\}$/;
/** More than {@link end} ever is. */
const endLength = 128;

/** A record and its stamp, which stands at its ends; undefined when there is none, or it does not fit. */
export function recordRead(record: string | null): StoredRecord | undefined {
  if (record === null) return undefined;
  const [, version] = beginning.exec(record) ?? [];
  const [, digest, admittedAtMs] = end.exec(record.slice(-endLength)) ?? [];
  if (version !== undefined && digest !== undefined) {
    return { stamp: `${version}:${digest}:${admittedAtMs}`, record };
  }
  const stored = parseStored(record);
  return stored && { stamp: stampOf(stored), record, stored };
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
