import { admit } from './admit.ts';
import { allocate } from './allocate.ts';
import type { Composition, CompositionInput } from './composition.ts';
import { explain } from './explain.ts';
import { score } from './score.ts';

/**
 * Makes one page: pure, synchronous, and the only place where page-wide rules live. Each stage hands on all that came
 * in, and takes nobody out without a code.
 */
export function compose(input: CompositionInput): Composition {
  const entry = admit(input);
  const contest = score(entry);
  const allocation = allocate(contest);
  return explain(allocation);
}
