import { createHash } from 'node:crypto';
import type { LayoutRecord } from '@widget-mediator/contracts';

/** A strong entity tag (RFC 9110, 8.8.3), the same on all mediators: files have no revisions, so content is part of it. */
export function layoutTag({ layout, revision }: Pick<LayoutRecord, 'layout' | 'revision'>): string {
  const digest = createHash('sha256').update(JSON.stringify(layout)).digest('base64url').slice(0, 16);
  return `"${revision}-${digest}"`;
}
