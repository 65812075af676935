import { textHash } from './textHash.ts';

/**
 * 32 bits for an item key, to tell in little room whether a page above showed it. Of 200 keys, one in 20 million others
 * is taken for one of them by mistake.
 */
export const itemHash = (key: string): number => textHash(key);
