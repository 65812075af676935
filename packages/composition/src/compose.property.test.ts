import type { Layout } from '@widget-mediator/contracts';
import fc from 'fast-check';
import { tierOf } from './candidate.ts';
import { compose } from './compose.ts';
import type { Composition, CompositionInput } from './composition.ts';
import { canTake } from './eligibility.ts';
import { inputs } from './testing/arbitraries.ts';
import { composeFully } from './testing/composeFully.ts';
import { largePage } from './testing/largePage.ts';
import {
  displaysOf,
  exceedsCaps,
  isBarred,
  isConflict,
  ownKey,
  placementsOf,
  showableAt,
  showableBeside,
} from './testing/rules.ts';

/** Holds for every page. */
function everyPage(holds: (page: Composition, input: CompositionInput) => void): void {
  fc.assert(
    fc.property(inputs, (input) => holds(compose(input), input)),
    { numRuns: 500 },
  );
}

const pageOf = ({ placed }: Composition) =>
  placed.map(({ candidate, placement, position, shown, score }) => ({
    widget: candidate.widget,
    placement: placement.id,
    position,
    shown,
    score,
  }));

const off = { reallocate: false, search: false, iterations: 1 };

const withPasses = (input: CompositionInput, passes: Layout['passes']): CompositionInput => ({
  ...input,
  layout: { ...input.layout, passes },
});

const everythingOf = (page: Composition) => ({
  page: pageOf(page),
  conservation: page.conservation,
  scores: page.scores(),
  search: page.search,
  verdicts: page.verdicts(),
});

const absentOf = ({ placed }: Composition, { candidates, context }: CompositionInput) =>
  candidates.filter(
    (candidate) =>
      !placed.some((other) => other.candidate === candidate) &&
      context.above?.widgets.includes(candidate.widget) !== true,
  );

