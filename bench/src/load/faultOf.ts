import type { Mark } from './load.ts';

/** Why an answer is no complete page, or undefined when it is one. */
export function faultOf(
  status: number | undefined,
  body: Buffer,
  marks: readonly Mark[],
): string | undefined {
  if (status !== 200) return `answered with ${status}: ${body.subarray(0, 200).toString()}`;
  for (const { text, times } of marks) {
    const found = occurrences(body, text);
    if (found !== times) return `answered with ${found} instead of ${times} times ${text}`;
  }
  return undefined;
}

function occurrences(body: Buffer, text: string): number {
  let found = 0;
  for (let at = body.indexOf(text); at !== -1; at = body.indexOf(text, at + text.length)) found += 1;
  return found;
}
