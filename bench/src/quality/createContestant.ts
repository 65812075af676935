import {
  anybody,
  type Candidate,
  type CandidateItem,
  candidateItem,
  compose,
  pinsInForce,
} from '@widget-mediator/composition';
import { Layout } from '@widget-mediator/contracts';
import { countFeedback } from './countFeedback.ts';
import { createMemory, widgetIdOf } from './createMemory.ts';
import type { EvaluatorPage, EvaluatorRow, EvaluatorWidget, Training } from './evaluatorPage.ts';

/** What takes part in a run of the evaluator. */
export interface Entrant {
  readonly strategy: 'consensus' | 'learned';
  readonly diversity: number;
  readonly passes: boolean;
  readonly statisticsBy: 'service' | 'widget';
}

/**
 * The composition as a strategy of the evaluator, which loads it in its own process, calls `make` once for each fold
 * and shows each page once. Consensus has seen the pages shown before, of all folds, and nothing of what was watched;
 * learned has the feedback and the pages of its training fold too.
 */
export function createContestant(
  entrant: Entrant,
): (training: Training) => (page: EvaluatorPage) => EvaluatorRow[] {
  const sourceOf = ({ service, id }: EvaluatorWidget) => (entrant.statisticsBy === 'service' ? service : id);
  const layout = layoutOf(entrant);
  const ofAllFolds = createMemory(sourceOf, undefined);

  return ({ visible, items }) => {
    const isLearned = entrant.strategy === 'learned';
    const memory = isLearned ? createMemory(sourceOf, countFeedback(visible, sourceOf)) : ofAllFolds;
    if (isLearned) visible.pages.forEach(memory.add);
    const candidateOf = createCandidates(items);
    return (page) => {
      const { placed } = compose({
        candidates: page.widgets.map(candidateOf),
        layout,
        context: {
          ...anybody,
          personal: true,
          segments: [page.context.segment],
          pins: pinsInForce(layout, { segments: [], nowMs: 0 }),
        },
        statistics: memory.statisticsFor(page),
        seed: 1,
      });
      memory.add(page);
      const widgets = new Map(page.widgets.map((widget) => [widgetIdOf(widget), widget]));
      return placed.map(({ candidate, shown }) => ({
        widgetId: widgets.get(candidate.widget)?.id ?? candidate.widget,
        items: shown.map((place) => Number(candidate.items[place]?.id)),
      }));
    };
  };
}

/** The evaluator's page: eight places, of 6 to 10 items each. */
function layoutOf({ strategy, diversity, passes }: Entrant): Layout {
  return Layout.parse({
    apiVersion: 'widget-mediator/v1',
    kind: 'Layout',
    id: 'quality',
    version: '1',
    deadlineMs: 150,
    strategy,
    placements: Array.from({ length: 8 }, (_, index) => ({ id: `row-${index + 1}`, kind: 'row' })),
    ...(diversity > 0 && { diversity: { weight: diversity, by: ['genre'] } }),
    passes: { reallocate: passes, search: passes },
    editorial: [],
  });
}

function createCandidates(items: Training['items']): (widget: EvaluatorWidget) => Candidate {
  const known = new Map<number, CandidateItem>();
  return (widget) => ({
    widget: widgetIdOf(widget),
    team: widget.service,
    version: 1,
    provenance: 'fresh',
    placements: ['row'],
    minItems: 6,
    maxItems: 10,
    dedupe: { key: 'item', yields: true, blocks: true },
    items: widget.items.map(([item]) => itemOf(item)),
  });

  function itemOf(item: number): CandidateItem {
    const genre = items[item]?.genres?.join('|') ?? '';
    const made =
      known.get(item) ??
      candidateItem('film', { id: `${item}`, ...(genre !== '' && { attributes: { genre } }) });
    known.set(item, made);
    return made;
  }
}
