/** Does `work` for every one: `size` at the same time, then the next. When any of it fails, none of it goes on after that is told. */
export async function inBatches<T>(
  all: readonly T[],
  size: number,
  work: (one: T) => Promise<void>,
): Promise<void> {
  for (let start = 0; start < all.length; start += size) {
    const outcomes = await Promise.allSettled(all.slice(start, start + size).map(work));
    const failure = outcomes.find((one) => one.status === 'rejected');
    if (failure !== undefined) throw failure.reason;
  }
}
