import type { Cap } from '@widget-mediator/contracts';
import fc from 'fast-check';
import { admit } from './admit.ts';
import { type Candidate, candidateItem } from './candidate.ts';
import { isWithinTeamCaps, itemCapsOf } from './caps.ts';
import { anybody } from './composition.ts';
import { type Contest, score } from './score.ts';
import { noStatistics } from './statistics.ts';
import { placement, soundLayout } from './testing/layouts.ts';

const few = { minLength: 1, maxLength: 9 };
const group = fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined, freq: 4 });
const lists = fc.array(fc.array(fc.record({ brand: group, creator: group }), few), { ...few, maxLength: 5 });
const caps = fc.array(
  fc.record({
    by: fc.constantFrom('team' as const, 'brand' as const, 'creator' as const),
    max: fc.integer({ min: 1, max: 6 }),
    window: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constant(64)),
  }),
  { maxLength: 4 },
);

const displays = fc.array(
  fc.record({ candidate: fc.integer({ min: -1, max: 4 }), places: fc.subarray([0, 1, 2, 3, 4, 5, 6, 7, 8]) }),
  few,
);

/** What a candidate (-1 for none) displays in a placement. */
interface Display {
  readonly candidate: number;
  readonly at: number;
  readonly places: readonly number[];
}

/** A page by placement, of lists of three teams in turn. */
const pages = fc.record({ lists, caps, displays }).map((made) => {
  const candidates = made.lists.map(candidateOf);
  const page = made.displays.map(({ candidate, places }, at): Display => {
    const length = candidates[candidate]?.items.length ?? 0;
    return {
      candidate: candidate < candidates.length ? candidate : -1,
      at,
      places: places.filter((place) => place < length),
    };
  });
  return { contest: contestOf(candidates, made.caps, page.length), page };
});

function candidateOf(
  items: readonly { readonly brand?: string | undefined; readonly creator?: string | undefined }[],
  index: number,
): Candidate {
  return {
    widget: `w${index}`,
    team: `t${index % 3}`,
    version: 1,
    provenance: 'fresh',
    placements: ['row'],
    minItems: 1,
    maxItems: 9,
    dedupe: { key: 'item', yields: true, blocks: true },
    items: items.map(({ brand, creator }, place) =>
      candidateItem('film', {
        id: `${index}-${place}`,
        ...(brand !== undefined && { brand }),
        ...(creator !== undefined && { creator }),
      }),
    ),
  };
}

function contestOf(
  candidates: readonly Candidate[],
  layoutCaps: readonly Cap[],
  placements: number,
): Contest {
  const layout = soundLayout({
    caps: [...layoutCaps],
    placements: Array.from({ length: placements }, (_, index) => placement(`p${index}`)),
  });
  return score(admit({ candidates, layout, context: anybody, statistics: noStatistics, seed: 1 }));
}

/** An item or widget of a group, in a placement. */
interface Standing {
  readonly at: number;
  readonly group: string | undefined;
}

/** The rule in its plainest words: whether one more, where it is put, is over a cap in some window of the page. */
function isOver(others: readonly Standing[], added: Standing, { max, window }: Cap): boolean {
  if (added.group === undefined) return false;
  const all = [...others, added].filter((other) => other.group === added.group);
  return Array.from({ length: added.at + 1 }, (_, from) => from).some((from) => {
    const within = all.filter(({ at }) => at >= from && at < from + window);
    return within.includes(added) && within.length > max;
  });
}

/** What is displayed, as a cap groups it. */
const standingsOf = (
  { input }: Contest,
  by: 'brand' | 'creator',
  { candidate, at, places }: Display,
): Standing[] => places.map((place) => ({ at, group: input.candidates[candidate]?.items[place]?.[by] }));

/** The verdict that the rule gives on an item beside displays. */
function verdictByRule(contest: Contest, displays: readonly Display[], added: Display): string | undefined {
  for (const cap of contest.input.layout.caps) {
    const { by } = cap;
    if (by === 'team') continue;
    const others = displays.flatMap((display) => standingsOf(contest, by, display));
    if (standingsOf(contest, by, added).some((one) => isOver(others, one, cap))) return `${by}-capped`;
  }
  return undefined;
}

