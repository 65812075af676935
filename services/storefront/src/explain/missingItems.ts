import type { Verdict } from '@widget-mediator/contracts';
import { groupBy } from './groupBy.ts';
import type { Names } from './names.ts';
import { meaning, type VerdictMeanings } from './verdictMeanings.ts';

/** Items that one widget lost, for its group's reason. */
export type ItemLoss = {
  readonly widget: string;
  readonly sentence: string;
  /** The titles that the sentence only counts. */
  readonly others: readonly string[];
};

/** Everything that went for one reason because of one winner; without a winner, the reason alone. */
export type ItemGroup = {
  readonly key: string;
  readonly code: Verdict['code'];
  /** Where the items are shown instead; without a winner, why they are not shown. */
  readonly reason: string;
  readonly count: number;
  readonly losses: readonly ItemLoss[];
};

type Words = { readonly names: Names; readonly meanings: VerdictMeanings };

/** More titles than this make a sentence nobody reads. */
const NAMED = 3;

/** Item-level verdicts, grouped by reason and winner, then by the widget that lost; the largest group first. */
export function missingItems(verdicts: readonly Verdict[], words: Words): readonly ItemGroup[] {
  const about = verdicts.filter(({ item }) => item !== undefined);
  const groups = groupBy(about, ({ code, winner }) => `${code}/${winner?.widget ?? ''}`);
  return [...groups]
    .map(([key, members]) => {
      const [{ code, winner }] = members;
      return {
        key,
        code,
        reason: winner
          ? `Shown by “${words.names.widget(winner.widget)}” instead`
          : meaning(words.meanings, code),
        count: members.length,
        losses: losses(members, words),
      };
    })
    .sort((a, b) => b.count - a.count);
}

function losses(members: readonly Verdict[], words: Words): readonly ItemLoss[] {
  return [...groupBy(members, ({ widget }) => widget)].map(([widget, lost]) => {
    // The winner shows the same film, perhaps under its own id: that one is on the page and has its title.
    const titles = lost.map(({ item = '', winner }) => words.names.item(winner?.item ?? item));
    const were = titles.length === 1 ? 'was' : 'were';
    const sentence = `${listed(titles)} ${were} taken out of “${words.names.widget(widget)}”.`;
    return { widget, sentence, others: titles.slice(NAMED) };
  });
}

/** "Heat", "Heat and Fargo", "Heat, Fargo, Se7en and 3 others". */
function listed(titles: readonly string[]): string {
  const rest = titles.length - NAMED;
  const parts = titles.slice(0, NAMED);
  if (rest > 0) parts.push(rest === 1 ? '1 other' : `${rest} others`);
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}
