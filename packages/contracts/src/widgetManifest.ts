import * as z from 'zod';
import { Deprecation } from './deprecation.ts';
import { Device, Locale, PlacementKind, SegmentId, TeamId, WidgetId } from './identifiers.ts';
import { Item } from './item.ts';
import { limits } from './limits.ts';
import { slug, text } from './text.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** Parts of the page context that a pull source's answer depends on, and nothing else is sent or keyed by. */
export const Vary = z
  .array(z.enum(['user', 'segments', 'locale', 'device']))
  .max(4)
  .meta({ id: 'Vary', description: 'What of the page context the answer depends on.' });
export type Vary = z.infer<typeof Vary>;

const freshness = {
  ttlMs: z
    .int()
    .min(0)
    .max(30 * dayMs)
    .describe('How long content is fresh, from admission or validFrom.'),
  staleForMs: z
    .int()
    .min(0)
    .max(30 * dayMs)
    .describe('How much longer it may be shown, as stale.'),
  staleWhileRevalidateMs: z
    .int()
    .min(0)
    .max(30 * dayMs)
    .describe(
      'For so long of that, pages show it without waiting, while one call fetches newer content; 0: pages ask first.',
    ),
};

/** Pull: the mediator asks `endpoint` while a page is being made. Push: the source publishes ahead of time. */
export const Delivery = z
  .discriminatedUnion('mode', [
    z.strictObject({
      mode: z.literal('pull'),
      endpoint: z
        .url({ protocol: /^https?$/ })
        .max(2048)
        .describe('Where the mediator asks. Its host must be on the allow-list.'),
      format: z.literal('native').default('native').describe('The only one so far: a publication.'),
      vary: Vary.default(['user']),
      ttlMs: freshness.ttlMs.default(60_000),
      staleForMs: freshness.staleForMs.default(600_000),
      staleWhileRevalidateMs: freshness.staleWhileRevalidateMs.default(0),
    }),
    z.strictObject({
      mode: z.literal('push'),
      ttlMs: freshness.ttlMs.min(1_000).default(dayMs),
      staleForMs: freshness.staleForMs.default(dayMs),
    }),
  ])
  .meta({
    id: 'Delivery',
    description: 'How items reach the mediator: pulled per page, or pushed ahead of time.',
  });
export type Delivery = z.infer<typeof Delivery>;

/** What the team wants shown when its source fails: another widget's content, or items of its own. */
export const Fallback = z
  .union([
    z.strictObject({ widget: WidgetId.describe('What this push widget has for everyone.') }),
    z.strictObject({ items: z.array(Item).min(1).max(limits.maxItems).describe('Items of your own.') }),
  ])
  .meta({ id: 'Fallback', description: 'What stands in when the source fails.' });
export type Fallback = z.infer<typeof Fallback>;

/** Which requests the widget is for. A request that states no maturity gets every widget. */
export const Eligibility = z
  .strictObject({
    locales: z.array(Locale).min(1).max(64).exactOptional().describe('en takes in en-GB, not the other way.'),
    devices: z.array(Device).min(1).max(4).exactOptional().describe('Absent means all.'),
    segments: z.array(SegmentId).min(1).max(64).exactOptional().describe('Viewers in any of these.'),
    maturity: z.int().min(0).max(21).exactOptional().describe('For viewers of at least this age, in years.'),
  })
  .meta({ id: 'Eligibility', description: 'Which requests the widget is for; absent means all.' });
export type Eligibility = z.infer<typeof Eligibility>;

/** enforce acts on a breach, shadow records it. */
export const BudgetMode = z.enum(['enforce', 'shadow']);

/** What becomes of the breaches of each budget: acted upon, or only recorded. Latency, bytes and age always hold. */
export const BudgetModes = z
  .strictObject({
    rate: BudgetMode.default('enforce').describe('Calls and publications beyond ratePerSecond.'),
    errors: BudgetMode.default('enforce').describe('A failing source, by errorShare: its breaker.'),
    load: BudgetMode.default('enforce').describe('Calls in flight, fewer while answers come near latencyMs.'),
  })
  .meta({ id: 'BudgetModes', description: 'What becomes of breaches, for each budget.' });
export type BudgetModes = z.infer<typeof BudgetModes>;

