import * as z from 'zod';
import { PlacementKind, WidgetId } from './identifiers.ts';
import { PageItem } from './item.ts';
import { StrategyName } from './layout.ts';
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
    source: WidgetId.describe('The widget whose source failed, or ranker.'),
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

/** How far a page is from the best one at most: `score ≤ optimum ≤ bound`. */
export const Certificate = z
  .object({
    score: z.number().describe('The score of the page.'),
    bound: z.number().describe('No page of these candidates scores higher.'),
    gap: z.number().describe('1 − score ÷ bound: what a better page could gain at most.'),
    prices: z
      .array(z.object({ item: z.string().describe('Its dedupe key.'), price: z.number() }))
      .describe('Shadow prices: what showing the item once more would be worth to the page; dearest first.'),
  })
  .meta({ id: 'Certificate', description: 'How far the page is from the best one at most.' });
export type Certificate = z.infer<typeof Certificate>;

/** Why something is not on the page: a chain of verdicts that ends at what is there instead. */
export const Why = z
  .object({
    subject: z.string().describe('The widget or item that was asked about.'),
    present: z.boolean().describe('Whether it is on the page after all.'),
    sentence: z.string().describe('The chain in words.'),
    chain: z
      .array(Verdict)
      .describe('Each names the cause of the one before; the last winner is on the page.'),
  })
  .meta({ id: 'Why', description: 'Why something is not on the page, down to what is there instead.' });
export type Why = z.infer<typeof Why>;

/** Everything that happened to one page. Items conserve: `received = placed + reserve + Σ dropped`. */
export const Trace = z
  .object({
    layout: z
      .object({ id: slug().describe('Its id.'), version: z.string().describe('Its version.') })
      .describe('The layout that the page was made from.'),
    strategy: StrategyName.describe('How widgets were ranked: consensus when the ranker of remote failed.'),
    ranker: z
      .object({
        outcome: z
          .union([z.literal('answered'), z.enum(verdictCodes as [VerdictCode, ...VerdictCode[]])])
          .describe('Whether it answered, or the verdict when it did not.'),
        durationMs: z.number().describe('How long the page waited for it.'),
      })
      .exactOptional()
      .describe('What became of asking the ranker; only under the strategy remote.'),
    statisticsId: z.string().describe('The statistics that ranking used; none before there are any.'),
    seed: z.int().describe('What broke ties: the same viewer has the same.'),
    sources: z.array(SourceReport).describe('Every widget that may be on this page.'),
    widgets: z
      .array(
        z.object({
          widget: WidgetId,
          score: z.number().describe('What its items are worth to the strategy, where it stands or could.'),
          placement: slug().exactOptional().describe('Where it stands; absent when it does not.'),
          parts: z
            .record(z.string(), z.number())
            .describe('What the score is made of: factors and shares, by name (docs/composition.md).'),
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
    search: z
      .object({
        greedy: z.number().describe('The score of the greedy page.'),
        score: z.number().describe('The score of the page.'),
        iterations: count.describe('Other pages that were tried.'),
        passes: z
          .array(
            z.object({
              name: z.string().describe('The pass.'),
              gain: z.number().describe('What it added to the score.'),
              withdrawn: z
                .boolean()
                .describe('Whether it broke a promise, so that the page before it stands.'),
            }),
          )
          .describe('What bettered the page, in order.'),
      })
      .describe('How the page was made.'),
    certificate: Certificate.exactOptional(),
    why: Why.exactOptional(),
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
    nextCursor: z
      .string()
      .exactOptional()
      .describe('Asks for what comes below; absent when this is the end of the page.'),
    trace: Trace.exactOptional().describe('Only with explain=true.'),
  })
  .meta({ id: 'Page', description: 'A composed page.' });
export type Page = z.infer<typeof Page>;
