import type { Feedback } from '@widget-mediator/composition';
import type { EvaluatorWidget, Training } from './evaluatorPage.ts';

interface Tally {
  readonly examined: number[];
  readonly wanted: number[];
}

/** What came of every list, by source, segment and rank: all of it examined, and wanted what was watched afterwards. */
export function countFeedback(
  { pages, truth }: Training['visible'],
  sourceOf: (widget: EvaluatorWidget) => string,
): Feedback['sources'] {
  const tallies = new Map<string, Map<string, Tally>>();
  for (const { user, context, widgets } of pages) {
    const watched = truth.get(user);
    for (const widget of widgets) {
      const { examined, wanted } = tallyOf(tallies, sourceOf(widget), context.segment);
      for (const [rank, [item]] of widget.items.entries()) {
        examined[rank] = (examined[rank] ?? 0) + 1;
        wanted[rank] = (wanted[rank] ?? 0) + (watched?.has(item) === true ? 1 : 0);
      }
    }
  }
  return Object.fromEntries(
    [...tallies].map(([source, segments]) => [source, { segments: Object.fromEntries(segments) }]),
  );
}

function tallyOf(tallies: Map<string, Map<string, Tally>>, source: string, segment: string): Tally {
  const segments = tallies.get(source) ?? new Map<string, Tally>();
  tallies.set(source, segments);
  const tally = segments.get(segment) ?? { examined: [], wanted: [] };
  segments.set(segment, tally);
  return tally;
}
