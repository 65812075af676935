import type { Composition, CompositionInput } from '@widget-mediator/composition';
import { LRUCache } from 'lru-cache';

type Compose = (input: CompositionInput) => Composition;

/** Enough for the pages that many ask for; each holds some kilobytes, and candidates that are mostly held anyway. */
const maxRemembered = 64;

/**
 * Composition is pure, so the page that follows from the very same candidates, layout, statistics and seed is known: it is
 * handed out again. Nobody in particular, and a viewer who comes back within seconds, cost no composition. Anything
 * new, were it only one list of one source, is another input.
 */
export function rememberCompositions(compose: Compose): Compose {
  const remembered = new LRUCache<number, { input: CompositionInput; composition: Composition }>({
    max: maxRemembered,
  });
  return (input) => {
    const known = remembered.get(input.seed);
    if (known !== undefined && isSame(known.input, input)) return known.composition;
    const composition = compose(input);
    remembered.set(input.seed, { input, composition });
    return composition;
  };
}

/** Candidates never change once they are made, so the same object is the same candidate. */
function isSame(a: CompositionInput, b: CompositionInput): boolean {
  return (
    a.seed === b.seed &&
    a.layout === b.layout &&
    a.statistics === b.statistics &&
    a.context.personal === b.context.personal &&
    a.candidates.length === b.candidates.length &&
    a.candidates.every((candidate, index) => candidate === b.candidates[index])
  );
}
