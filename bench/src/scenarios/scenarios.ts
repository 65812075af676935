import { busy } from './busy.ts';
import { personal } from './personal.ts';
import { pulled } from './pulled.ts';
import { pushed } from './pushed.ts';
import type { Scenario } from './scenario.ts';

/** The pages that peers are compared by. A new peer is a file in `peers/` and an entry in its scenario's list. */
export const scenarios: readonly Scenario[] = [pushed, busy, personal, pulled];
