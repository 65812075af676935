import type { ItemVerdictCode } from '@widget-mediator/contracts';
import type { CompositionInput } from './composition.ts';
import { itemHash } from './itemHash.ts';

/** Why an item may not be shown, by the number that stands for it in a column; 0 stands for nothing. */
export const barCodes: readonly (ItemVerdictCode | undefined)[] = [undefined, 'dismissed', 'shown-above'];

/** By row, the index into {@link barCodes}; undefined when nothing is barred, as on most pages. */
export function barredRows(
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
