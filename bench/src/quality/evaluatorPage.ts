/** One person's candidate lists, as the evaluator hands them to a strategy. Item ids are numbers there. */
export interface EvaluatorPage {
  readonly user: number | string;
  readonly context: { readonly segment: string };
  readonly widgets: readonly EvaluatorWidget[];
}

export interface EvaluatorWidget {
  readonly id: string;
  readonly service: string;
  /** Best first: the item and the service's own score, which is not read. */
  readonly items: readonly (readonly [item: number, score: number | null])[];
}

/** What the evaluator tells a strategy before it shows it pages: never the truth of those it is judged by. */
export interface Training {
  readonly visible: {
    readonly pages: readonly EvaluatorPage[];
    /** What each person of these pages went on to watch. */
    readonly truth: ReadonlyMap<EvaluatorPage['user'], ReadonlySet<number>>;
  };
  readonly items: Readonly<Record<string, { readonly genres?: readonly string[] }>>;
}

/** A widget that is on the page, and what it shows. */
export interface EvaluatorRow {
  readonly widgetId: string;
  readonly items: readonly number[];
}
