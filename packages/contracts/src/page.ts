import { z } from 'zod';
import { PlacementKind, WidgetId } from './identifiers.ts';
import { PageItem } from './item.ts';
import { slug } from './text.ts';
import { Verdict, type VerdictCode, verdictCodes, verdictTable } from './verdicts.ts';

/** How good what is shown is: the source's own, its own but late, its team's stand-in, or the layout's default. */
export const Provenance = z.enum(['fresh', 'stale', 'fallback', 'editorial']).meta({
  id: 'Provenance',
  description: "fresh, stale, fallback (the team's stand-in) or editorial (the layout's default).",
});
export type Provenance = z.infer<typeof Provenance>;

/** A widget as it stands on a page. `version` is its publication's; `token` is the signed attribution of what was shown. */
export const PlacedWidget = z
  .object({
    id: WidgetId,
    version: z.int(),
    title: z.string(),
    itemType: slug(),
    provenance: Provenance,
    token: z.string(),
    items: z.array(PageItem),
  })
  .meta({ id: 'PlacedWidget', description: 'A widget as it stands on a page.' });
export type PlacedWidget = z.infer<typeof PlacedWidget>;

/** One filled placement. `position` counts from 1, top to bottom. */
export const FilledPlacement = z
  .object({ placement: slug(), kind: PlacementKind, position: z.int().min(1), widget: PlacedWidget })
  .meta({ id: 'FilledPlacement', description: 'One filled placement; position counts from 1.' });
export type FilledPlacement = z.infer<typeof FilledPlacement>;

const degradedCodes = verdictCodes.filter((code) => verdictTable[code].degraded);

/** A source that failed for this page, whether or not something stood in for it. */
export const Degraded = z
  .object({ source: WidgetId, reason: z.enum(degradedCodes as [VerdictCode, ...VerdictCode[]]) })
  .meta({ id: 'Degraded', description: 'A source that failed for this page, and why.' });
export type Degraded = z.infer<typeof Degraded>;

const count = z.int().min(0);

/** What each source brought: provenance or reason, items, and milliseconds from the start of the page. */
export const SourceReport = z
  .object({
    widget: WidgetId,
    outcome: z.union([Provenance, z.enum(verdictCodes as [VerdictCode, ...VerdictCode[]])]),
    items: count,
    durationMs: z.number(),
  })
  .meta({ id: 'SourceReport', description: 'What one source brought to the page.' });
export type SourceReport = z.infer<typeof SourceReport>;

/** Everything that happened to one page. Items conserve: `received = placed + reserve + Σ dropped`. */
export const Trace = z
  .object({
    layout: z.object({ id: slug(), version: z.string() }),
    strategy: z.string(),
    statisticsId: z.string(),
    seed: z.int(),
    sources: z.array(SourceReport),
    widgets: z.array(z.object({ widget: WidgetId, score: z.number(), placement: slug().exactOptional() })),
    conservation: z.object({
      received: count,
      placed: count,
      reserve: count,
      dropped: z.partialRecord(z.enum(verdictCodes as [VerdictCode, ...VerdictCode[]]), count),
    }),
    verdicts: z.array(Verdict),
    timingsMs: z.record(z.string(), z.number()),
  })
  .meta({
    id: 'Trace',
    description: 'Everything that happened to one page; received = placed + reserve + Σ dropped.',
  });
export type Trace = z.infer<typeof Trace>;

/** A composed page. `placements` stand in page order; `degraded` names sources that failed; `trace` only when explained. */
export const Page = z
  .object({
    pageId: z.string(),
    layoutVersion: z.string(),
    placements: z.array(FilledPlacement),
    degraded: z.array(Degraded),
    trace: Trace.exactOptional(),
  })
  .meta({ id: 'Page', description: 'A composed page.' });
export type Page = z.infer<typeof Page>;
