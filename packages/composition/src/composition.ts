import type { Layout, Placement, Verdict, VerdictCode } from '@widget-mediator/contracts';
import type { Candidate } from './candidate.ts';
import type { Statistics } from './statistics.ts';

/**
 * Everything that composition knows. `candidates` hold at most one a widget, in any order; the editorial pool is among
 * them (`editorialCandidates`). `context.personal` says that the viewer is known. `seed` is a uint32 and
 * only breaks ties.
 */
export interface CompositionInput {
  readonly candidates: readonly Candidate[];
  readonly layout: Layout;
  readonly context: { readonly personal: boolean };
  readonly statistics: Statistics;
  readonly seed: number;
}

/**
 * A candidate in its placement. `position` is the placement's ordinal in the layout, from 1; `shown` are indexes into
 * the candidate's items, ascending; `score` includes the placement's attention.
 */
export interface PlacedCandidate {
  readonly candidate: Candidate;
  readonly placement: Placement;
  readonly position: number;
  readonly shown: readonly number[];
  readonly score: number;
}

/**
 * Where the items went: `received = placed + reserve + Σ dropped`. A dropped widget's items count under its code;
 * `reserve` are items of placed widgets that are neither shown nor duplicates. Codes with no items are absent.
 */
export interface Conservation {
  readonly received: number;
  readonly placed: number;
  readonly reserve: number;
  readonly dropped: Readonly<Partial<Record<VerdictCode, number>>>;
}

/** What one widget was worth: in its placement, or else on its whole list in the first placement it could take. */
export interface WidgetScore {
  readonly widget: string;
  readonly score: number;
  readonly placement?: string;
}

/**
 * A composed page. `placed` stand in page order. `scores` and `verdicts()` are made when asked for: scores of placed
 * widgets first, then the others', best first; verdicts of placed widgets' items in page order, then those
 * of widgets that are not on the page, by id.
 */
export interface Composition {
  readonly placed: readonly PlacedCandidate[];
  readonly conservation: Conservation;
  readonly scores: readonly WidgetScore[];
  verdicts(): Verdict[];
}
