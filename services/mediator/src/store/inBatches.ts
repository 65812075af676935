/** Does `work` for every one: `size` at the same time, then the next. */
export async function inBatches<T>(
  all: readonly T[],
  size: number,
  work: (one: T) => Promise<void>,
): Promise<void> {
  for (let start = 0; start < all.length; start += size) {
    await Promise.all(all.slice(start, start + size).map(work));
  }
}
