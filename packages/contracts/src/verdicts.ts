import * as z from 'zod';
import { WidgetId } from './identifiers.ts';
import { opaqueId } from './text.ts';

/**
 * Why something is not on a page: the one table. `about` says whether the whole widget or one of its items is
 * absent; `stage` where that was decided; `degraded` whether it is a fault that the page reports to frontends.
 */
export const verdictTable = {
  'not-live': {
    about: 'widget',
    stage: 'eligibility',
    degraded: false,
    meaning: 'The widget is registered but its lifecycle is not live.',
    advice: 'Set spec.lifecycle to live when it is ready.',
  },
  sunset: {
    about: 'widget',
    stage: 'eligibility',
    degraded: false,
    meaning: 'The widget is deprecated, and the sunset that its team announced is past.',
    advice: 'Nothing is wrong; use what replaces it, or set a later metadata.deprecation.sunset.',
  },
  'device-not-eligible': {
    about: 'widget',
    stage: 'eligibility',
    degraded: false,
    meaning: 'The widget is not for this device.',
    advice: 'Add the device to spec.eligibility.devices.',
  },
  'locale-not-eligible': {
    about: 'widget',
    stage: 'eligibility',
    degraded: false,
    meaning: 'The widget is not for this locale.',
    advice: 'Add the locale to spec.eligibility.locales.',
  },
  'segment-not-eligible': {
    about: 'widget',
    stage: 'eligibility',
    degraded: false,
    meaning: 'The viewer is in none of the segments the widget is for.',
    advice: 'Add a segment to spec.eligibility.segments.',
  },
  'maturity-not-eligible': {
    about: 'widget',
    stage: 'eligibility',
    degraded: false,
    meaning: 'The widget is for older viewers than the request says.',
    advice: 'Lower spec.eligibility.maturity if the items allow it.',
  },
  'widget-taken-down': {
    about: 'widget',
    stage: 'eligibility',
    degraded: false,
    meaning: 'Operators took the widget off all pages.',
    advice: 'Ask the platform team why, and until when.',
  },
  'team-taken-down': {
    about: 'widget',
    stage: 'eligibility',
    degraded: false,
    meaning: "Operators took all of its team's widgets off all pages.",
    advice: 'Ask the platform team why, and until when.',
  },
  'no-placement': {
    about: 'widget',
    stage: 'eligibility',
    degraded: false,
    meaning: 'No placement of this layout is of a kind and size that the widget can take.',
    advice: 'Compare spec.placements and spec.minItems with the layout.',
  },
  'no-publication': {
    about: 'widget',
    stage: 'delivery',
    degraded: false,
    meaning: 'Nothing has been published for this viewer.',
    advice: 'Publish for everyone, or for a segment of this viewer.',
  },
  'not-yet-valid': {
    about: 'widget',
    stage: 'delivery',
    degraded: false,
    meaning: 'The publication starts later.',
    advice: 'Wait until validFrom, or publish with an earlier one.',
  },
  expired: {
    about: 'widget',
    stage: 'delivery',
    degraded: true,
    meaning: 'The publication is past its expiry, or older than ttlMs + staleForMs.',
    advice: 'Publish more often, or with a later expiresAt.',
  },
  withdrawn: {
    about: 'widget',
    stage: 'delivery',
    degraded: false,
    meaning: 'The publication was withdrawn by its team.',
    advice: 'Publish under a new version, or roll back to an older one.',
  },
  abstained: {
    about: 'widget',
    stage: 'delivery',
    degraded: false,
    meaning: 'The source answered that it has nothing for this viewer.',
    advice: 'Nothing to do: abstaining is healthy.',
  },
  timeout: {
    about: 'widget',
    stage: 'delivery',
    degraded: true,
    meaning: 'The source did not answer within its own latency budget.',
    advice: 'Answer within spec.budget.latencyMs, or ask for a larger budget.',
  },
  'page-deadline': {
    about: 'widget',
    stage: 'delivery',
    degraded: true,
    meaning: 'The page closed before the source answered; this does not count against the source.',
    advice: 'Allow the page more time, or answer sooner.',
  },
  'not-awaited': {
    about: 'widget',
    stage: 'delivery',
    degraded: false,
    meaning:
      'The page closed before the source answered, because nothing it could bring would have changed it.',
    advice: 'Nothing is wrong; its answer is kept for the next page.',
  },
  abandoned: {
    about: 'widget',
    stage: 'delivery',
    degraded: false,
    meaning: 'Everybody who waited for the answer went away, so the call was ended; nobody was shown this.',
    advice: 'Nothing to do: it does not count against the source.',
  },
  'deadline-too-short': {
    about: 'widget',
    stage: 'delivery',
    degraded: true,
    meaning: 'The source was not asked, because too little time was left.',
    advice: 'Allow the page more time.',
  },
  'endpoint-not-allowed': {
    about: 'widget',
    stage: 'delivery',
    degraded: true,
    meaning: "The source's endpoint is on a host that is no longer on the allow-list.",
    advice: 'Ask the platform team to allow the host.',
  },
  unreachable: {
    about: 'widget',
    stage: 'delivery',
    degraded: true,
    meaning: 'No connection to the source could be made, or it broke.',
    advice: 'Check that the endpoint runs and can be reached from the mediator.',
  },
  'error-status': {
    about: 'widget',
    stage: 'delivery',
    degraded: true,
    meaning: 'The source answered with a status other than 200 or 204.',
    advice: "Look at the source's own log.",
  },
  'invalid-answer': {
    about: 'widget',
    stage: 'delivery',
    degraded: true,
    meaning: 'The answer is not JSON, or does not fit the Publication schema.',
    advice: 'Send the same body to ?dryRun=true: it names each fault by JSON Pointer.',
  },
  'stale-answer': {
    about: 'widget',
    stage: 'delivery',
    degraded: true,
    meaning: 'The answer was made longer ago than the staleness budget allows, by its generatedAt.',
    advice: 'Answer with newer content, or ask for a larger spec.budget.maxAgeMs.',
  },
  'oversized-answer': {
    about: 'widget',
    stage: 'delivery',
    degraded: true,
    meaning: 'The answer is larger than the byte budget; reading stopped there.',
    advice: 'Send fewer items, or ask for a larger spec.budget.maxBytes.',
  },
  'breaker-open': {
    about: 'widget',
    stage: 'delivery',
    degraded: true,
    meaning: 'The source failed too often and is left alone for a while.',
    advice: 'Mend the source; calls resume by themselves.',
  },
  recovering: {
    about: 'widget',
    stage: 'delivery',
    degraded: true,
    meaning: 'The source works again after it failed too often, and is let back in little by little.',
    advice: 'Nothing to do: all calls are made again within seconds.',
  },
  'rate-exceeded': {
    about: 'widget',
    stage: 'delivery',
    degraded: true,
    meaning: "The source's rate budget is spent.",
    advice: 'Ask for a larger spec.budget.ratePerSecond, or a longer ttlMs.',
  },
  'too-busy': {
    about: 'widget',
    stage: 'delivery',
    degraded: true,
    meaning: 'More calls to the source are in flight than it may have, or than it answers fast enough.',
    advice:
      'Answer faster: calls in flight are rate times latency, and fewer while answers come near the budget.',
  },
  'mediator-fault': {
    about: 'widget',
    stage: 'delivery',
    degraded: true,
    meaning: 'The mediator itself failed while asking the source; this does not count against it.',
    advice: 'Tell the platform team; its log has the error.',
  },
  'too-few-items': {
    about: 'widget',
    stage: 'allocation',
    degraded: false,
    meaning: 'The widget came with fewer items than its minItems.',
    advice: 'Send more items, or lower spec.minItems.',
  },
  'too-few-after-dedupe': {
    about: 'widget',
    stage: 'allocation',
    degraded: false,
    meaning: 'Too few items were left once those already on the page were taken out.',
    advice: 'Send more items than maxItems, so that some stand in reserve.',
  },
  'too-few-for-viewer': {
    about: 'widget',
    stage: 'allocation',
    degraded: false,
    meaning: 'Too few items were left once those that the viewer dismissed, or saw above, were taken out.',
    advice: 'Send more items than maxItems, so that some stand in reserve.',
  },
  'too-few-after-takedown': {
    about: 'widget',
    stage: 'allocation',
    degraded: false,
    meaning: 'Too few items were left once those that operators took down were taken out.',
    advice: 'Send other items, and more than maxItems, so that some stand in reserve.',
  },
  'too-few-after-caps': {
    about: 'widget',
    stage: 'allocation',
    degraded: false,
    meaning: "Too few items were left within the layout's caps on brands and creators.",
    advice: 'Send items of more brands and creators.',
  },
  'team-capped': {
    about: 'widget',
    stage: 'allocation',
    degraded: false,
    meaning: "Its team has as many placements as the layout's cap allows.",
    advice: 'Nothing is wrong; the winner of the same team is named.',
  },
  'placed-above': {
    about: 'widget',
    stage: 'allocation',
    degraded: false,
    meaning: 'The widget stands further up, on the page before the cursor.',
    advice: 'Nothing is wrong.',
  },
  outranked: {
    about: 'widget',
    stage: 'allocation',
    degraded: false,
    meaning: 'Every placement it could take went to a widget that ranked higher.',
    advice: 'Nothing is wrong; the winner is named.',
  },
  duplicate: {
    about: 'item',
    stage: 'allocation',
    degraded: false,
    meaning: 'Another widget on the page shows this item.',
    advice: 'Nothing is wrong; the winner is named.',
  },
  'taken-down': {
    about: 'item',
    stage: 'allocation',
    degraded: false,
    meaning: 'Operators took this item off all pages.',
    advice: 'Stop sending it; ask the platform team why, and until when.',
  },
  dismissed: {
    about: 'item',
    stage: 'allocation',
    degraded: false,
    meaning: 'The viewer dismissed this item.',
    advice: 'Nothing is wrong.',
  },
  'shown-above': {
    about: 'item',
    stage: 'allocation',
    degraded: false,
    meaning: 'The item was shown further up, on the page before the cursor.',
    advice: 'Nothing is wrong.',
  },
  'brand-capped': {
    about: 'item',
    stage: 'allocation',
    degraded: false,
    meaning: "The page shows as many items of its brand there as the layout's cap allows.",
    advice: 'Send items of more brands.',
  },
  'creator-capped': {
    about: 'item',
    stage: 'allocation',
    degraded: false,
    meaning: "The page shows as many items of its creator there as the layout's cap allows.",
    advice: 'Send items of more creators.',
  },
  repeated: {
    about: 'item',
    stage: 'intake',
    degraded: false,
    meaning: 'The same item id stands earlier in the same publication.',
    advice: 'Send each item once.',
  },
} as const satisfies Record<string, VerdictKind>;

