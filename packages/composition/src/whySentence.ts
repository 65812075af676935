import type { Verdict, VerdictCode, Why } from '@widget-mediator/contracts';
import type { PlacedCandidate } from './composition.ts';

type Found = Omit<Why, 'sentence'> & { readonly where?: PlacedCandidate };

/** One chain in words: what was asked about, what befell it, and what is on the page instead. */
export function sentenceOf(
  { subject, present, chain, where }: Found,
  placed: readonly PlacedCandidate[],
): string {
  if (present && where !== undefined) return `${subject} is on the page, ${standing(where, subject)}.`;
  const [verdict] = chain;
  if (verdict === undefined) {
    return where === undefined
      ? `${subject} is not on the page, and nobody dropped it.`
      : `${subject} waits in reserve: ${where.candidate.widget} shows ${where.shown.length} items in ${where.placement.id}, and not this one.`;
  }
  const holder = verdict.widget === subject ? '' : `${subject} came from ${verdict.widget}. `;
  return `${holder}${causeOf(verdict)}${instead(verdict, placed)}`;
}

function standing({ candidate, placement }: PlacedCandidate, subject: string): string {
  return candidate.widget === subject ? `in ${placement.id}` : `in ${candidate.widget}, in ${placement.id}`;
}

/** What befell a widget or an item, for the codes that composition gives. */
const causes: Partial<Record<VerdictCode, (verdict: Verdict) => string>> = {
  'no-placement': ({ widget }) => `No placement of this page is of a kind and size that ${widget} can take.`,
  'placed-above': ({ widget }) => `${widget} stands further up, before the cursor.`,
  'too-few-items': ({ widget }) => `${widget} came with fewer items than its minItems.`,
  'too-few-for-viewer': ({ widget }) =>
    `${widget} has too few items that the viewer has not dismissed or seen above.`,
  'too-few-after-takedown': ({ widget }) => `${widget} has too few items that operators have not taken down.`,
  'too-few-after-caps': ({ widget }) => `${widget} has too few items within the caps on brands and creators.`,
  'too-few-after-dedupe': ({ widget }) => `${widget} has too few items that are not on the page already.`,
  'team-capped': ({ widget }) => `The team of ${widget} has as many placements as it may have.`,
  outranked: ({ widget }) => `Every placement that ${widget} could take went to a widget that ranked higher.`,
  duplicate: ({ item }) => `Another widget on the page shows ${item}.`,
  'taken-down': ({ item }) => `Operators took ${item} off all pages.`,
  dismissed: ({ item }) => `The viewer dismissed ${item}.`,
  'shown-above': ({ item }) => `${item} was shown further up, before the cursor.`,
  'brand-capped': ({ item }) => `The page shows as many items of the brand of ${item} there as it may.`,
  'creator-capped': ({ item }) => `The page shows as many items of the creator of ${item} there as it may.`,
};

const causeOf = (verdict: Verdict): string =>
  causes[verdict.code]?.(verdict) ?? `${verdict.item ?? verdict.widget}: ${verdict.code}.`;

function instead({ code, winner }: Verdict, placed: readonly PlacedCandidate[]): string {
  const there = placed.find(({ candidate }) => candidate.widget === winner?.widget);
  if (winner === undefined || there === undefined) return '';
  const place = `${winner.widget} in ${there.placement.id}`;
  if (code === 'outranked' || code === 'team-capped') return ` The lowest scored of those is ${place}.`;
  if (code === 'too-few-after-dedupe') return ` Most of what it lost is shown by ${place}.`;
  return ` It is in ${place}${winner.item === undefined ? '' : `, as ${winner.item}`}.`;
}
