import type { Registration } from '@widget-mediator/contracts';
import { etagOf } from '../registry/etagOf.ts';

/** Entity tags, or whatever there is. */
export type Tags = '*' | ReadonlySet<string>;

/** What a caller makes a change depend on (RFC 9110, 13.1). */
export interface Precondition {
  readonly ifMatch?: Tags;
  readonly ifNoneMatch?: Tags;
}

/** Whether what stands there now is what the caller expects. */
export function holds({ ifMatch, ifNoneMatch }: Precondition, current: Registration | undefined): boolean {
  if (ifMatch !== undefined && !isAmong(ifMatch, current)) return false;
  return ifNoneMatch === undefined || !isAmong(ifNoneMatch, current);
}

function isAmong(tags: Tags, current: Registration | undefined): boolean {
  if (current === undefined) return false;
  return tags === '*' || tags.has(etagOf(current));
}
