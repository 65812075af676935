import {
  type Item,
  limits,
  type ProblemError,
  Publication,
  type Verdict,
  type WidgetManifest,
} from '@widget-mediator/contracts';
import { unknownFields } from './unknownFields.ts';
import { type ValidationErrors, validationErrors } from './validationErrors.ts';

/** What intake made of one publication. `verdicts` say what will keep it, or parts of it, off pages. */
export type Intake =
  | {
      readonly ok: true;
      readonly publication: Publication;
      readonly received: number;
      readonly verdicts: Verdict[];
      readonly warnings: ProblemError[];
    }
  | { readonly ok: false; readonly problem: ValidationErrors };

/**
 * Validates one publication of one widget, pushed, pulled or tried out: the one way in. Refused whole when it does
 * not fit the schema; an item that stands twice is dropped with a verdict. `received = kept + dropped`.
 */
export function admitPublication(manifest: WidgetManifest, body: unknown): Intake {
  const tooMany = countItems(body);
  if (tooMany !== undefined) return { ok: false, problem: tooMany };
  const parsed = Publication.safeParse(body);
  if (!parsed.success) return { ok: false, problem: validationErrors(parsed.error.issues) };

  const widget = manifest.metadata.id;
  const { kept, dropped } = dropRepeated(widget, parsed.data.items);
  const tooFew = kept.length > 0 && kept.length < manifest.spec.minItems;
  return {
    ok: true,
    publication: { ...parsed.data, items: kept },
    received: parsed.data.items.length,
    verdicts: tooFew ? [...dropped, { code: 'too-few-items', widget }] : dropped,
    warnings: [...emptyWarning(kept), ...unknownFields(body)],
  };
}

function emptyWarning(items: readonly Item[]): ProblemError[] {
  return items.length > 0
    ? []
    : [{ pointer: '/items', detail: 'is empty: to pages the widget has nothing to show' }];
}

/** A list that is too long is refused by its length, before ten thousand items make ten thousand errors. */
function countItems(body: unknown): ValidationErrors | undefined {
  const list = typeof body === 'object' && body !== null && 'items' in body ? body.items : undefined;
  const max = limits.itemsPerPublication;
  if (!Array.isArray(list) || list.length <= max) return undefined;
  return { errors: [{ pointer: '/items', detail: `must have a number of elements of at most ${max}` }] };
}

function dropRepeated(widget: string, items: readonly Item[]): { kept: Item[]; dropped: Verdict[] } {
  const seen = new Set<string>();
  const kept: Item[] = [];
  const dropped: Verdict[] = [];
  for (const item of items) {
    if (seen.has(item.id)) dropped.push({ code: 'repeated', widget, item: item.id });
    else kept.push(item);
    seen.add(item.id);
  }
  return { kept, dropped };
}
