import type { Block } from './readBlocks.ts';

const stable: readonly (readonly [RegExp, string])[] = [
  [/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '00000000-0000-4000-8000-000000000000'],
  [/\.[0-9a-f]{16}\.[0-9a-f]{32}\b/g, '.0000000000000000.00000000000000000000000000000000'],
  [/"digest":\s*"[\w-]{43}"/g, '"digest":"a-digest"'],
  [/(?<="|wm_)[0-9a-f]{16}(?="|_)/g, '0000000000000000'],
  [/(wm_[a-z0-9-]+_)[\w-]{43}/g, '$1secret'],
  [/\b[0-9a-f]{64}\b/g, 'a-sha256'],
  [/\b\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, '2026-11-24T00:00:00.000Z'],
  [/\b1[789]\d{11}\b/g, '1800000000000'],
  [/127\.0\.0\.1:\d+/g, '127.0.0.1:4000'],
  [/\d+\.\d+ ms\b/g, '1.0 ms'],
];

/** What a block printed, without what differs from one run to the next: ids, digests, secrets, times, ports. */
export function modulo(text: string): string {
  return stable.reduce((result, [pattern, same]) => result.replaceAll(pattern, same), text.trim());
}

/** Expects what was printed to be what the document shows; JSON may be laid out in any way. */
export function expectOutput(printed: string, { language, code }: Block): void {
  if (language === 'json') expect(JSON.parse(modulo(printed))).toEqual(JSON.parse(modulo(code)));
  else expect(modulo(printed)).toBe(modulo(code));
}
