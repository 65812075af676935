import type { Publication, VerdictCode, WidgetManifest } from '@widget-mediator/contracts';
import { admitPublication } from './admitPublication.ts';
import { type ContentList, listOf } from './content.ts';
import { serialiseWhenShown, sliceScanned } from './fragments.ts';
import { parsedOrNothing } from './parseJson.ts';
import { hasRepeats, scanPublication } from './scan/scanPublication.ts';

/** What intake made of a pulled answer: its items in the form that costs least, and what keeps it off pages. */
export interface AdmittedAnswer {
  readonly publication: Omit<Publication, 'items'>;
  readonly list: ContentList;
  readonly absence: Extract<VerdictCode, 'expired' | 'not-yet-valid' | 'stale-answer'> | undefined;
}

/**
 * Validates a pulled answer, as {@link admitPublication} does; undefined when it is invalid. Items that are plainly valid
 * stay in their bytes. `nowMs` is milliseconds since the epoch.
 */
export const admitAnswer = (
  manifest: WidgetManifest,
  bytes: Buffer,
  nowMs: number,
): AdmittedAnswer | undefined => scanned(manifest, bytes, nowMs) ?? parsed(manifest, bytes, nowMs);

function scanned(manifest: WidgetManifest, bytes: Buffer, nowMs: number): AdmittedAnswer | undefined {
  const scan = scanPublication(bytes, manifest.spec.itemType);
  if (scan === undefined || hasRepeats(scan.items)) return undefined;
  const list = { items: scan.items, fragments: sliceScanned(bytes, scan.items) };
  return admitted(manifest, scan.envelope, { list: () => list, nowMs });
}

function parsed(manifest: WidgetManifest, bytes: Buffer, nowMs: number): AdmittedAnswer | undefined {
  const list = ({ items }: Publication) =>
    listOf(manifest.spec.itemType, items, serialiseWhenShown(bytes.length));
  return admitted(manifest, parsedOrNothing(bytes), { list, nowMs });
}

function admitted(
  manifest: WidgetManifest,
  body: unknown,
  { list, nowMs }: { readonly list: (publication: Publication) => ContentList; readonly nowMs: number },
): AdmittedAnswer | undefined {
  const intake = admitPublication(manifest, body, nowMs);
  if (!intake.ok) return undefined;
  const codes = intake.verdicts.map(({ code }) => code);
  return {
    publication: intake.publication,
    list: list(intake.publication),
    absence: absences.find((code) => codes.includes(code)),
  };
}

const absences = ['stale-answer', 'expired', 'not-yet-valid'] as const;
