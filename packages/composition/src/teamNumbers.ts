import type { Candidate } from './candidate.ts';

/** Passes ask this many thousand times a page, so strings are compared once. */
const remembered = new WeakMap<readonly Candidate[], Int32Array>();

/** By candidate, the number of its team among theirs. */
export function teamNumbersOf(candidates: readonly Candidate[]): Int32Array {
  const known = remembered.get(candidates);
  if (known !== undefined) return known;
  const numbers = new Map<string, number>();
  const made = Int32Array.from(candidates, ({ team }) => {
    const number = numbers.get(team) ?? numbers.size;
    numbers.set(team, number);
    return number;
  });
  remembered.set(candidates, made);
  return made;
}
