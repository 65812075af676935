/**
 * Reads with one command what is asked for in one turn of the event loop. Nothing is read before it was asked for, and each
 * asker is told what was read, or why not.
 *
 * @param readAll brings the values of different names, in their order
 */
export function readTogether<T>(
  readAll: (names: readonly string[]) => Promise<readonly T[]>,
): (name: string) => Promise<T> {
  let asked = new Map<string, Promise<T>>();
  let batch: Promise<readonly T[]> | undefined;
  return (name) => {
    batch ??= new Promise((resolve) => {
      setImmediate(() => {
        const names = [...asked.keys()];
        asked = new Map();
        batch = undefined;
        resolve(readAll(names));
      });
    });
    const known = asked.get(name);
    if (known !== undefined) return known;
    const index = asked.size;
    const found = batch.then((all) => all[index] as T);
    asked.set(name, found);
    return found;
  };
}
