import type { Page, Verdict } from '@widget-mediator/contracts';
import type { Names } from './names.ts';
import { meaningWithin, type VerdictMeanings } from './verdictMeanings.ts';

/** One sentence about a widget that is not on the page, or is there with something other than its fresh answer. */
export type WidgetSentence = {
  readonly key: string;
  readonly code: Verdict['code'];
  readonly sentence: string;
  /** True when the widget stands on the page after all, with an older answer or a stand-in. */
  readonly onPage: boolean;
};

/** Every widget-level verdict of a trace in a sentence, with its winner where it has one. */
export function missingWidgets(
  page: Pick<Page, 'placements'>,
  verdicts: readonly Verdict[],
  { names, meanings }: { readonly names: Names; readonly meanings: VerdictMeanings },
): readonly WidgetSentence[] {
  const onPage = new Map(page.placements.map(({ widget }) => [widget.id, widget.provenance]));
  return verdicts
    .filter((verdict) => verdict.item === undefined)
    .map((verdict, index) => ({
      key: `${verdict.widget}/${verdict.code}/${index}`,
      code: verdict.code,
      onPage: onPage.has(verdict.widget),
      sentence: sentence(verdict, {
        name: quote(names.widget(verdict.widget)),
        winner: verdict.winner && quote(names.widget(verdict.winner.widget)),
        because: meaningWithin(meanings, verdict.code),
        onPage: onPage.has(verdict.widget),
      }),
    }));
}

type Parts = {
  readonly name: string;
  readonly winner: string | undefined;
  readonly because: string;
  readonly onPage: boolean;
};

function sentence(verdict: Verdict, { name, winner, because, onPage }: Parts): string {
  if (onPage) return `${name} is here, but not with its fresh answer: ${because}.`;
  if (verdict.code === 'outranked' && winner) return `${name} is not here: outranked by ${winner}.`;
  const instead = winner ? ` ${winner} stands there instead.` : '';
  return `${name} is not here: ${because}.${instead}`;
}

function quote(title: string): string {
  return `“${title}”`;
}
