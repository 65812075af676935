import type { Layout } from '@widget-mediator/contracts';
import { type Candidate, candidateItem, createCandidate } from './candidate.ts';

/** The layout's editorial pool as candidates, in its order. Its lists have no versions: each is version 1. */
export function editorialCandidates(layout: Layout): Candidate[] {
  return layout.editorial.map((widget) =>
    createCandidate({
      widget: widget.id,
      team: 'editorial',
      version: 1,
      provenance: 'editorial',
      placements: widget.placements,
      minItems: widget.minItems,
      maxItems: widget.items.length,
      dedupe: { key: 'item', yields: true, blocks: true },
      items: widget.items.map((item) => candidateItem(widget.itemType, item)),
    }),
  );
}
