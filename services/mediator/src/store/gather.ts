/**
 * Collects what comes while others are worked on, each thing once under its name, the newest in place of those before it:
 * then all of it is worked on together, in one turn.
 */
export function gather<T>(
  inTurn: (work: () => Promise<void>) => void,
  work: (all: readonly T[]) => Promise<void>,
): (name: string, one: T) => void {
  let waiting = new Map<string, T>();
  return (name, one) => {
    if (waiting.size === 0) {
      inTurn(() => {
        const all = [...waiting.values()];
        // Another, not cleared: an old map's table would keep what was in all tables after it (see `http/places.ts`).
        waiting = new Map();
        return work(all);
      });
    }
    waiting.set(name, one);
  };
}
