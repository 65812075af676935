import type { Candidate } from '@widget-mediator/composition';
import { editorialCandidates } from '@widget-mediator/composition';
import type { Layout } from '@widget-mediator/contracts';
import { listOf, type Presented, present } from '../intake/content.ts';

/** A layout that pages are made from, with its editorial pool ready to be shown. */
export interface LayoutInUse {
  readonly layout: Layout;
  readonly editorial: readonly Candidate[];
  /** The editorial widgets' content, by widget. */
  readonly editorialContent: ReadonlyMap<string, Presented>;
}

/** Makes a valid layout ready for pages. */
export function useLayout(layout: Layout): LayoutInUse {
  const editorial = editorialCandidates(layout);
  const candidateOf = new Map(editorial.map((candidate) => [candidate.widget, candidate]));
  const editorialContent = new Map<string, Presented>();
  for (const { id, title, itemType, items } of layout.editorial) {
    const candidate = candidateOf.get(id);
    if (candidate === undefined) continue;
    const { team, version, placements, minItems, maxItems, dedupe } = candidate;
    editorialContent.set(
      id,
      present(
        { id, team, version, title, itemType, placements, minItems, maxItems, dedupe },
        listOf(itemType, items),
      ),
    );
  }
  return { layout, editorial, editorialContent };
}
