import type { Publication } from '@widget-mediator/contracts';
import { isRecord } from '../intake/isPlainItem.ts';
import { parsePublication } from '../intake/parsePublication.ts';

/** A publication as it is kept: what was admitted, and when (milliseconds since the epoch). */
export interface StoredPublication {
  readonly publication: Publication;
  readonly digest: string;
  readonly admittedAtMs: number;
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
