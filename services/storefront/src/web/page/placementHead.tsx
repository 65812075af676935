import type { FilledPlacement, Provenance } from '@widget-mediator/contracts';
import type { ComponentChildren } from 'preact';

type Props = { placement: FilledPlacement; headingId: string; children?: ComponentChildren };

export function PlacementHead({ placement: { widget }, headingId, children }: Props) {
  return (
    <div class="placement-head">
      <h2 class="placement-title" id={headingId}>
        {widget.title}
      </h2>
      <ProvenanceBadge provenance={widget.provenance} />
      {children}
    </div>
  );
}

/** Fresh is what is expected and says nothing. */
function ProvenanceBadge({ provenance }: { provenance: Provenance }) {
  if (provenance === 'fresh') return null;
  const { label, meaning } = badges[provenance];
  return (
    <span class={`badge badge-${provenance}`}>
      {label}
      <span class="visually-hidden">: {meaning}</span>
    </span>
  );
}

const badges: Readonly<Record<Exclude<Provenance, 'fresh'>, { label: string; meaning: string }>> = {
  stale: { label: 'Stale', meaning: 'an earlier answer, because its source gave no newer one' },
  fallback: { label: 'Stand-in', meaning: 'shown by its team in place of another row' },
  editorial: { label: 'Editors’ choice', meaning: 'chosen by editors, not by a recommender' },
};
