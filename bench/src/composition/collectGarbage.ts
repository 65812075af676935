import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');

/**
 * Collects young garbage now, so that nobody's turn pays for what another left. Not the old: when that is forced, V8 forgets the
 * machine code that works on objects of which there is none just then, which it does not when it collects by itself.
 */
export const collectGarbage: () => void = runInNewContext("() => gc({ type: 'minor' })");
