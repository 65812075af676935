import { type CandidateItem, type ItemKeys, itemKeys } from '@widget-mediator/composition';
import type { Attributes } from '@widget-mediator/contracts';

/**
 * An item that stays in the bytes it came in: what composition always needs of it, and where to find the rest. `pieces`
 * are begins and ends of the fields that pages show; undefined when they show all of it.
 */
export class ScannedItem implements CandidateItem {
  readonly itemType: string;
  id = '';
  parent: string | undefined = undefined;
  creator: string | undefined = undefined;
  brand: string | undefined = undefined;
  from = 0;
  to = 0;
  /** Begin and end of the attributes' object; both 0 when there is none. */
  attributesFrom = 0;
  attributesTo = 0;
  pieces: readonly number[] | undefined = undefined;
  readonly #bytes: Buffer;

  constructor(bytes: Buffer, itemType: string) {
    this.#bytes = bytes;
    this.itemType = itemType;
  }

  get keys(): ItemKeys {
    return itemKeys(this.itemType, this);
  }

  /** Read when asked for: only diversity needs them, and only of the first few. The scan has validated them. */
  get attributes(): Attributes | undefined {
    if (this.attributesTo === 0) return undefined;
    return JSON.parse(this.#bytes.toString('utf8', this.attributesFrom, this.attributesTo)) as Attributes;
  }
}
