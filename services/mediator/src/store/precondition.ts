/** Entity tags, or whatever there is. */
export type Tags = '*' | ReadonlySet<string>;

/** What a caller makes a change depend on (RFC 9110, 13.1). */
export interface Precondition {
  readonly ifMatch?: Tags;
  readonly ifNoneMatch?: Tags;
}

/** Whether what stands there now, by its entity tag, is what the caller expects; undefined stands for nothing. */
export function holds({ ifMatch, ifNoneMatch }: Precondition, current: string | undefined): boolean {
  if (ifMatch !== undefined && !isAmong(ifMatch, current)) return false;
  return ifNoneMatch === undefined || !isAmong(ifNoneMatch, current);
}

const isAmong = (tags: Tags, current: string | undefined): boolean =>
  current !== undefined && (tags === '*' || tags.has(current));
