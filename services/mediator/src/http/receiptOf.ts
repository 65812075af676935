import type { ProblemError, PublicationId, Receipt, Registration } from '@widget-mediator/contracts';
import type { AcceptedIntake, PublicationHead } from '../intake/admitPublication.ts';
import { contentPlace } from '../store/contentPlace.ts';
import { publicationId } from '../store/publicationId.ts';
import { widgetKey } from '../store/widgetKey.ts';
import { deprecationNotes } from './deprecationNotes.ts';

/** What a receipt says beside what intake found: the id of what was stored, or the notes of a dry run. */
type Outcome = { readonly nowMs: number; readonly digest: string } & (
  | { readonly publication: PublicationId }
  | { readonly notes: readonly ProblemError[] }
);

export function receiptOf(
  { manifest }: Registration,
  { publication: { version, audience }, received, kept, verdicts, warnings }: AcceptedIntake,
  outcome: Outcome,
): Receipt {
  const notes = 'notes' in outcome ? outcome.notes : [];
  const deprecation = deprecationNotes(manifest, outcome.nowMs);
  return {
    widget: manifest.metadata.id,
    version,
    audience,
    digest: outcome.digest,
    ...('publication' in outcome && { publication: outcome.publication }),
    stored: 'publication' in outcome,
    received,
    kept,
    verdicts: [...verdicts.filter(({ code }) => code !== 'stale-answer'), ...deprecation.verdicts],
    warnings: [...warnings(), ...notes, ...deprecation.warnings],
  };
}

export function publicationIdOf(
  registration: Registration,
  { version, audience }: PublicationHead,
): PublicationId {
  const widget = widgetKey(registration);
  return publicationId({ widget, version, place: contentPlace(widget, audience) });
}
