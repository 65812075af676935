import { admit } from '../admit.ts';
import { type Allocation, createAllocation } from '../allocation.ts';
import type { Candidate } from '../candidate.ts';
import { itemKeys } from '../candidate.ts';
import { anybody, type CompositionInput } from '../composition.ts';
import { score } from '../score.ts';
import { noStatistics } from '../statistics.ts';
import { composeFully } from '../testing/composeFully.ts';
import { noRules } from '../testing/noRules.ts';
import { fillGreedily } from './fillGreedily.ts';

const rows = 8;
const widgets = 200;

/** 200 widgets of 30 items each out of a catalogue in which each item is in two widgets or three. */
const input: CompositionInput = {
  layout: {
    apiVersion: 'widget-mediator/v1',
    kind: 'Layout',
    id: 'home',
    version: '1',
    deadlineMs: 150,
    assemblyReserveMs: 10,
    strategy: 'consensus',
    prior: [],
    placements: Array.from({ length: rows }, (_, index) => ({
      id: `row-${index + 1}`,
      kind: 'row',
      attention: 1,
      required: true,
    })),
    editorial: [],
    ...noRules,
  },
  candidates: Array.from(
    { length: widgets },
    (_, widget): Candidate => ({
      widget: `w${widget}`,
      team: 'team',
      version: 1,
      provenance: 'fresh',
      placements: ['row'],
      minItems: 4,
      maxItems: 20,
      dedupe: { key: 'item', yields: true, blocks: true },
      items: Array.from({ length: 30 }, (_unused, place) => {
        const id = `${(widget * 7_919 + place * place * 104_729 + place * 31) % 2_500}`;
        return { id, keys: itemKeys('film', { id }) };
      }),
    }),
  ),
  context: { ...anybody, personal: true },
  statistics: noStatistics,
  seed: 1,
};

describe('lazy greedy', () => {
  it('makes the page of the full greedy with less than a third of its evaluations', () => {
    const { allocation, readings } = countingAllocation();
    fillGreedily(allocation);

    const page = allocation.placings.map((placing) => input.candidates[placing?.candidate ?? -1]?.widget);
    expect(page).toEqual(composeFully(input).map(({ candidate }) => candidate.widget));
    expect(page).toHaveLength(rows);

    const fully = Array.from({ length: rows }, (_, placed) => widgets - placed).reduce((a, b) => a + b, 0);
    const toPlace = rows;
    const evaluations = readings() - toPlace;
    expect(fully).toBe(1_572);
    expect(evaluations).toBeLessThan(fully / 3);
  });
});

function countingAllocation(): { allocation: Allocation; readings: () => number } {
  const allocation = createAllocation(score(admit(input)));
  let readings = 0;
  const read: Allocation['read'] = (candidate, index, limit) => {
    readings++;
    return allocation.read(candidate, index, limit);
  };
  return { allocation: { ...allocation, read }, readings: () => readings };
}