type VerdictKind = {
  readonly about: 'widget' | 'item';
  readonly stage: 'intake' | 'eligibility' | 'delivery' | 'allocation';
  readonly degraded: boolean;
  readonly meaning: string;
  readonly advice: string;
};

/** The stable code of a verdict. */
export type VerdictCode = keyof typeof verdictTable;
/** The codes whose subject is a whole widget. */
export type WidgetVerdictCode = {
  [C in VerdictCode]: (typeof verdictTable)[C]['about'] extends 'widget' ? C : never;
}[VerdictCode];
/** The codes whose subject is one item. */
export type ItemVerdictCode = Exclude<VerdictCode, WidgetVerdictCode>;
/** The codes that delivery gives when a source has nothing fresh to enter with. */
export type DeliveryCode = {
  [C in VerdictCode]: (typeof verdictTable)[C]['stage'] extends 'delivery' ? C : never;
}[VerdictCode];

const isVerdictCode = (code: string): code is VerdictCode => Object.hasOwn(verdictTable, code);

/** Every code, in the order of the table. */
export const verdictCodes: readonly VerdictCode[] = Object.keys(verdictTable).filter(isVerdictCode);

/** Why one widget or item is not on the page; `winner` is what stands there instead, and is on the page. */
export const Verdict = z
  .object({
    code: z.enum(verdictCodes as [VerdictCode, ...VerdictCode[]]).describe('The verdict.'),
    widget: WidgetId,
    item: opaqueId().exactOptional().describe('The item; absent when it is about the whole widget.'),
    winner: z
      .object({ widget: WidgetId, item: opaqueId().exactOptional().describe('Its item.') })
      .exactOptional()
      .describe('What is on the page instead.'),
  })
  .meta({
    id: 'Verdict',
    description: 'Why one widget or item is not on the page, and what stands there instead.',
  });
export type Verdict = z.infer<typeof Verdict>;
