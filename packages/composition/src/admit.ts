import type { Layout, WidgetVerdictCode } from '@widget-mediator/contracts';
import type { Candidate } from './candidate.ts';
import type { CompositionInput } from './composition.ts';
import { canTake } from './eligibility.ts';
import { createKeyColumns, type KeyColumns } from './keyColumns.ts';

/** The candidates as they entered: `codes`, by candidate, hold why one is out, or undefined while it is in. */
export interface Entry {
  readonly input: CompositionInput;
  readonly keys: KeyColumns;
  readonly codes: (WidgetVerdictCode | undefined)[];
}

/** The first stage: takes out what this layout has no placement for, and what came with too few items. */
export function admit(input: CompositionInput): Entry {
  const { candidates, layout } = input;
  return {
    input,
    keys: createKeyColumns(candidates),
    codes: candidates.map((candidate) => entryVerdict(candidate, layout)),
  };
}

function entryVerdict(candidate: Candidate, layout: Layout): WidgetVerdictCode | undefined {
  if (!layout.placements.some((placement) => canTake(candidate, placement))) return 'no-placement';
  return candidate.items.length < candidate.minItems ? 'too-few-items' : undefined;
}
