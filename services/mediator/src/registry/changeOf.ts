import type { Registration } from '@widget-mediator/contracts';

/** Equal for equal registrations of a widget: revisions start again when it is removed and registered anew. */
export const changeOf = ({ incarnation, revision, updatedAt }: Registration): string =>
  `${incarnation}/${revision}/${updatedAt}`;
