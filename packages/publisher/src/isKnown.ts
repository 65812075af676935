/**
 * Whether `If-None-Match` says that the asker has what `etag` names: by the asterisk, or in a list, compared weakly (RFC 9110,
 * 13.1.2). `etag` must hold no comma, as ours do not.
 */
export function isKnown(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  const tags = ifNoneMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return ifNoneMatch.trim() === '*' || tags.includes(etag);
}
