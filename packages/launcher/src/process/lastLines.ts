/** Keeps the last `count` lines somebody wrote, to be shown when they are gone. */
export function createLastLines(count: number): { add(line: string): void; all(): readonly string[] } {
  const lines: string[] = [];
  return {
    add(line) {
      lines.push(line);
      if (lines.length > count) lines.shift();
    },
    all: () => [...lines],
  };
}
