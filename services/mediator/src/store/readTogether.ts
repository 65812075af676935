/**
 * Reads with one command what is asked for in one go: by all who go on with what one piece of the network brought, before
 * anything else is looked at. Nothing is read before it was asked for, and each asker is told what was read, or why not.
 *
 * @param readAll brings the values of different names, in their order
 */
export function readTogether<T>(
  readAll: (names: readonly string[]) => Promise<readonly T[]>,
): (name: string) => Promise<T> {
  let asked = new Map<string, Promise<T>>();
  let batch: Promise<readonly T[]> | undefined;
  return (name) => {
    batch ??= new Promise((resolve, reject) => {
      // After all promises that are settled by now have been gone on with.
      process.nextTick(() => {
        const names = [...asked.keys()];
        asked = new Map();
        batch = undefined;
        readAll(names).then(resolve, reject);
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
