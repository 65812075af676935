import type { Request } from 'express';
import type { Precondition, Tags } from '../store/precondition.ts';
import { HttpProblem } from './httpProblem.ts';

/** What the request's `If-Match` and `If-None-Match` say. Throws {@link HttpProblem} when they cannot be understood. */
export function preconditionOf({ headers }: Pick<Request, 'headers'>): Precondition {
  const ifMatch = headers['if-match'];
  const ifNoneMatch = headers['if-none-match'];
  return {
    // Compared strongly (RFC 9110, 13.1.1): a weak tag matches nothing.
    ...(ifMatch !== undefined && { ifMatch: tagsOf(ifMatch, (weak) => weak) }),
    ...(ifNoneMatch !== undefined && { ifNoneMatch: tagsOf(ifNoneMatch, (weak) => weak.replace('W/', '')) }),
  };
}

/** A list of entity tags, or the asterisk. Ours hold no commas. */
function tagsOf(header: string, compared: (tag: string) => string): Tags {
  if (header.trim() === '*') return '*';
  const tags = header.split(',').map((tag) => tag.trim());
  // Taken for no condition at all, a tag that was mistyped would let through what it should have stopped.
  if (!tags.every((tag) => /^(?:W\/)?"[\x21\x23-\x7e]*"$/.test(tag)))
    throw new HttpProblem('malformed-request');
  return new Set(tags.map(compared));
}
