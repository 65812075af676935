import {
  type Item,
  type ProblemError,
  type Publication,
  unknownFields,
  type ValidationErrors,
  type Verdict,
  type WidgetManifest,
} from '@widget-mediator/contracts';
import { parsePublication } from './parsePublication.ts';

/** A publication that fits the schema. `verdicts` say what will keep it, or parts of it, off pages. */
export interface AcceptedIntake {
  readonly ok: true;
  readonly publication: Publication;
  readonly received: number;
  readonly verdicts: Verdict[];
  /** What its author should know; made only when asked. */
  readonly warnings: () => ProblemError[];
}

/** What intake made of one publication. */
export type Intake = AcceptedIntake | { readonly ok: false; readonly problem: ValidationErrors };

/**
 * Validates one publication of one widget, pushed, pulled or tried out: the one way in. Refused whole when it does
 * not fit the schema; an item that stands twice is dropped with a verdict. `received = kept + dropped`.
 * `nowMs` is milliseconds since the epoch.
 */
export function admitPublication(manifest: WidgetManifest, body: unknown, nowMs: number): Intake {
  const parsed = parsePublication(body);
  if (!parsed.ok) return parsed;
  const widget = manifest.metadata.id;
  const { kept, dropped } = dropRepeated(widget, parsed.publication.items);
  const publication = dropped.length === 0 ? parsed.publication : { ...parsed.publication, items: kept };
  const absence = absenceOf(manifest, publication, nowMs);
  return {
    ok: true,
    publication,
    received: parsed.publication.items.length,
    verdicts: absence === undefined ? dropped : [...dropped, { code: absence, widget }],
    warnings: () => [...emptyWarning(kept), ...unknownFields(body)],
  };
}

/** What keeps the whole publication off pages, if anything does. */
function absenceOf(
  { spec }: WidgetManifest,
  { items, generatedAt, validFrom, expiresAt }: Publication,
  nowMs: number,
): 'stale-answer' | 'expired' | 'not-yet-valid' | 'too-few-items' | undefined {
  const { maxAgeMs } = spec.budget;
  if (maxAgeMs !== undefined && generatedAt !== undefined && nowMs - Date.parse(generatedAt) > maxAgeMs)
    return 'stale-answer';
  if (expiresAt !== undefined && Date.parse(expiresAt) <= nowMs) return 'expired';
  if (validFrom !== undefined && Date.parse(validFrom) > nowMs) return 'not-yet-valid';
  return items.length > 0 && items.length < spec.minItems ? 'too-few-items' : undefined;
}

function emptyWarning(items: readonly Item[]): ProblemError[] {
  return items.length > 0
    ? []
    : [{ pointer: '/items', detail: 'is empty: to pages the widget has nothing to show' }];
}

function dropRepeated(widget: string, items: Item[]): { kept: Item[]; dropped: Verdict[] } {
  const seen = new Set<string>();
  for (const { id } of items) seen.add(id);
  if (seen.size === items.length) return { kept: items, dropped: [] };
  seen.clear();
  const kept: Item[] = [];
  const dropped: Verdict[] = [];
  for (const item of items) {
    if (seen.has(item.id)) dropped.push({ code: 'repeated', widget, item: item.id });
    else kept.push(item);
    seen.add(item.id);
  }
  return { kept, dropped };
}
