import { type Audience, limits } from '@widget-mediator/contracts';
import { isHeading, isRecord } from './isPlainItem.ts';

/** A publication that says no more than it must; its items are still to be looked at. */
export interface PlainEnvelope {
  readonly version: number;
  readonly title?: string;
  /** For everyone when absent. */
  readonly audience?: Exclude<Audience, { type: 'user' }>;
  readonly items: readonly unknown[];
}

const fields = new Set(['version', 'title', 'audience', 'items']);
const isTitle = isHeading(200);
const plainSegment = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/;

/**
 * Whether `body` is plainly the envelope of a publication, as most are. True implies that the schema accepts
 * it, and adds nothing but an audience (a property test holds the two together); false says nothing.
 */
export function isPlainEnvelope(body: unknown): body is PlainEnvelope {
  if (!isRecord(body)) return false;
  for (const field in body) {
    if (!fields.has(field)) return false;
  }
  const { version, title, audience, items } = body;
  return (
    Number.isSafeInteger(version) &&
    Number(version) >= 1 &&
    (title === undefined ? !('title' in body) : isTitle(title)) &&
    (audience === undefined ? !('audience' in body) : isAudience(audience)) &&
    Array.isArray(items) &&
    items.length <= limits.itemsPerPublication
  );
}

function isAudience(value: unknown): boolean {
  if (!isRecord(value)) return false;
  let count = 0;
  for (const _field in value) count += 1;
  const { type, segment } = value;
  if (type === 'everyone') return count === 1;
  return type === 'segment' && count === 2 && typeof segment === 'string' && plainSegment.test(segment);
}
