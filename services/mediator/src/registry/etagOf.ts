import type { Registration } from '@widget-mediator/contracts';

/** A strong entity tag (RFC 9110, 8.8.3): revisions start again when a widget is removed and registered anew. */
export const etagOf = ({ incarnation, revision }: Pick<Registration, 'incarnation' | 'revision'>): string =>
  `"${incarnation}-${revision}"`;
