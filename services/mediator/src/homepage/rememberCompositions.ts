import type { Composition, CompositionInput, ViewerContext } from '@widget-mediator/composition';
import { LRUCache } from 'lru-cache';

/** Composes, or hands out again what it has composed. */
export interface RememberedCompositions {
  compose(input: CompositionInput): Composition;
  forgetAll(): void;
}

type Compose = (input: CompositionInput) => Composition;

/** Viewers, nobody in particular being one; and for each, as many kinds of page (devices, locales, segments). */
const maxSeeds = 64;
const maxOfSeed = 8;

interface Remembered {
  readonly input: CompositionInput;
  readonly composition: Composition;
}

/**
 * Composition is pure, so the page that follows from the very same candidates, layout, statistics and seed is known: it is
 * handed out again. Nobody in particular, and a viewer who comes back within seconds, cost no composition. Anything
 * new, were it only one list of one source, is another input; so is what stands in under another widget's name, which is made anew for each page.
 */
export function rememberCompositions(compose: Compose): RememberedCompositions {
  const remembered = new LRUCache<number, readonly Remembered[]>({ max: maxSeeds });
  return { compose: remembering, forgetAll: () => remembered.clear() };

  function remembering(input: CompositionInput): Composition {
    const ofSeed = remembered.get(input.seed) ?? [];
    const known = ofSeed.find((one) => isSame(one.input, input));
    if (known !== undefined) return known.composition;
    const composition = compose(input);
    remembered.set(input.seed, [{ input, composition }, ...ofSeed.slice(0, maxOfSeed - 1)]);
    return composition;
  }
}

/** Candidates never change once they are made, so the same object is the same candidate. */
function isSame(a: CompositionInput, b: CompositionInput): boolean {
  return (
    a.seed === b.seed &&
    a.layout === b.layout &&
    a.statistics === b.statistics &&
    isSameContext(a.context, b.context) &&
    a.candidates.length === b.candidates.length &&
    a.candidates.every((candidate, index) => candidate === b.candidates[index])
  );
}

/** Contexts that say more of their viewer are hardly ever met again. */
function isSameContext(a: ViewerContext, b: ViewerContext): boolean {
  return (
    saysLittle(a) &&
    saysLittle(b) &&
    a.personal === b.personal &&
    a.takenDown === b.takenDown &&
    isEqual(a.segments, b.segments) &&
    isEqual(a.pins, b.pins)
  );
}

const saysLittle = ({ dismissed, seen, lastPage, above, ranking }: ViewerContext): boolean =>
  dismissed.length + seen.length + lastPage.length === 0 && above === undefined && ranking === undefined;

const isEqual = <T>(a: readonly T[], b: readonly T[]): boolean =>
  a.length === b.length && a.every((value, index) => value === b[index]);
