import { textHash } from './textHash.ts';

/** A uint32 that orders equals: the same for the same seed and widget. */
export const tieBreakOf = (seed: number, widget: string): number => textHash(widget, seed);
