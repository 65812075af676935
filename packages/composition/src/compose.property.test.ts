import fc from 'fast-check';
import { tierOf } from './candidate.ts';
import { compose } from './compose.ts';
import type { Composition, CompositionInput } from './composition.ts';
import { canTake } from './eligibility.ts';
import { inputs } from './testing/arbitraries.ts';
import { composeFully } from './testing/composeFully.ts';
import { displaysOf, isConflict, ownKey, showableBeside } from './testing/rules.ts';

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

const everythingOf = (page: Composition) => ({
  page: pageOf(page),
  conservation: page.conservation,
  scores: page.scores,
  verdicts: page.verdicts(),
});

const absentOf = ({ placed }: Composition, { candidates }: CompositionInput) =>
  candidates.filter((candidate) => !placed.some((other) => other.candidate === candidate));

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

  it('counts every item once: received = placed + reserve + Σ dropped, as the verdicts say', () => {
    everyPage((page, { candidates }) => {
      const { received, placed, reserve, dropped } = page.conservation;
      const total = Object.values(dropped).reduce((sum, count) => sum + count, placed + reserve);
      expect(received).toBe(candidates.reduce((sum, { items }) => sum + items.length, 0));
      expect(total).toBe(received);
      expect(placed).toBe(displaysOf(page.placed).length);
      expect(reserve).toBeGreaterThanOrEqual(0);
      const counted: Record<string, number> = {};
      for (const { code, widget } of page.verdicts()) {
        const lost =
          code === 'duplicate' ? 1 : candidates.find((other) => other.widget === widget)?.items.length;
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
    everyPage((page) => {
      const displays = displaysOf(page.placed);
      let reserve = 0;
      for (const { candidate, shown } of page.placed) {
        for (const [index, item] of candidate.items.entries()) {
          if (shown.includes(index)) continue;
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
    everyPage((page, { candidates }) => {
      for (const { code, widget, winner } of page.verdicts()) {
        if (code !== 'outranked' && code !== 'too-few-after-dedupe') continue;
        const loser = candidates.find((other) => other.widget === widget);
        const rival = page.placed.find(({ candidate }) => candidate.widget === winner?.widget);
        if (!loser || !rival) throw new Error('the winner is not on the page');
        if (code === 'outranked') expect(canTake(loser, rival.placement)).toBe(true);
        else expect(showableBeside(displaysOf([rival]), loser).length).toBeLessThan(loser.items.length);
      }
    });
  });

  it('leaves no placement empty that an absent widget could still fill', () => {
    everyPage((page, input) => {
      const displays = displaysOf(page.placed);
      const empty = input.layout.placements.filter(
        (placement) => !page.placed.some((other) => other.placement === placement),
      );
      for (const candidate of absentOf(page, input)) {
        const isBigEnough = showableBeside(displays, candidate).length >= candidate.minItems;
        expect(isBigEnough && empty.some((placement) => canTake(candidate, placement))).toBe(false);
      }
    });
  });

  it('gives a placement to a lower rung only where no absent widget of a higher one can stand', () => {
    everyPage((page, input) => {
      for (const lower of page.placed) {
        if (input.context.pins[lower.position - 1] === lower.candidate.widget) continue;
        const others = displaysOf(page.placed.filter((other) => other !== lower));
        for (const higher of absentOf(page, input)) {
          if (tierOf(higher.provenance) >= tierOf(lower.candidate.provenance)) continue;
          const isBigEnough = showableBeside(others, higher).length >= higher.minItems;
          expect(isBigEnough && canTake(higher, lower.placement)).toBe(false);
        }
      }
    });
  });

  it('is the page of the full greedy, in which every candidate is evaluated for every placement', () => {
    everyPage((page, input) => {
      const fully = composeFully(input).map(({ candidate, placement, shown }) => ({
        widget: candidate.widget,
        placement: placement.id,
        shown,
      }));
      const lazily = pageOf(page).map(({ widget, placement, shown }) => ({ widget, placement, shown }));
      expect(lazily).toEqual(fully);
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
        expect(everythingOf(compose({ ...input, candidates }))).toEqual(everythingOf(compose(input)));
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
