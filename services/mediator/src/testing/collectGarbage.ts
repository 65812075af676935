import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');

/** Collects all garbage, or only what is young. */
export const collectGarbage: (options?: { readonly type: 'minor' }) => void = runInNewContext('gc');
