import { type Verdict, verdictTable, type Why } from '@widget-mediator/contracts';

/**
 * Why something is not on the page that was not even among its candidates: the verdict of eligibility or delivery on
 * the widget of that id, or that nobody knows it.
 */
export function whyAbsent(subject: string, verdicts: readonly Verdict[]): Why {
  const verdict = verdicts.find(({ widget }) => widget === subject);
  const reason =
    verdict === undefined
      ? 'No widget has that id, and no list that came to this page holds such an item.'
      : verdictTable[verdict.code].meaning;
  return {
    subject,
    present: false,
    sentence: `${subject} is not on the page. ${reason}`,
    chain: verdict === undefined ? [] : [verdict],
  };
}
