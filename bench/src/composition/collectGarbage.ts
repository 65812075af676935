import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');

/** Collects all garbage now, so that nobody's turn pays for what another left. */
export const collectGarbage: () => void = runInNewContext('() => gc()');
