import { createHash } from 'node:crypto';
import { Audience } from '@widget-mediator/contracts';
import type { WidgetKey } from './widgetKey.ts';

/** Content is kept by widget, and what is for one user by that user, so that a page reads it in one round trip. */
export type ContentOwner = { readonly widget: WidgetKey } | { readonly userDigest: string };

/** Where the content of a widget for an audience is kept: the hash's owner and the field in it. */
export interface ContentPlace {
  readonly owner: ContentOwner;
  readonly field: string;
}

const segmentPrefix = 'segment:';

export function contentPlace(widget: WidgetKey, audience: Audience): ContentPlace {
  switch (audience.type) {
    case 'everyone':
      return { owner: { widget }, field: 'everyone' };
    case 'segment':
      return { owner: { widget }, field: segmentPrefix + audience.segment };
    case 'user':
      return { owner: userOwner(audience.user), field: widget };
  }
}

/** The audience of a field of a widget's hash; undefined when it is none. */
export function audienceOf(field: string): Audience | undefined {
  if (field === 'everyone') return { type: 'everyone' };
  if (!field.startsWith(segmentPrefix)) return undefined;
  const parsed = Audience.safeParse({ type: 'segment', segment: field.slice(segmentPrefix.length) });
  return parsed.success ? parsed.data : undefined;
}

/** Users are named by a digest (SHA-256, 128 bits of it, base64url), in keys as in ids of publications. */
export const userOwner = (user: string): ContentOwner => ({
  userDigest: createHash('sha256').update(user).digest('base64url').slice(0, 22),
});
