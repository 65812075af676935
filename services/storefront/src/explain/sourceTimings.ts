import type { Page, Trace } from '@widget-mediator/contracts';
import type { Names } from './names.ts';

/** What one source did for the page, as one bar of the chart. */
export type SourceTiming = {
  readonly widget: string;
  readonly title: string;
  /** Where it stands, counted from 1; absent when it is not on the page. */
  readonly position: number | undefined;
  readonly placement: string | undefined;
  readonly score: number | undefined;
  readonly outcome: string | undefined;
  readonly items: number | undefined;
  readonly durationMs: number | undefined;
  /** Length of the bar, 0 to 1 of the chart's scale. */
  readonly share: number;
};

export type SourceTimings = {
  readonly scaleMs: number;
  /** Where the deadline's line stands, 0 to 1. */
  readonly deadlineShare: number;
  readonly sources: readonly SourceTiming[];
};

/** The page's widgets in page order, then every other source that was asked, slowest first. */
export function sourceTimings(
  page: Pick<Page, 'placements'>,
  trace: Pick<Trace, 'sources' | 'widgets'>,
  { names, deadlineMs }: { readonly names: Names; readonly deadlineMs: number },
): SourceTimings {
  const reports = new Map(trace.sources.map((report) => [report.widget, report]));
  const scores = new Map(trace.widgets.map(({ widget, score }) => [widget, score]));
  const slowestMs = Math.max(0, ...trace.sources.map(({ durationMs }) => durationMs));
  const scaleMs = Math.max(deadlineMs, slowestMs) * 1.04;

  const describe = (widget: string, at?: { position: number; placement: string }): SourceTiming => {
    const report = reports.get(widget);
    return {
      widget,
      title: names.widget(widget),
      position: at?.position,
      placement: at?.placement,
      score: scores.get(widget),
      outcome: report?.outcome,
      items: report?.items,
      durationMs: report?.durationMs,
      share: report ? Math.min(1, report.durationMs / scaleMs) : 0,
    };
  };

  const placed = page.placements.map(({ widget, position, placement }) =>
    describe(widget.id, { position, placement }),
  );
  const onPage = new Set(placed.map(({ widget }) => widget));
  const others = trace.sources
    .filter(({ widget }) => !onPage.has(widget))
    .sort((a, b) => b.durationMs - a.durationMs)
    .map(({ widget }) => describe(widget));
  return { scaleMs, deadlineShare: deadlineMs / scaleMs, sources: [...placed, ...others] };
}
