import { admit } from '../admit.ts';
import { inputOf } from '../testing/fixture.ts';
import { createVoteMemory, sumVotes, wholeGrains } from './votes.ts';

const entry = admit(
  inputOf({
    name: 'two sources and a stand-in',
    why: 'sums by hand',
    layout: { placements: [{}], editorial: [{ id: 'pool', items: ['1', '2', '3'] }] },
    candidates: [
      { widget: 'a', items: ['1', '2'] },
      { widget: 'b', items: ['2', '3'] },
      { widget: 'stand-in', provenance: 'fallback' as const, items: ['1', '9'] },
    ],
    expected: { page: [], verdicts: [], conservation: { received: 0, placed: 0, reserve: 0, dropped: {} } },
  }),
);

/** What the items of each widget get when each of its sources' votes is as much as said. */
function sumsOf(vote: number): number[][] {
  const memory = createVoteMemory((_snapshot: object, { items }) =>
    new Float64Array(items.length).fill(vote),
  );
  const { writeWorths } = sumVotes(entry, memory.under({}));
  return entry.input.candidates.map(({ items }, index) => {
    const worths = new Float64Array(items.length);
    writeWorths(index, items.length, worths);
    return [...worths];
  });
}

describe('sums of votes', () => {
  const small = wholeGrains(0.1);
  const sums = [
    [small, 2 * small],
    [2 * small, small],
    [small, 0],
  ];

  it('are of fresh and stale candidates only', () => {
    expect(sumsOf(small).slice(0, 3)).toEqual(sums);
  });

  it('are exact on every page, whatever the pages before have left', () => {
    for (let page = 0; page < 9; page++) {
      sumsOf(2 ** 16 + page / 3);
      expect(sumsOf(small).slice(0, 3)).toEqual(sums);
      expect(sumsOf(0).flat()).toEqual(
        sums
          .concat([[0, 0, 0]])
          .flat()
          .map(() => 0),
      );
    }
  });

  it('hold nothing of a page on which a list failed', () => {
    const failing = createVoteMemory((_snapshot: object, { widget, items }) => {
      if (widget === 'b') throw new Error('of this list only');
      return new Float64Array(items.length).fill(small);
    });
    expect(() => sumVotes(entry, failing.under({}))).toThrow('of this list only');
    expect(sumsOf(small).slice(0, 3)).toEqual(sums);
  });
});
