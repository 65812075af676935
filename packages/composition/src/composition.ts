import type {
  Certificate,
  Layout,
  Placement,
  SeenItem,
  StoodThere,
  StrategyName,
  Verdict,
  VerdictCode,
  Why,
} from '@widget-mediator/contracts';
import type { Candidate } from './candidate.ts';
import type { Statistics } from './statistics.ts';

/** What stands above, when a page is asked for by cursor: none of it is repeated. */
export interface Above {
  /** How many of the layout's placements the pages above had. */
  readonly placements: number;
  readonly widgets: readonly string[];
  /** The items shown, as `itemHash` of their item keys. */
  readonly items: ReadonlySet<number>;
}

/** What a remote ranker says of this page's widgets, by widget: finite numbers, higher is better. */
export type Ranking = Readonly<Record<string, number>>;

/** The items that operators took off all pages: ids by `itemType`. Never changed once it was handed in: another is another. */
export type TakenDownItems = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Whom the page is for. `personal` says that the viewer is known; `segments` are the viewer's, in the order of the
 * request; `pins` the widget promised to each placement of the layout, by placement (`pinsInForce`).
 */
export interface ViewerContext {
  readonly personal: boolean;
  readonly segments: readonly string[];
  readonly pins: readonly (string | undefined)[];
  /** Ids of items that are not shown. */
  readonly dismissed: readonly string[];
  readonly seen: readonly SeenItem[];
  readonly lastPage: readonly StoodThere[];
  /** Absent when there are none. */
  readonly takenDown?: TakenDownItems;
  readonly above?: Above;
  /** Only under the strategy `remote`; without it that is consensus. */
  readonly ranking?: Ranking;
}

/** Nobody in particular, at no particular time. */
export const anybody: ViewerContext = {
  personal: false,
  segments: [],
  pins: [],
  dismissed: [],
  seen: [],
  lastPage: [],
};

/**
 * Everything that composition knows. `candidates` hold at most one a widget, in any order; the editorial pool is among
 * them (`editorialCandidates`). `seed` is a uint32 and only breaks ties.
 */
export interface CompositionInput {
  readonly candidates: readonly Candidate[];
  readonly layout: Layout;
  readonly context: ViewerContext;
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

/**
 * What one widget was worth: in its placement, or else on its whole list in the first placement it could take. `parts`
 * are what the score is made of, by name.
 */
export interface WidgetScore {
  readonly widget: string;
  readonly score: number;
  readonly placement?: string;
  readonly parts: Readonly<Record<string, number>>;
}

/** How a page came to be: the score of the greedy page, and what each pass after it added. */
export interface SearchReport {
  readonly greedy: number;
  readonly score: number;
  /** Other pages that were tried. */
  readonly iterations: number;
  readonly passes: PassReport[];
}

/** `withdrawn` says that the pass broke a promise of the page, so that the page before it stands. */
export interface PassReport {
  readonly name: string;
  readonly gain: number;
  readonly withdrawn: boolean;
}

/**
 * A composed page. `placed` stand in page order. `scores()` and `verdicts()` are made when asked for: scores of placed
 * widgets first, then the others', best first; verdicts of placed widgets' items in page order, then those
 * of widgets that are not on the page, by id.
 */
export interface Composition {
  readonly placed: readonly PlacedCandidate[];
  readonly conservation: Conservation;
  readonly search: SearchReport;
  /** The strategy that ranked: of one that had nothing to rank by, consensus. */
  readonly strategy: StrategyName;
  scores(): WidgetScore[];
  verdicts(): Verdict[];
  /** How far the page is from the best one at most. Works for some milliseconds: not for every page. */
  certificate(): Certificate;
  /** The same in steps of about a millisecond, for who must not keep others waiting. */
  certification(): Generator<void, Certificate>;
  /** Why a widget or item, by id, is not on the page; undefined when no candidate is called so or has it. */
  why(subject: string): Why | undefined;
}
