import type { PassReport, SearchReport } from './composition.ts';
import type { Draft } from './draft.ts';
import { fillGreedily } from './passes/fillGreedily.ts';
import { passes } from './passes/passes.ts';
import { keepsPromises } from './promises.ts';
import { createReader, type Reader } from './reader.ts';
import type { Contest } from './score.ts';
import { isBetter } from './standing.ts';

/** A finished page, still in indexes. */
export interface Allocation {
  readonly contest: Contest;
  readonly reader: Reader;
  readonly draft: Draft;
  readonly search: SearchReport;
}

/**
 * The third stage: dedupe, minimum, selection and placement as one step, in which only what is displayed claims. The
 * greedy page first; then each pass that the layout has on may better it. A pass that breaks a promise of the page is
 * withdrawn, and the page before it stands.
 */
export function allocate(contest: Contest): Allocation {
  const reader = createReader(contest);
  let draft = fillGreedily(contest, reader);
  const greedy = draft.score;
  const reports: PassReport[] = [];
  let iterations = 0;
  for (const pass of passes) {
    if (!pass.isOn(contest)) continue;
    const tried = pass.run(contest, reader, draft);
    iterations += tried.iterations;
    const betters = isBetter(contest, tried.draft, draft);
    const keeps = !betters || keepsPromises(contest, tried.draft, draft);
    reports.push({
      name: pass.name,
      gain: betters && keeps ? tried.draft.score - draft.score : 0,
      withdrawn: !keeps,
    });
    if (betters && keeps) draft = tried.draft;
  }
  return { contest, reader, draft, search: { greedy, score: draft.score, iterations, passes: reports } };
}
