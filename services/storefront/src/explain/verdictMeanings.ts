import type { VerdictCode } from '@widget-mediator/contracts';

/** What a sentence needs of the contract's verdict table, as GET /api/verdicts sends it. */
export type VerdictMeanings = Readonly<
  Partial<Record<VerdictCode, { readonly about: 'widget' | 'item'; readonly meaning: string }>>
>;

/** The meaning without its full stop. A mediator newer than our server may know more codes: those stay codes. */
export function meaning(meanings: VerdictMeanings, code: VerdictCode): string {
  return (meanings[code]?.meaning ?? code).replace(/\.$/, '');
}

/** The meaning as the rest of a sentence: "the source did not answer within its own latency budget". */
export function meaningWithin(meanings: VerdictMeanings, code: VerdictCode): string {
  const sentence = meaning(meanings, code);
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
