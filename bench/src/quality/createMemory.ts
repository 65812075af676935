import { countStatistics, type Feedback, type Statistics } from '@widget-mediator/composition';
import type { EvaluatorPage, EvaluatorWidget } from './evaluatorPage.ts';

/** What is known of the pages so far; a page never counts for itself. */
export interface Memory {
  /** The snapshot to compose a page under: it names the widgets of this page too. */
  readonly statisticsFor: (page: EvaluatorPage) => Statistics;
  readonly add: (page: EvaluatorPage) => void;
}

/**
 * @param sourceOf whose statistics a widget has; widgets of one source share them, as `feedback`, which is by source
 */
export function createMemory(
  sourceOf: (widget: EvaluatorWidget) => string,
  feedback: Feedback['sources'] | undefined,
): Memory {
  const count = countStatistics();
  let pages = 0;
  const sources = new Map<string, string>();
  let bySource: Statistics = { id: '0', sources: {} };
  let snapshot: Statistics | undefined;

  return {
    statisticsFor(page) {
      for (const widget of page.widgets) {
        const id = widgetIdOf(widget);
        if (sources.has(id)) continue;
        sources.set(id, sourceOf(widget));
        snapshot = undefined;
      }
      if (isDue(pages, Number(bySource.id))) {
        bySource = count.snapshot(`${pages}`);
        snapshot = undefined;
      }
      snapshot ??= byWidget();
      return snapshot;
    },
    add(page) {
      pages++;
      count.add({
        widgets: page.widgets.map((widget) => ({
          widget: sourceOf(widget),
          items: widget.items.map(([item]) => `${item}`),
        })),
      });
      for (const widget of page.widgets) sources.set(widgetIdOf(widget), sourceOf(widget));
    },
  };

  function byWidget(): Statistics {
    return {
      id: bySource.id,
      sources: shared(bySource.sources),
      ...(feedback !== undefined && { feedback: { id: bySource.id, sources: shared(feedback) } }),
    };
  }

  /** Composition looks everything up by widget. */
  function shared<Value>(record: Readonly<Record<string, Value>>): Record<string, Value> {
    const entries: [string, Value][] = [];
    for (const [widget, source] of sources) {
      const value = record[source];
      if (value !== undefined) entries.push([widget, value]);
    }
    return Object.fromEntries(entries);
  }
}

/** A snapshot takes longer than a page: the first ten pages count at once, later ones ten at a time. */
const isDue = (pages: number, built: number): boolean =>
  pages > built && (pages <= 10 || pages - built >= 10);

/** `because:1` as a widget would be registered. */
export const widgetIdOf = ({ id }: EvaluatorWidget): string =>
  id.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
