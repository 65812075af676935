import { sunsetMs } from '@widget-mediator/composition';
import type { ProblemError, Verdict, WidgetManifest } from '@widget-mediator/contracts';

/** What a receipt says of a widget that is on its way out: a warning, and from its sunset on a verdict. */
export interface DeprecationNotes {
  readonly warnings: readonly ProblemError[];
  readonly verdicts: readonly Verdict[];
}

export function deprecationNotes(manifest: WidgetManifest, nowMs: number): DeprecationNotes {
  const { id, deprecation } = manifest.metadata;
  if (deprecation === undefined) return { warnings: [], verdicts: [] };
  const { since, sunset, replacedBy } = deprecation;
  const facts = [
    `the widget is deprecated since ${since}`,
    sunset === undefined ? undefined : `served until ${sunset}`,
    replacedBy === undefined ? undefined : `replaced by ${replacedBy}`,
  ];
  const detail = facts.filter((fact) => fact !== undefined).join(', ');
  const isOver = sunsetMs(manifest) <= nowMs;
  return { warnings: [{ pointer: '', detail }], verdicts: isOver ? [{ code: 'sunset', widget: id }] : [] };
}
