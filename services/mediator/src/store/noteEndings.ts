import type { Endings } from './endings.ts';
import type { PublicationStore } from './publicationStore.ts';

/** The same store, noting when what it takes in will be over; what is for one user is forgotten by Redis itself. */
export function noteEndings(
  publications: PublicationStore,
  endings: Pick<Endings, 'note'>,
): PublicationStore {
  return {
    ...publications,
    async admit(request) {
      const admission = await publications.admit(request);
      const { widget, audience, overAtMs } = request;
      if (admission.status === 'stored' && audience.type !== 'user') {
        endings.note({ widget, audience, atMs: overAtMs });
      }
      return admission;
    },
  };
}