/** Whether breaches of a budget are acted upon. */
export const isEnforced = ({ mode }: { readonly mode: BudgetModes }, budget: keyof BudgetModes): boolean =>
  mode[budget] === 'enforce';

/** What one source may spend. */
export const Budget = z
  .strictObject({
    latencyMs: z
      .int()
      .min(5)
      .max(limits.maxDeadlineMs)
      .default(80)
      .describe('For one answer, body included; then the call is cancelled.'),
    ratePerSecond: z
      .number()
      .min(0.1)
      .max(10_000)
      .default(200)
      .describe('Calls (pull) and publications (push) a second, of all mediators together.'),
    maxBytes: z
      .int()
      .min(1_024)
      .max(limits.publicationBytes)
      .default(256 * 1024)
      .describe('For one pulled answer, or one publication.'),
    errorShare: z
      .number()
      .min(0.05)
      .max(0.95)
      .default(0.5)
      .describe('Of calls within a second: when more than this share fails, the source is left alone.'),
    maxAgeMs: z
      .int()
      .min(1_000)
      .max(30 * dayMs)
      .exactOptional()
      .describe('How old content may be when it comes in, by its generatedAt. Absent: not looked at.'),
    mode: BudgetModes.prefault({}).describe(
      'For each of three budgets: enforce, or shadow (breaches are recorded and not acted upon).',
    ),
  })
  .meta({
    id: 'Budget',
    description: 'What one source may spend: latency, calls per second, bytes, failures, age.',
  });
export type Budget = z.infer<typeof Budget>;

/**
 * How the widget takes part in page-wide dedupe. Two widgets conflict on an item when one blocks and the
 * other yields, compared under the yielder's `key`; an item without that key falls back to its id.
 */
export const Dedupe = z
  .strictObject({
    key: z.enum(['item', 'parent', 'creator']).default('item').describe('What of its items is compared.'),
    yields: z.boolean().default(true).describe('Gives way to what others show.'),
    blocks: z.boolean().default(true).describe('Keeps others from showing what it shows.'),
  })
  .meta({ id: 'Dedupe', description: 'How the widget takes part in page-wide dedupe.' });
export type Dedupe = z.infer<typeof Dedupe>;

/** Who a widget is, in every version of the format. */
export const metadataFields = {
  id: WidgetId.describe('Names the widget and, in verdicts and metrics, its source. As in the path.'),
  owner: TeamId.describe('Your team, as your key says.'),
  title: text(200).describe('The heading, unless a publication has its own.'),
  contact: text(200).exactOptional().describe('Whom to ask about it.'),
};

/** What a widget is and may, in every version of the format; they differ in how budgets are written. */
export const specWith = <B extends z.ZodType>(budget: B) =>
  z
    .strictObject({
      itemType: slug().describe('What its items are; dedupe compares within one type.'),
      delivery: Delivery,
      fallback: Fallback.exactOptional(),
      eligibility: Eligibility.exactOptional(),
      budget,
      minItems: z
        .int()
        .min(1)
        .max(limits.maxItems)
        .default(4)
        .describe('With fewer left after dedupe it is not shown.'),
      maxItems: z.int().min(1).max(limits.maxItems).default(20).describe('At most so many are shown.'),
      placements: z
        .array(PlacementKind)
        .min(1)
        .max(16)
        .describe('The kinds it can take, such as hero or row.'),
      dedupe: Dedupe.prefault({}),
      lifecycle: z
        .enum(['shadow', 'canary', 'live'])
        .default('live')
        .describe('Only live is on pages; the other two differ in name only so far.'),
    })
    .refine((spec) => spec.minItems <= spec.maxItems, {
      path: ['minItems'],
      message: 'must not be more than maxItems',
    });

/** A widget's registration, as its team keeps it in its own repository (`widget.yaml`). Unknown fields are errors. */
export const WidgetManifest = z
  .strictObject({
    apiVersion: z.literal('widget-mediator/v2').describe('The version of this format.'),
    kind: z.literal('Widget').describe('What the document is.'),
    metadata: z.strictObject({ ...metadataFields, deprecation: Deprecation.exactOptional() }),
    spec: specWith(Budget.prefault({})),
  })
  .meta({
    id: 'WidgetManifest',
    description: "A widget's registration: who owns it, how it is delivered, what it may spend.",
  });
export type WidgetManifest = z.infer<typeof WidgetManifest>;
