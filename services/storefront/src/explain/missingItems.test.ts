import { type Verdict, verdictTable } from '@widget-mediator/contracts';
import { missingItems } from './missingItems.ts';
import { createNames } from './names.ts';

const names = createNames({
  placements: [
    {
      placement: 'row-1',
      kind: 'row',
      position: 1,
      widget: {
        id: 'because',
        version: 1,
        title: 'Because you watched Ran',
        itemType: 'film',
        provenance: 'fresh',
        token: 't',
        items: [{ id: 'film-heat-1995', title: 'Heat' }],
      },
    },
  ],
});

const lost = (item: string, widget = 'popular', winner = 'because'): Verdict => ({
  code: 'duplicate',
  widget,
  item,
  winner: { widget: winner },
});
const groupsOf = (...verdicts: Verdict[]) => missingItems(verdicts, { names, meanings: verdictTable });

test('a duplicate says where it was taken out and who shows it', () => {
  const [group] = groupsOf(lost('film-heat-1995'));
  expect(group?.reason).toBe('Shown by “Because you watched Ran” instead');
  expect(group?.losses[0]?.sentence).toBe('Heat was taken out of “Popular”.');
});

test('items are grouped by winner, then by the widget that lost them, the largest group first', () => {
  const groups = groupsOf(
    lost('film-alien-1979', 'top-rated', 'new'),
    lost('film-heat-1995'),
    lost('film-fargo-1996'),
    lost('film-heat-1995', 'top-rated'),
  );
  expect(groups.map(({ reason, count }) => [reason, count])).toEqual([
    ['Shown by “Because you watched Ran” instead', 3],
    ['Shown by “New” instead', 1],
  ]);
  expect(groups[0]?.losses.map(({ sentence }) => sentence)).toEqual([
    'Heat and Fargo (1996) were taken out of “Popular”.',
    'Heat was taken out of “Top rated”.',
  ]);
});

test('a long list names three titles and keeps the others at hand', () => {
  const ids = ['a-1991', 'b-1992', 'c-1993', 'd-1994', 'e-1995'].map((rest) => `film-${rest}`);
  const [group] = groupsOf(...ids.map((id) => lost(id)));
  expect(group?.losses[0]).toMatchObject({
    sentence: 'A (1991), B (1992), C (1993) and 2 others were taken out of “Popular”.',
    others: ['D (1994)', 'E (1995)'],
  });
});

test('an item shown under another id has the title that is on the page', () => {
  const verdict = {
    ...lost('film-heat-remastered'),
    winner: { widget: 'because', item: 'film-heat-1995' },
  };
  expect(groupsOf(verdict)[0]?.losses[0]?.sentence).toBe('Heat was taken out of “Popular”.');
});

test('without a winner the group’s reason is the meaning of its code', () => {
  const [group] = groupsOf({ code: 'repeated', widget: 'popular', item: 'film-heat-1995' });
  expect(group?.reason).toBe('The same item id stands earlier in the same publication');
});
