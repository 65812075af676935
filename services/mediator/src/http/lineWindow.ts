/** How much of a stream may be worked on at once. */
export interface WindowLimits {
  readonly lines: number;
  readonly bytes: number;
}

/** Works on several things at a time and hands over what came of each in the order in which they came. */
export interface LineWindow<Result> {
  /** Begins one as soon as there is room for it; resolves once it has begun. */
  add(bytes: number, work: () => Promise<Result>): Promise<void>;
  /** Resolves once all have been handed over. */
  drained(): Promise<void>;
}

/**
 * @param handOver is waited for before the next result is handed over, and before there is room for more: who takes results
 *   slowly is worked for slowly
 */
export function createLineWindow<Result>(
  limits: WindowLimits,
  handOver: (result: Result) => Promise<void>,
): LineWindow<Result> {
  let lines = 0;
  let bytes = 0;
  let last: Promise<void> = Promise.resolve();
  let makeRoom = (): void => {};

  return {
    async add(size, work) {
      // One is let in whatever its size.
      while (lines > 0 && (lines >= limits.lines || bytes + size > limits.bytes)) {
        await new Promise<void>((resolve) => {
          makeRoom = resolve;
        });
      }
      lines += 1;
      bytes += size;
      const before = last;
      const result = work();
      last = finish(before, result).finally(() => {
        lines -= 1;
        bytes -= size;
        makeRoom();
      });
      // Whoever waits for all of them is told.
      last.catch(() => {});
    },
    drained: () => last,
  };

  async function finish(before: Promise<void>, result: Promise<Result>): Promise<void> {
    const [value] = await Promise.all([result, before]);
    await handOver(value);
  }
}
