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
    version: z.int().describe("The version of the publication shown; 1 for the layout's own lists."),
    title: z.string().describe('The heading, as plain text.'),
    itemType: slug().describe('What the items are, such as film.'),
    provenance: Provenance,
    token: z.string().describe('Signed, opaque: says what was shown where. Keep it with what you record.'),
    items: z.array(PageItem).describe('What to show, in order.'),
  })
  .meta({ id: 'PlacedWidget', description: 'A widget as it stands on a page.' });
export type PlacedWidget = z.infer<typeof PlacedWidget>;

/** One filled placement. `position` counts from 1, top to bottom. */
export const FilledPlacement = z
  .object({
    placement: slug().describe("The placement's id in the layout."),
    kind: PlacementKind,
    position: z.int().min(1).describe('Its ordinal in the layout; a placement that is left empty is a gap.'),
    widget: PlacedWidget,
  })
  .meta({ id: 'FilledPlacement', description: 'One filled placement; position counts from 1.' });
export type FilledPlacement = z.infer<typeof FilledPlacement>;

const degradedCodes = verdictCodes.filter((code) => verdictTable[code].degraded);

/** A source that failed for this page, whether or not something stood in for it. */
export const Degraded = z
  .object({
    source: WidgetId.describe('The widget whose source failed.'),
    reason: z.enum(degradedCodes as [VerdictCode, ...VerdictCode[]]).describe('The verdict.'),
  })
  .meta({ id: 'Degraded', description: 'A source that failed for this page, and why.' });
export type Degraded = z.infer<typeof Degraded>;

const count = z.int().min(0);

/** What each source brought: provenance or reason, items, and milliseconds from the start of the page. */
export const SourceReport = z
  .object({
    widget: WidgetId,
    outcome: z
      .union([Provenance, z.enum(verdictCodes as [VerdictCode, ...VerdictCode[]])])
      .describe('The provenance of what it brought, or the verdict when it brought nothing.'),
    items: count.describe('How many items it brought.'),
    durationMs: z.number().describe('From the start of the page until it was settled.'),
  })
  .meta({ id: 'SourceReport', description: 'What one source brought to the page.' });
export type SourceReport = z.infer<typeof SourceReport>;

/** Everything that happened to one page. Items conserve: `received = placed + reserve + Σ dropped`. */
export const Trace = z
  .object({
    layout: z
      .object({ id: slug().describe('Its id.'), version: z.string().describe('Its version.') })
      .describe('The layout that the page was made from.'),
    strategy: z.string().describe('How widgets were ranked.'),
    statisticsId: z.string().describe('The statistics that ranking used; none before there are any.'),
    seed: z.int().describe('What broke ties: the same viewer has the same.'),
    sources: z.array(SourceReport).describe('Every widget that may be on this page.'),
    widgets: z
      .array(
        z.object({
          widget: WidgetId,
          score: z.number().describe('What its items are worth to the strategy, where it stands or could.'),
          placement: slug().exactOptional().describe('Where it stands; absent when it does not.'),
        }),
      )
      .describe('Every widget that had something to show.'),
    conservation: z
      .object({
        received: count.describe('Items that came in.'),
        placed: count.describe('Items that are shown.'),
        reserve: count.describe('Items of shown widgets that did not fit.'),
        dropped: z
          .partialRecord(z.enum(verdictCodes as [VerdictCode, ...VerdictCode[]]), count)
          .describe('Items that are not shown, by verdict.'),
      })
      .describe('Where all items went.'),
    verdicts: z.array(Verdict).describe('Why each widget and item that is absent is absent.'),
    timingsMs: z.record(z.string(), z.number()).describe('Milliseconds that each stage took.'),
  })
  .meta({
    id: 'Trace',
    description: 'Everything that happened to one page; received = placed + reserve + Σ dropped.',
  });
export type Trace = z.infer<typeof Trace>;

/** A composed page. `placements` stand in page order; `degraded` names sources that failed; `trace` only when explained. */
export const Page = z
  .object({
    pageId: z.string().describe('Names this page in tokens and in the log.'),
    layoutVersion: z.string().describe('The layout that it was made from.'),
    placements: z.array(FilledPlacement).describe('The filled placements, top to bottom.'),
    degraded: z.array(Degraded).describe('The sources that failed for this page; nothing to draw.'),
    trace: Trace.exactOptional().describe('Only with explain=true.'),
  })
  .meta({ id: 'Page', description: 'A composed page.' });
export type Page = z.infer<typeof Page>;