/** Every candidate in every placement. */
const everywhere = ({ input, placements }: Contest) =>
  input.candidates.flatMap(({ items }, candidate) =>
    placements.map((_, at) => ({ candidate, at, length: items.length })),
  );

describe('caps on brands and creators', () => {
  it('forbid an item exactly when it is one too many in some window', () => {
    fc.assert(
      fc.property(pages, ({ contest, page }) => {
        const itemCaps = itemCapsOf(contest);
        if (itemCaps === undefined) return;
        // What was counted before a clear is not to be seen after it.
        for (const present of [page.toReversed().slice(1), page]) {
          itemCaps.clear();
          for (const one of present) itemCaps.count(one.candidate, one.at, Array.from(one.places));
          for (const { candidate, at, length } of everywhere(contest)) {
            for (let place = 0; place < length; place++) {
              const expected = verdictByRule(contest, present, { candidate, at, places: [place] });
              expect(itemCaps.verdictOn(candidate, at, place)).toBe(expected);
            }
          }
        }
      }),
    );
  });

  it('keep of a list, in its order, what they allow beside what of it is kept already', () => {
    fc.assert(
      fc.property(pages, fc.integer({ min: 1, max: 9 }), ({ contest, page }, limit) => {
        const itemCaps = itemCapsOf(contest);
        if (itemCaps === undefined) return;
        for (const one of page) itemCaps.count(one.candidate, one.at, Array.from(one.places));
        for (const { candidate, at, length } of everywhere(contest)) {
          const expected: number[] = [];
          for (let place = 0; place < length && expected.length < limit; place++) {
            const beside = [...page, { candidate, at, places: expected }];
            if (verdictByRule(contest, beside, { candidate, at, places: [place] }) === undefined)
              expected.push(place);
          }
          const places = Int32Array.from({ length }, (_, place) => place);
          const kept = itemCaps.keepAllowed({ candidate, placement: at, places, free: length, limit });
          expect([...places.slice(0, kept)]).toEqual(expected);
        }
      }),
    );
  });

  it('tell groups apart however many were met before', () => {
    const many = Array.from({ length: 30_000 }, (_, index) => ({ creator: `creator-${index}` }));
    const cap = { by: 'creator' as const, max: 1, window: 64 };
    const before = itemCapsOf(contestOf([candidateOf(many, 0)], [cap], 1));
    const candidates = [
      candidateOf([{ creator: 'x' }, { creator: 'y' }], 1),
      candidateOf([{ creator: 'x' }], 2),
    ];
    const after = itemCapsOf(contestOf(candidates, [cap], 2));
    before?.count(0, 0, [0, 29_999]);
    after?.count(0, 0, [0]);
    expect([0, 1, 29_999].map((place) => before?.verdictOn(0, 0, place))).toEqual([
      'creator-capped',
      undefined,
      'creator-capped',
    ]);
    expect([after?.verdictOn(1, 1, 0), after?.verdictOn(0, 1, 1)]).toEqual(['creator-capped', undefined]);
  });
});

describe('caps on teams', () => {
  it('forbid a widget exactly when its team has one too many in some window', () => {
    fc.assert(
      fc.property(pages, ({ contest, page }) => {
        const { candidates, layout } = contest.input;
        const chosen = page.map(({ candidate }) => candidate);
        for (const { candidate, at } of everywhere(contest)) {
          const teamAt = (index: number | undefined) => candidates[index ?? -1]?.team;
          const others = chosen
            .map((other, index): Standing => ({ at: index, group: teamAt(other) }))
            .filter((other) => other.at !== at);
          const isForbidden = layout.caps.some(
            (cap) => cap.by === 'team' && isOver(others, { at, group: teamAt(candidate) }, cap),
          );
          expect(isWithinTeamCaps(contest, { candidate, placement: at, chosen })).toBe(!isForbidden);
        }
      }),
    );
  });
});
