import type { ItemVerdictCode } from '@widget-mediator/contracts';
import type { CompositionInput } from './composition.ts';
import { itemHash } from './itemHash.ts';
import { takenDownPlaces } from './takenDownPlaces.ts';

/** Why an item may not be shown, by the number that stands for it in a column; 0 stands for nothing. */
export const barCodes = [undefined, 'dismissed', 'shown-above', 'taken-down'] as const satisfies readonly (
  | ItemVerdictCode
  | undefined
)[];

/** The number of what operators took down, which goes before what keeps an item from one viewer. */
export const takenDownBar = 3;

/** By row, the index into {@link barCodes}; undefined when nothing is barred, as on most pages. */
export function barredRows(input: CompositionInput, starts: readonly number[]): Uint8Array | undefined {
  const barred = barredForViewer(input, starts);
  return input.context.takenDown === undefined ? barred : withTakenDown(input, starts, barred);
}

function barredForViewer(
  { candidates, context }: CompositionInput,
  starts: readonly number[],
): Uint8Array | undefined {
  const { dismissed, above } = context;
  if (dismissed.length === 0 && above === undefined) return undefined;
  const unwanted = new Set(dismissed);
  const barred = new Uint8Array(starts[candidates.length] ?? 0);
  for (let index = 0; index < candidates.length; index++) {
    const { items } = candidates[index] ?? { items: [] };
    const start = starts[index] ?? 0;
    for (let place = 0; place < items.length; place++) {
      const item = items[place];
      if (item === undefined) continue;
      if (unwanted.has(item.id)) barred[start + place] = 1;
      else if (above?.items.has(itemHash(item.keys.item)) === true) barred[start + place] = 2;
    }
  }
  return barred;
}

/** Columns are made only for pages that have such an item. */
function withTakenDown(
  { candidates, context: { takenDown } }: CompositionInput,
  starts: readonly number[],
  viewers: Uint8Array | undefined,
): Uint8Array | undefined {
  let barred = viewers;
  for (let index = 0; index < candidates.length; index++) {
    const items = candidates[index]?.items;
    if (items === undefined || takenDown === undefined) continue;
    const places = takenDownPlaces(items, takenDown);
    if (places.length === 0) continue;
    if (barred === undefined) barred = new Uint8Array(starts[candidates.length] ?? 0);
    const start = starts[index] ?? 0;
    for (const place of places) barred[start + place] = takenDownBar;
  }
  return barred;
}
