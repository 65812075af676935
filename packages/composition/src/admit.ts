import type { Placement, WidgetVerdictCode } from '@widget-mediator/contracts';
import { barredRows } from './barredRows.ts';
import type { Candidate } from './candidate.ts';
import type { CompositionInput, ViewerContext } from './composition.ts';
import { type KeyColumns, keyColumnsOf } from './keyColumns.ts';
import { createTakers, type Takers } from './takers.ts';

/**
 * The candidates as they entered, each known by its index. `placements` are those of this page, of which the first is
 * the layout's `firstPosition`-th; `pins` the widgets promised to them. `codes`, by candidate, hold why one is out,
 * or undefined while it is in. `barred`, by row of the key columns, says which items may not be shown to this viewer.
 */
export interface Entry {
  readonly input: CompositionInput;
  readonly placements: readonly Placement[];
  readonly firstPosition: number;
  readonly pins: readonly (string | undefined)[];
  readonly takers: Takers;
  readonly keys: KeyColumns;
  readonly barred: Uint8Array | undefined;
  readonly codes: (WidgetVerdictCode | undefined)[];
}

/** The first stage: takes out what this page has no placement for, what stands above, and what came too small. */
export function admit(input: CompositionInput): Entry {
  const { candidates, layout, context } = input;
  const above = context.above?.placements ?? 0;
  const below = above + (layout.pageSize ?? layout.placements.length);
  const isWhole = above === 0 && below >= layout.placements.length;
  const placements = isWhole ? layout.placements : layout.placements.slice(above, below);
  const keys = keyColumnsOf(candidates);
  const takers = createTakers(candidates, placements);
  const barred = barredRows(input, keys.starts);
  const codes: (WidgetVerdictCode | undefined)[] = [];
  for (let index = 0; index < candidates.length; index++) {
    const candidate = candidates[index];
    codes.push(candidate && codeOf(candidate, { takes: takers.canTakeAny(index), context }));
  }
  // Written out, here and in what is made of it: an object that is spread is looked into several times as slowly.
  return {
    input,
    placements,
    firstPosition: above + 1,
    pins: isWhole ? context.pins : context.pins.slice(above, below),
    takers,
    keys,
    barred,
    codes,
  };
}

function codeOf(
  { widget, items, minItems }: Candidate,
  { takes, context }: { readonly takes: boolean; readonly context: ViewerContext },
): WidgetVerdictCode | undefined {
  if (context.above?.widgets.includes(widget) === true) return 'placed-above';
  if (!takes) return 'no-placement';
  return items.length < minItems ? 'too-few-items' : undefined;
}
