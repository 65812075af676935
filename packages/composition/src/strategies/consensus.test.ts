import { admit } from '../admit.ts';
import { inputOf } from '../testing/fixture.ts';
import { createStrategy } from './createStrategy.ts';

const page = {
  name: 'three sources',
  why: 'values by hand',
  layout: { placements: [{}], prior: ['b'], editorial: [{ id: 'pool', items: ['1', '2', '3'] }] },
  candidates: [
    { widget: 'a', items: ['1', '2'] },
    { widget: 'b', items: ['2'] },
    { widget: 'late', provenance: 'stale' as const, items: ['2'] },
    { widget: 'stand-in', provenance: 'fallback' as const, items: ['1', '9'] },
  ],
  statistics: {
    id: 's1',
    sources: {
      a: { pages: 9, trust: 0.5, items: { 1: 4, 2: 9 } },
      late: { pages: 2, trust: 0.5, items: { 2: 2 } },
    },
  },
  expected: { page: [], verdicts: [], conservation: { received: 0, placed: 0, reserve: 0, dropped: {} } },
};

function consensusOf(viewer: 'known' | 'anonymous') {
  const entry = admit(inputOf({ ...page, viewer }));
  const { rankOf, writeWorths } = createStrategy('consensus', entry.input.context).prepare(entry);
  const valueIn = (widget: number, place: number) => {
    const worths = new Float64Array(place + 1);
    writeWorths(widget, place + 1, worths);
    return worths[place];
  };
  return { ranks: [0, 1, 2, 3].map(rankOf), one: valueIn(0, 0), two: valueIn(0, 1), nine: valueIn(3, 1) };
}

describe('consensus', () => {
  it('sums trust × rarity ÷ (60 + rank) over fresh and stale candidates', () => {
    const { one, two, nine } = consensusOf('known');
    expect(one).toBeCloseTo((0.5 * Math.log(10 / 5)) / 61, 8);
    expect(two).toBeCloseTo((0.5 * Math.log(10 / 10)) / 62 + 1 / 61 + 1 / 61, 8);
    expect(nine).toBe(0);
  });

  it('leaves rarity out for a viewer who is not known, and ranks by the prior first', () => {
    const { ranks, one, two } = consensusOf('anonymous');
    expect(one).toBeCloseTo(0.5 / 61, 8);
    expect(two).toBeCloseTo(0.5 / 62 + 1 / 61 + 1 / 61, 8);
    expect(ranks).toEqual([1, 0, 1, 1]);
    expect(consensusOf('known').ranks).toEqual([0, 0, 0, 0]);
  });
});
