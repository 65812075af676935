import type { Publication } from '@widget-mediator/contracts';
import { publicationDigest } from '../intake/content.ts';
import { isRecord } from '../intake/isPlainItem.ts';
import { parsePublication } from '../intake/parsePublication.ts';

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

/** A publication that is admitted now. Its JSON is made once, for its digest and for its record. */
export function storable(publication: Publication, admittedAtMs: number): Storable {
  const json = JSON.stringify(publication);
  const digest = publicationDigest(json);
  const record = `{"publication":${json},"digest":"${digest}","admittedAtMs":${admittedAtMs}}`;
  return { stored: { publication, digest, admittedAtMs }, record };
}

/** One that was admitted before, and keeps its digest. */
export const recordOf = (stored: StoredPublication): string => JSON.stringify(stored);

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
