import { z } from 'zod';
import { Device, Locale, PlacementKind, SegmentId, TeamId, UserId, WidgetId } from './identifiers.ts';
import { Item } from './item.ts';
import { limits } from './limits.ts';
import { opaqueId, slug, text } from './text.ts';

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
    .max(30 * dayMs),
  staleForMs: z
    .int()
    .min(0)
    .max(30 * dayMs),
};

/** Pull: the mediator asks `endpoint` while a page is being made. Push: the source publishes ahead of time. */
export const Delivery = z
  .discriminatedUnion('mode', [
    z.strictObject({
      mode: z.literal('pull'),
      endpoint: z.url({ protocol: /^https?$/ }).max(2048),
      format: z.literal('native').default('native'),
      vary: Vary.default(['user']),
      ttlMs: freshness.ttlMs.default(60_000),
      staleForMs: freshness.staleForMs.default(600_000),
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
    z.strictObject({ widget: WidgetId }),
    z.strictObject({ items: z.array(Item).min(1).max(limits.maxItems) }),
  ])
  .meta({ id: 'Fallback', description: 'What stands in when the source fails.' });
export type Fallback = z.infer<typeof Fallback>;

/** Which requests the widget is for. A request that states no maturity gets every widget. */
export const Eligibility = z
  .strictObject({
    locales: z.array(Locale).min(1).max(64).exactOptional(),
    devices: z.array(Device).min(1).max(4).exactOptional(),
    segments: z.array(SegmentId).min(1).max(64).exactOptional(),
    maturity: z.int().min(0).max(21).exactOptional(),
  })
  .meta({ id: 'Eligibility', description: 'Which requests the widget is for; absent means all.' });
export type Eligibility = z.infer<typeof Eligibility>;

/** What one source may spend. In `shadow` mode a breach of rate or errors is recorded and not acted upon; latency and bytes always hold. */
export const Budget = z
  .strictObject({
    latencyMs: z.int().min(5).max(limits.maxDeadlineMs).default(80),
    ratePerSecond: z.number().min(0.1).max(10_000).default(200),
    maxBytes: z
      .int()
      .min(1_024)
      .max(limits.publicationBytes)
      .default(256 * 1024),
    mode: z.enum(['enforce', 'shadow']).default('enforce'),
  })
  .meta({
    id: 'Budget',
    description: 'What one source may spend: latency, calls per second, bytes per answer.',
  });
export type Budget = z.infer<typeof Budget>;

/**
 * How the widget takes part in page-wide dedupe. Two widgets conflict on an item when one blocks and the
 * other yields, compared under the yielder's `key`; an item without that key falls back to its id.
 */
export const Dedupe = z
  .strictObject({
    key: z.enum(['item', 'parent', 'creator']).default('item'),
    yields: z.boolean().default(true),
    blocks: z.boolean().default(true),
  })
  .meta({ id: 'Dedupe', description: 'How the widget takes part in page-wide dedupe.' });
export type Dedupe = z.infer<typeof Dedupe>;

/** A widget's registration, as its team keeps it in its own repository (`widget.yaml`). Unknown fields are errors. */
export const WidgetManifest = z
  .strictObject({
    apiVersion: z.literal('widget-mediator/v1'),
    kind: z.literal('Widget'),
    metadata: z.strictObject({
      id: WidgetId,
      owner: TeamId,
      title: text(200),
      contact: text(200).exactOptional(),
    }),
    spec: z
      .strictObject({
        itemType: slug(),
        delivery: Delivery,
        fallback: Fallback.exactOptional(),
        eligibility: Eligibility.exactOptional(),
        budget: Budget.prefault({}),
        minItems: z.int().min(1).max(limits.maxItems).default(4),
        maxItems: z.int().min(1).max(limits.maxItems).default(20),
        placements: z.array(PlacementKind).min(1).max(16),
        dedupe: Dedupe.prefault({}),
        lifecycle: z.enum(['shadow', 'canary', 'live']).default('live'),
      })
      .refine((spec) => spec.minItems <= spec.maxItems, {
        path: ['minItems'],
        message: 'must not be more than maxItems',
      }),
  })
  .meta({
    id: 'WidgetManifest',
    description: "A widget's registration: who owns it, how it is delivered, what it may spend.",
  });
export type WidgetManifest = z.infer<typeof WidgetManifest>;

/** Same as {@link WidgetManifest}, as its author may write it: what has a default may be left out. */
export type WidgetManifestInput = z.input<typeof WidgetManifest>;

/**
 * A stored registration. `revision` counts its changes, from 1; `incarnation` tells it from others that had the same id
 * before it was removed, so that what was published to those is never shown under this one.
 */
export const Registration = z
  .object({
    manifest: WidgetManifest,
    revision: z.int().min(1),
    incarnation: z.string(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Registration', description: 'A stored registration; revision counts its changes.' });
export type Registration = z.infer<typeof Registration>;

/** The body that the mediator POSTs to a pull endpoint; only what the manifest's `vary` names is filled in. */
export const SourceRequest = z
  .object({
    user: UserId.exactOptional(),
    segments: z.array(SegmentId).exactOptional(),
    locale: Locale.exactOptional(),
    device: Device.exactOptional(),
    count: z.int().min(1),
    exclude: z.array(opaqueId()).exactOptional(),
  })
  .meta({ id: 'SourceRequest', description: 'What the mediator asks of a pull endpoint.' });
export type SourceRequest = z.infer<typeof SourceRequest>;