describe('every page', () => {
  it('shows no key twice among widgets that are in conflict, nor within one that yields', () => {
    everyPage(({ placed }) => {
      const displays = displaysOf(placed);
      for (const [index, a] of displays.entries()) {
        for (const b of displays.slice(index + 1)) {
          if (a.candidate !== b.candidate) expect(isConflict(a, b)).toBe(false);
          else if (a.candidate.dedupe.yields) expect(ownKey(a)).not.toBe(ownKey(b));
        }
      }
    });
  });

  it('keeps the minimum and the maximum of every widget, and the maximum of every placement', () => {
    everyPage(({ placed }) => {
      for (const { candidate, placement, shown } of placed) {
        expect(shown.length).toBeGreaterThanOrEqual(candidate.minItems);
        expect(shown.length).toBeLessThanOrEqual(Math.min(candidate.maxItems, placement.maxItems ?? 50));
      }
    });
  });

  it('shows items of the widget in its own order', () => {
    everyPage(({ placed }) => {
      for (const { candidate, shown } of placed) {
        expect([...new Set(shown)].sort((a, b) => a - b)).toEqual(shown);
        for (const index of shown) expect(candidate.items[index]).toBeDefined();
      }
    });
  });

  it('has one widget a placement, of a kind that it takes, and one placement a widget, in page order', () => {
    everyPage(({ placed }, { layout }) => {
      const positions = placed.map(({ position }) => position);
      expect([...new Set(positions)].sort((a, b) => a - b)).toEqual(positions);
      expect(new Set(placed.map(({ candidate }) => candidate.widget)).size).toBe(placed.length);
      for (const { candidate, placement, position } of placed) {
        expect(layout.placements[position - 1]).toBe(placement);
        expect(candidate.placements).toContain(placement.kind);
      }
    });
  });

  it('gives a pinned widget its placement whenever it can be shown there beside the pins above it', () => {
    everyPage((page, input) => {
      for (const { placement, candidate, pinned } of composeFully(input)) {
        const placing = page.placed.find((other) => other.placement === placement);
        if (pinned) expect(placing?.candidate.widget).toBe(candidate.widget);
      }
    });
  });

  it('shows nothing that the viewer dismissed, nor anything that stands above', () => {
    everyPage(({ placed }, input) => {
      for (const { candidate, item } of displaysOf(placed)) {
        expect(isBarred(input, item)).toBe(false);
        expect(input.context.above?.widgets ?? []).not.toContain(candidate.widget);
      }
    });
  });

  it('keeps every cap on teams, brands and creators within every window', () => {
    everyPage(({ placed }, input) => {
      expect(exceedsCaps(input, placed)).toBe(false);
    });
  });

  it('passes over no item that could be shown, in favour of one further down the list', () => {
    everyPage(({ placed }, input) => {
      if (input.layout.caps.length > 0) return;
      for (const one of placed) {
        const others = displaysOf(placed.filter((other) => other !== one));
        const limit = Math.min(one.candidate.maxItems, one.placement.maxItems ?? 50);
        expect(one.shown).toEqual(showableBeside(input, others, one.candidate).slice(0, limit));
      }
    });
  });

  it('counts every item once: received = placed + reserve + Σ dropped, as the verdicts say', () => {
    everyPage((page, { candidates }) => {
      const { received, placed, reserve, dropped } = page.conservation;
      const total = Object.values(dropped).reduce((sum, count) => sum + count, placed + reserve);
      expect(received).toBe(candidates.reduce((sum, { items }) => sum + items.length, 0));
      expect(total).toBe(received);
      expect(placed).toBe(displaysOf(page.placed).length);
      expect(reserve).toBeGreaterThanOrEqual(0);
      const counted: Record<string, number> = {};
      for (const { code, widget, item } of page.verdicts()) {
        const lost =
          item === undefined ? candidates.find((other) => other.widget === widget)?.items.length : 1;
        if (lost) counted[code] = (counted[code] ?? 0) + lost;
      }
      expect(dropped).toEqual(counted);
    });
  });

  it('gives each widget either a placement or exactly one verdict', () => {
    everyPage((page, { candidates }) => {
      const verdicts = page.verdicts().filter(({ item }) => item === undefined);
      const fates = [
        ...page.placed.map(({ candidate }) => candidate.widget),
        ...verdicts.map(({ widget }) => widget),
      ];
      expect(fates.sort()).toEqual(candidates.map(({ widget }) => widget).sort());
    });
  });

  it('keeps items of placed widgets in reserve only when nothing on the page is in conflict with them', () => {
    everyPage((page, input) => {
      if (input.layout.caps.some(({ by }) => by !== 'team')) return;
      const displays = displaysOf(page.placed);
      let reserve = 0;
      for (const { candidate, shown } of page.placed) {
        for (const [index, item] of candidate.items.entries()) {
          if (shown.includes(index)) continue;
          if (isBarred(input, item)) continue;
          if (!displays.some((other) => isConflict({ candidate, item }, other))) reserve++;
        }
      }
      expect(page.conservation.reserve).toBe(reserve);
    });
  });

  it('names, for every duplicate, a winner that is on the page and in conflict with it', () => {
    everyPage((page, { candidates }) => {
      const displays = displaysOf(page.placed);
      for (const { code, widget, item: id, winner } of page.verdicts()) {
        if (code !== 'duplicate') continue;
        const candidate = candidates.find((other) => other.widget === widget);
        const losers = candidate?.items.filter((item) => item.id === id) ?? [];
        const holders = displays.filter(
          (display) => display.candidate.widget === winner?.widget && display.item.id === winner.item,
        );
        const isTrue = losers.some((item) =>
          holders.some((holder) => candidate && isConflict({ candidate, item }, holder)),
        );
        expect(isTrue).toBe(true);
      }
    });
  });

  it('names, for every widget that lost, a winner that is on the page and stands in its way', () => {
    everyPage((page, input) => {
      for (const { code, widget, winner } of page.verdicts()) {
        if (code !== 'outranked' && code !== 'too-few-after-dedupe' && code !== 'team-capped') continue;
        const loser = input.candidates.find((other) => other.widget === widget);
        const rival = page.placed.find(({ candidate }) => candidate.widget === winner?.widget);
        if (!loser || !rival) throw new Error('the winner is not on the page');
        if (code === 'outranked') expect(canTake(loser, rival.placement)).toBe(true);
        else if (code === 'team-capped') expect(rival.candidate.team).toBe(loser.team);
        else
          expect(
            displaysOf([rival]).some((display) =>
              loser.items.some((item) => isConflict({ candidate: loser, item }, display)),
            ),
          ).toBe(true);
      }
    });
  });

  it('leaves no placement empty that an absent widget could still fill', () => {
    everyPage((page, input) => {
      for (const { placement, position } of placementsOf(input)) {
        if (page.placed.some((other) => other.placement === placement)) continue;
        for (const candidate of absentOf(page, input)) {
          if (!canTake(candidate, placement)) continue;
          const limit = candidate.minItems;
          expect(showableAt(input, page.placed, { candidate, position, limit }).length).toBeLessThan(limit);
        }
      }
    });
  });

  it('gives a placement to a lower rung only where no absent widget of a higher one can stand', () => {
    everyPage((page, input) => {
      for (const lower of page.placed) {
        const { placement, position } = lower;
        if (input.context.pins[position - 1] === lower.candidate.widget) continue;
        const others = page.placed.filter((other) => other !== lower);
        for (const candidate of absentOf(page, input)) {
          if (tierOf(candidate.provenance) >= tierOf(lower.candidate.provenance)) continue;
          if (!canTake(candidate, placement)) continue;
          const limit = candidate.minItems;
          expect(showableAt(input, others, { candidate, position, limit }).length).toBeLessThan(limit);
        }
      }
    });
  });

  it('is never worse than the greedy page: as full, and of no lower score where scores decide', () => {
    everyPage((page, input) => {
      const greedy = compose(withPasses(input, off));
      const required = ({ placed }: Composition) =>
        placed.filter(({ placement }) => placement.required).length;
      expect(required(page)).toBeGreaterThanOrEqual(required(greedy));
      const filled = ({ placed }: Composition) => placed.map(({ position }) => position).join();
      const isOneClass = input.candidates.every(({ provenance }) => tierOf(provenance) === 0);
      const decides = isOneClass && input.context.personal && input.layout.strategy === 'consensus';
      if (decides && filled(page) === filled(greedy)) {
        expect(page.search.score).toBeGreaterThanOrEqual(greedy.search.score - 1e-9);
      }
      for (const { withdrawn } of page.search.passes) expect(withdrawn).toBe(false);
    });
  });

  it('is, with no passes, the page of the full greedy, in which every candidate is looked at for every placement', () => {
    everyPage((_, input) => {
      const page = compose(withPasses(input, off));
      const fully = composeFully(input).map(({ candidate, placement, shown }) => ({
        widget: candidate.widget,
        placement: placement.id,
        shown,
      }));
      const lazily = pageOf(page).map(({ widget, placement, shown }) => ({ widget, placement, shown }));
      expect(lazily).toEqual(fully);
    });
  });

  it('scores no higher than its certificate allows', () => {
    everyPage((page) => {
      const { score, bound, gap } = page.certificate();
      expect(score).toBe(page.search.score);
      expect(bound).toBeGreaterThanOrEqual(score);
      expect(gap).toBeGreaterThanOrEqual(0);
      expect(page.search.score).toBeCloseTo(
        page.placed.reduce((sum, one) => sum + one.score, 0),
        9,
      );
    });
  });

  it('says why of every widget and item: on the page, or a chain that ends at what is there instead', () => {
    everyPage((page, { candidates }) => {
      const placed = new Set(page.placed.map(({ candidate }) => candidate.widget));
      const shown = new Set(displaysOf(page.placed).map(({ item }) => item.id));
      const subjects = candidates.flatMap(({ widget, items }) => [widget, ...items.map(({ id }) => id)]);
      for (const subject of new Set(subjects)) {
        const why = page.why(subject);
        expect(why?.present).toBe(placed.has(subject) || shown.has(subject));
        expect(why?.sentence).toMatch(/\.$/);
        for (const { winner } of why?.chain ?? []) if (winner) expect(placed).toContain(winner.widget);
      }
      expect(page.why('nobody-knows-it')).toBeUndefined();
    });
  });

  it('does not depend on the order in which candidates arrive', () => {
    const shuffled = inputs.chain((input) =>
      fc.tuple(
        fc.constant(input),
        fc.shuffledSubarray([...input.candidates], { minLength: input.candidates.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([input, candidates]) => {
        const bytesOf = (one: CompositionInput) => JSON.stringify(everythingOf(compose(one)));
        expect(bytesOf({ ...input, candidates })).toBe(bytesOf(input));
      }),
      { numRuns: 500 },
    );
  });

  it('is the same, to the last byte, for the same input and seed', () => {
    everyPage((page, input) => {
      expect(JSON.stringify(everythingOf(compose(input)))).toBe(JSON.stringify(everythingOf(page)));
    });
  });
});

describe('a page that hundreds of widgets want', () => {
  const seeds = [1, 2, 3, 4, 5, 6];

  it.each(seeds)('is with no passes the page of the full greedy (seed %i)', (seed) => {
    const input = withPasses(largePage(seed), off);
    const fully = composeFully(input).map(({ candidate, shown }) => ({ widget: candidate.widget, shown }));
    expect(pageOf(compose(input)).map(({ widget, shown }) => ({ widget, shown }))).toEqual(fully);
  });

  it.each(seeds)('keeps its promises with all passes, and is full (seed %i)', (seed) => {
    const input = largePage(seed);
    const page = compose(input);
    expect(page.placed).toHaveLength(input.layout.placements.length);
    expect(page.search.passes.some(({ withdrawn }) => withdrawn)).toBe(false);
    expect(page.search.score).toBeGreaterThanOrEqual(page.search.greedy - 1e-9);
    expect(exceedsCaps(input, page.placed)).toBe(false);
    for (const one of page.placed) {
      const others = displaysOf(page.placed.filter((other) => other !== one));
      const limit = Math.min(one.candidate.maxItems, one.placement.maxItems ?? 50);
      expect(one.shown).toEqual(showableBeside(input, others, one.candidate).slice(0, limit));
      expect(one.shown.length).toBeGreaterThanOrEqual(one.candidate.minItems);
    }
    const shuffled = { ...input, candidates: [...input.candidates].reverse() };
    expect(JSON.stringify(everythingOf(compose(shuffled)))).toBe(JSON.stringify(everythingOf(page)));
  });
});
