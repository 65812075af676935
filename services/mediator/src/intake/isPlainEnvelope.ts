import { limits } from '@widget-mediator/contracts';
import { isHeading, isRecord } from './isPlainItem.ts';

/** A publication for everyone that says no more than it must; its items are still to be looked at. */
export interface PlainEnvelope {
  readonly version: number;
  readonly title?: string;
  readonly items: readonly unknown[];
}

const isTitle = isHeading(200);

/**
 * Whether `body` is plainly the envelope of a publication, as most pulled answers are. True implies that the schema accepts
 * it, and adds nothing but the audience (a property test holds the two together); false says nothing.
 */
export function isPlainEnvelope(body: unknown): body is PlainEnvelope {
  if (!isRecord(body)) return false;
  for (const field in body) {
    if (field !== 'version' && field !== 'title' && field !== 'items') return false;
  }
  const { version, title, items } = body;
  return (
    Number.isSafeInteger(version) &&
    Number(version) >= 1 &&
    (title === undefined ? !('title' in body) : isTitle(title)) &&
    Array.isArray(items) &&
    items.length <= limits.itemsPerPublication
  );
}
