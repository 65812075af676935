import { type Page, type Verdict, verdictTable } from '@widget-mediator/contracts';
import { missingWidgets } from './missingWidgets.ts';
import { createNames } from './names.ts';

const page: Pick<Page, 'placements'> = {
  placements: [placed('popular-in-drama', 'Popular in Drama'), placed('because', 'Because you watched Heat')],
};

function placed(id: string, title: string): Page['placements'][number] {
  const widget = {
    id,
    version: 1,
    title,
    itemType: 'film',
    provenance: 'stale' as const,
    token: 't',
    items: [],
  };
  return { placement: 'row-1', kind: 'row', position: 1, widget };
}

const sentencesOf = (...verdicts: Verdict[]) =>
  missingWidgets(page, verdicts, { names: createNames(page), meanings: verdictTable }).map(
    ({ sentence }) => sentence,
  );

test('an outranked widget is named with the one that outranked it', () => {
  expect(
    sentencesOf({ code: 'outranked', widget: 'hidden-gems', winner: { widget: 'popular-in-drama' } }),
  ).toEqual(['“Hidden gems” is not here: outranked by “Popular in Drama”.']);
});

test('without a winner the sentence gives the meaning of the code', () => {
  expect(sentencesOf({ code: 'timeout', widget: 'new-releases' })).toEqual([
    '“New releases” is not here: the source did not answer within its own latency budget.',
  ]);
});

test('a stand-in is named', () => {
  expect(
    sentencesOf({ code: 'breaker-open', widget: 'new-releases', winner: { widget: 'because' } }),
  ).toEqual([
    '“New releases” is not here: the source failed too often and is left alone for a while. ' +
      '“Because you watched Heat” stands there instead.',
  ]);
});

test('a widget that stands there with an older answer is not called absent', () => {
  expect(sentencesOf({ code: 'timeout', widget: 'because' })).toEqual([
    '“Because you watched Heat” is here, but not with its fresh answer: ' +
      'the source did not answer within its own latency budget.',
  ]);
});

test('verdicts about items are left to the list of items', () => {
  expect(sentencesOf({ code: 'repeated', widget: 'because', item: 'film-heat-1995' })).toEqual([]);
});

test.each(Object.keys(verdictTable))('every code makes a whole sentence: %s', (code) => {
  const known = Object.keys(verdictTable).find((other): other is Verdict['code'] => other === code);
  const [sentence] = known ? sentencesOf({ code: known, widget: 'x' }) : [];
  expect(sentence).toMatch(/^“X” is not here: [a-z].*[^.]\.$/);
});
