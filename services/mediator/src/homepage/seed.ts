import type { HomepageRequest, Layout } from '@widget-mediator/contracts';

/**
 * What breaks ties on a page: the same viewer sees the same order while the layout stays. A 32-bit FNV-1a hash
 * (Fowler, Noll, Vo; RFC 9923).
 */
export function seedOf(request: HomepageRequest, layout: Layout): number {
  const text = `${layout.version}\n${request.user ?? request.session ?? ''}`;
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}
