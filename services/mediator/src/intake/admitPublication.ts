import {
  type Item,
  type ProblemError,
  type Publication,
  unknownFields,
  type ValidationErrors,
  type Verdict,
  type WidgetManifest,
} from '@widget-mediator/contracts';
import { parseJson } from './parseJson.ts';
import { parsePublication } from './parsePublication.ts';
import { hasRepeats, scanPublication } from './scan/scanPublication.ts';

/** A publication without its items. */
export type PublicationHead = Omit<Publication, 'items'>;

/** A publication that fits the schema. `verdicts` say what will keep it, or parts of it, off pages. */
export interface AcceptedIntake {
  readonly ok: true;
  readonly publication: PublicationHead;
  /** The whole of it, as JSON in UTF-8, in pieces. */
  readonly json: () => readonly Buffer[];
  readonly received: number;
  readonly kept: number;
  readonly verdicts: Verdict[];
  /** What its author should know; made only when asked. */
  readonly warnings: () => ProblemError[];
}

interface RefusedIntake {
  readonly ok: false;
  readonly problem: ValidationErrors;
}

/** What intake made of one publication. */
export type Intake = AcceptedIntake | RefusedIntake;

/**
 * Validates one publication of one widget, pushed, pulled or tried out: the one way in. Refused whole when it does
 * not fit the schema; an item that stands twice is dropped with a verdict. `received = kept + dropped`.
 * `nowMs` is milliseconds since the epoch.
 */
export function admitPublication(
  manifest: WidgetManifest,
  body: unknown,
  nowMs: number,
): (AcceptedIntake & { readonly publication: Publication }) | RefusedIntake {
  const parsed = parsePublication(body);
  if (!parsed.ok) return parsed;
  const widget = manifest.metadata.id;
  const { kept, dropped } = dropRepeated(widget, parsed.publication.items);
  const publication = dropped.length === 0 ? parsed.publication : { ...parsed.publication, items: kept };
  const json = () => [Buffer.from(JSON.stringify(publication))];
  return {
    ...accepted(manifest, { body, head: publication, kept: kept.length, dropped, json }, nowMs),
    publication,
  };
}

/**
 * The same of the bytes of a body. Items that are plainly valid, and written as they would be kept, are kept as they stand.
 * Throws `JsonError` when it is no JSON.
 */
export function admitBytes(manifest: WidgetManifest, bytes: Buffer, nowMs: number): Intake {
  const scan = scanPublication(bytes, manifest.spec.itemType, true);
  if (scan?.canonical === undefined || hasRepeats(scan.items)) {
    return admitPublication(manifest, parseJson(bytes), nowMs);
  }
  const parsed = parsePublication(scan.envelope);
  if (!parsed.ok) return parsed;
  const { items: _none, ...head } = parsed.publication;
  const { from, to } = scan.canonical;
  const json = () => [
    Buffer.from(`${JSON.stringify(head).slice(0, -1)},"items":`),
    bytes.subarray(from, to),
    closeBrace,
  ];
  return accepted(manifest, { body: scan.envelope, head, kept: scan.items.length, dropped: [], json }, nowMs);
}

const closeBrace = Buffer.from('}');

interface Looked {
  readonly body: unknown;
  readonly head: PublicationHead;
  readonly kept: number;
  readonly dropped: Verdict[];
  readonly json: () => readonly Buffer[];
}

function accepted(
  manifest: WidgetManifest,
  { body, head, kept, dropped, json }: Looked,
  nowMs: number,
): AcceptedIntake {
  const absence = absenceOf(manifest, { ...head, kept }, nowMs);
  return {
    ok: true,
    publication: head,
    json,
    received: kept + dropped.length,
    kept,
    verdicts: absence === undefined ? dropped : [...dropped, { code: absence, widget: manifest.metadata.id }],
    warnings: () => [...emptyWarning(kept), ...unknownFields(body)],
  };
}

/** What keeps the whole publication off pages, if anything does. */
function absenceOf(
  { spec }: WidgetManifest,
  { kept, generatedAt, validFrom, expiresAt }: PublicationHead & { readonly kept: number },
  nowMs: number,
): 'stale-answer' | 'expired' | 'not-yet-valid' | 'too-few-items' | undefined {
  const { maxAgeMs } = spec.budget;
  if (maxAgeMs !== undefined && generatedAt !== undefined && nowMs - Date.parse(generatedAt) > maxAgeMs)
    return 'stale-answer';
  if (expiresAt !== undefined && Date.parse(expiresAt) <= nowMs) return 'expired';
  if (validFrom !== undefined && Date.parse(validFrom) > nowMs) return 'not-yet-valid';
  return kept > 0 && kept < spec.minItems ? 'too-few-items' : undefined;
}

function emptyWarning(kept: number): ProblemError[] {
  return kept > 0 ? [] : [{ pointer: '/items', detail: 'is empty: to pages the widget has nothing to show' }];
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
