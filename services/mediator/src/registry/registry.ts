import { eligibilityVerdict, isWithinLocale, type PageAt, sunsetMs } from '@widget-mediator/composition';
import type { HomepageRequest, Layout, Registration, WidgetVerdictCode } from '@widget-mediator/contracts';
import { LRUCache } from 'lru-cache';

/** The registrations in memory, with an index by context, so that a page never scans them. */
export interface Registry {
  get(widget: string): Registration | undefined;
  size(): number;
  all(): IterableIterator<Registration>;
  /** Adds, replaces or (without a registration) removes. */
  set(widget: string, registration: Registration | undefined): void;
  /** Forgets what it worked out for layouts, which are known by id and version: they are others now. */
  forgetLayouts(): void;
  /** The widgets that may be on this page. */
  eligible(request: HomepageRequest, page: PageAt): readonly Registration[];
  /** Why each of the others may not; a scan, for explanations only. */
  excluded(request: HomepageRequest, page: PageAt): { widget: string; code: WidgetVerdictCode }[];
}

/** What manifests can tell requests apart by; all else is one to them. */
interface Distinctions {
  readonly locales: readonly string[];
  readonly maturities: readonly number[];
}

/** Widgets for one device, locale, maturity and layout: those for everybody, and those for a segment. */
interface Bucket {
  /** When the first of them has its sunset: then the bucket does not hold any more. */
  readonly untilMs: number;
  readonly unsegmented: readonly Registration[];
  readonly bySegment: ReadonlyMap<string, readonly Registration[]>;
}

/** @param onChange told of each registration that was added, replaced or removed */
export function createRegistry(onChange: () => void = () => {}): Registry {
  const registrations = new Map<string, Registration>();
  const buckets = new LRUCache<string, Bucket>({ max: 512 });
  let distinctions: Distinctions | undefined;

  return {
    get: (widget) => registrations.get(widget),
    size: () => registrations.size,
    all: () => registrations.values(),
    set(widget, registration) {
      if (registration === undefined) registrations.delete(widget);
      else registrations.set(widget, registration);
      buckets.clear();
      distinctions = undefined;
      onChange();
    },
    forgetLayouts: () => buckets.clear(),
    eligible(request, page) {
      const { unsegmented, bySegment } = bucketFor(request, page);
      if (bySegment.size === 0 || request.segments.length === 0) return unsegmented;
      const found = new Set(unsegmented);
      for (const segment of request.segments) {
        for (const registration of bySegment.get(segment) ?? []) found.add(registration);
      }
      return [...found];
    },
    excluded(request, page) {
      return [...registrations.values()].flatMap(({ manifest }) => {
        const code = eligibilityVerdict(manifest, request, page);
        return code === undefined ? [] : [{ widget: manifest.metadata.id, code }];
      });
    },
  };

  function bucketFor(request: HomepageRequest, page: PageAt): Bucket {
    distinctions ??= distinctionsOf(registrations.values());
    const key = bucketKey(distinctions, request, page.layout);
    const known = buckets.get(key);
    if (known !== undefined && page.nowMs < known.untilMs) return known;
    const bucket = buildBucket(request, page);
    buckets.set(key, bucket);
    return bucket;
  }

  function buildBucket(request: HomepageRequest, page: PageAt): Bucket {
    let untilMs = Number.POSITIVE_INFINITY;
    const unsegmented: Registration[] = [];
    const bySegment = new Map<string, Registration[]>();
    const sorted = [...registrations.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [, registration] of sorted) {
      const { manifest } = registration;
      const segments = manifest.spec.eligibility?.segments ?? [];
      const asMember = segments.length === 0 ? request : { ...request, segments };
      if (eligibilityVerdict(manifest, asMember, page) !== undefined) continue;
      untilMs = Math.min(untilMs, sunsetMs(manifest));
      if (segments.length === 0) unsegmented.push(registration);
      for (const segment of segments) {
        bySegment.set(segment, [...(bySegment.get(segment) ?? []), registration]);
      }
    }
    return { untilMs, unsegmented, bySegment };
  }
}

function distinctionsOf(registrations: Iterable<Registration>): Distinctions {
  const locales = new Set<string>();
  const maturities = new Set<number>();
  for (const { manifest } of registrations) {
    const { eligibility } = manifest.spec;
    for (const locale of eligibility?.locales ?? []) locales.add(locale);
    if (eligibility?.maturity !== undefined) maturities.add(eligibility.maturity);
  }
  return { locales: [...locales], maturities: [...maturities] };
}

/** Equal for requests that no manifest tells apart, so that callers cannot make buckets at will. */
function bucketKey({ locales, maturities }: Distinctions, request: HomepageRequest, layout: Layout): string {
  const { device, locale, maturity } = request;
  const within = locales.filter((range) => isWithinLocale(locale, range));
  const tooOld = maturity === undefined ? [] : maturities.filter((age) => maturity < age);
  return `${layout.id}@${layout.version}|${device}|${within.join()}|${tooOld.join()}`;
}
