import type { ProblemError, Receipt, Registration } from '@widget-mediator/contracts';
import type { AcceptedIntake } from '../intake/admitPublication.ts';
import { contentPlace } from '../store/contentPlace.ts';
import { publicationId } from '../store/publicationId.ts';
import { widgetKey } from '../store/widgetKey.ts';

/** What a receipt says beside what intake found: `notes` are a dry run's own, and make it one. */
interface Outcome {
  readonly digest: string;
  readonly notes?: readonly ProblemError[];
}

export function receiptOf(
  registration: Registration,
  { publication, received, verdicts, warnings }: AcceptedIntake,
  { digest, notes }: Outcome,
): Receipt {
  const { version, audience } = publication;
  const widget = widgetKey(registration);
  const stored = notes === undefined;
  return {
    widget: registration.manifest.metadata.id,
    version,
    audience,
    digest,
    ...(stored && { publication: publicationId({ widget, version, place: contentPlace(widget, audience) }) }),
    stored,
    received,
    kept: publication.items.length,
    verdicts,
    warnings: [...warnings(), ...(notes ?? [])],
  };
}
