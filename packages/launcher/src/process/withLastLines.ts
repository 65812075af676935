import { createPrettyLine } from '../output/createPrettyLine.ts';

const pretty = createPrettyLine(false);

/** A sentence, followed by what a process said last. */
export function withLastLines(sentence: string, lastLines: readonly string[]): string {
  if (lastLines.length === 0) return `${sentence} It said nothing.`;
  const readable = lastLines.flatMap((line) => pretty(line).split('\n'));
  return [`${sentence} Its last lines:`, ...readable.map((line) => `  ${line}`)].join('\n');
}
