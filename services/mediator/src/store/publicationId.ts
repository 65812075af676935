import type { PublicationId } from '@widget-mediator/contracts';
import type { ContentPlace } from './contentPlace.ts';
import type { WidgetKey } from './widgetKey.ts';

/** What a publication's id names: one version of what one registration of a widget has at one place. */
export interface NamedPublication {
  readonly widget: WidgetKey;
  readonly version: number;
  readonly place: ContentPlace;
}

const idPattern =
  /^([a-z0-9-]{1,64}@[A-Za-z0-9-]{1,64}) (everyone|segment:[a-z0-9-]{1,64}|user:[A-Za-z0-9_-]{22}) ([1-9]\d{0,15})$/;

/** The id says where the publication is kept, so that nothing needs to be stored to find it again. */
export function publicationId({ widget, version, place: { owner, field } }: NamedPublication): PublicationId {
  const audience = 'widget' in owner ? field : `user:${owner.userDigest}`;
  return Buffer.from(`${widget} ${audience} ${version}`).toString('base64url');
}

/** Undefined when it is no id that {@link publicationId} made. */
export function readPublicationId(id: string): NamedPublication | undefined {
  const [, widget, audience, version] = idPattern.exec(Buffer.from(id, 'base64url').toString()) ?? [];
  if (widget === undefined || audience === undefined) return undefined;
  const place: ContentPlace = audience.startsWith('user:')
    ? { owner: { userDigest: audience.slice('user:'.length) }, field: widget }
    : { owner: { widget }, field: audience };
  const named = { widget, version: Number(version), place };
  return publicationId(named) === id ? named : undefined;
}
