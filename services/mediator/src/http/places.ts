/** What is there for a while, in no order. */
export interface Places<T> {
  /** Returns what lets go of it. */
  take(one: T): () => void;
  all(): readonly T[];
}

/**
 * For what comes and goes with every request. Not a `Set`: when one that has grown old makes its table anew, V8 links the old
 * table to the new one, and what was in it outlives its request until garbage is collected everywhere: tables that are old
 * keep those after them, and those all that was there when they were left.
 */
export function createPlaces<T>(): Places<T> {
  const places: (T | undefined)[] = [];
  const free: number[] = [];
  return {
    take(one) {
      const place = free.pop() ?? places.length;
      places[place] = one;
      return () => {
        if (places[place] !== one) return;
        places[place] = undefined;
        free.push(place);
      };
    },
    all: () => places.filter((one) => one !== undefined),
  };
}
