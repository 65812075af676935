import type {
  HomepageRequest,
  Layout,
  Placement,
  WidgetManifest,
  WidgetVerdictCode,
} from '@widget-mediator/contracts';

/** What decides which placements a widget can take. `placements` are kinds. */
export interface Taker {
  readonly placements: readonly string[];
  readonly minItems: number;
  readonly maxItems: number;
}

/** The page that a widget may be on: its layout, and when it is made, in milliseconds since the epoch. */
export interface PageAt {
  readonly layout: Layout;
  readonly nowMs: number;
}

/**
 * Why a registered widget is not considered for a request at all, or undefined when it is: the first of `sunset`, `not-live`,
 * `device-`, `locale-`, `segment-`, `maturity-not-eligible` and `no-placement` that holds. The mediator's
 * index must agree with this; explain calls it for what the index left out.
 */
export function eligibilityVerdict(
  manifest: WidgetManifest,
  request: HomepageRequest,
  { layout, nowMs }: PageAt,
): WidgetVerdictCode | undefined {
  const { eligibility = {} } = manifest.spec;
  const { devices, locales, segments, maturity } = eligibility;
  const own = ownVerdict(manifest, nowMs);
  if (own !== undefined) return own;
  if (devices && !devices.includes(request.device)) return 'device-not-eligible';
  if (locales && !locales.some((range) => isWithinLocale(request.locale, range)))
    return 'locale-not-eligible';
  if (segments && !segments.some((segment) => request.segments.includes(segment)))
    return 'segment-not-eligible';
  if (isTooMature(maturity, request.maturity)) return 'maturity-not-eligible';
  return layout.placements.some((placement) => canTake(manifest.spec, placement))
    ? undefined
    : 'no-placement';
}

/** Why a widget is on no page of anybody, by what its team says of it; undefined when it may be on some. */
export function ownVerdict(manifest: WidgetManifest, nowMs: number): 'sunset' | 'not-live' | undefined {
  if (sunsetMs(manifest) <= nowMs) return 'sunset';
  return manifest.spec.lifecycle === 'live' ? undefined : 'not-live';
}

/** From when on a widget is on no page, in milliseconds since the epoch; infinity when there is no such time. */
export function sunsetMs({ metadata }: WidgetManifest): number {
  const sunset = metadata.deprecation?.sunset;
  return sunset === undefined ? Number.POSITIVE_INFINITY : Date.parse(sunset);
}

/** Whether a widget may take a placement: it is of one of its kinds, and large enough for its `minItems`. */
export function canTake(taker: Taker, placement: Placement): boolean {
  return taker.placements.includes(placement.kind) && shownAtMost(taker, placement) >= taker.minItems;
}

/** How many items a widget shows at most in a placement. */
export function shownAtMost(taker: Pick<Taker, 'maxItems'>, placement: Placement): number {
  return Math.min(taker.maxItems, placement.maxItems ?? taker.maxItems);
}

/** Basic filtering by language ranges (RFC 4647, 3.3.1): `en` takes in `en` and `en-GB`, not the other way round. */
export function isWithinLocale(locale: string, range: string): boolean {
  return locale === range || locale.startsWith(`${range}-`);
}

/** Ages in years; a request that states none gets every widget. */
function isTooMature(widgetAge: number | undefined, viewerAge: number | undefined): boolean {
  return widgetAge !== undefined && viewerAge !== undefined && viewerAge < widgetAge;
}
