import type { HomepageRequest, SourceRequest, Vary, WidgetManifest } from '@widget-mediator/contracts';

/** What of the page's context a source is told: only what its manifest varies on. */
export function sourceRequestFor(manifest: WidgetManifest, request: HomepageRequest): SourceRequest {
  const { delivery, maxItems } = manifest.spec;
  const varies = new Set(delivery.mode === 'pull' ? delivery.vary : []);
  return {
    ...(varies.has('user') && request.user !== undefined ? { user: request.user } : {}),
    ...(varies.has('segments') ? { segments: request.segments } : {}),
    ...(varies.has('locale') ? { locale: request.locale } : {}),
    ...(varies.has('device') ? { device: request.device } : {}),
    // Twice what is shown, so that some stand in reserve for those that dedupe takes.
    count: maxItems * 2,
  };
}

/** Equal for requests that the source cannot tell apart. No part can hold a line break. */
export function varyKeyFor(manifest: WidgetManifest, request: HomepageRequest): string {
  const { delivery } = manifest.spec;
  if (delivery.mode !== 'pull') return '';
  return delivery.vary.map((part) => `${part}=${partOf(request, part)}`).join('\n');
}

/** Whether a key that ends in one of {@link varyKeyFor} is of this user; of any, when none is named. */
export const isOfUser = (key: string, user: string | undefined): boolean =>
  key.split('\n').some((part) => (user === undefined ? /^user=./.test(part) : part === `user=${user}`));

function partOf(request: HomepageRequest, part: Vary[number]): string {
  switch (part) {
    case 'user':
      return request.user ?? '';
    case 'segments':
      return request.segments.join(',');
    case 'locale':
      return request.locale;
    case 'device':
      return request.device;
  }
}
