import { admit } from './admit.ts';
import type { Allocation } from './allocate.ts';
import { certification, certify } from './certificate/certify.ts';
import type { Composition, PlacedCandidate } from './composition.ts';
import type { Draft } from './draft.ts';
import { judge } from './judge.ts';
import { type Contest, score } from './score.ts';
import { scoresOf } from './scores.ts';
import { verdictsOf } from './verdicts.ts';
import { factorOf } from './weights.ts';
import { whyOf } from './why.ts';

/**
 * The last stage: gives everything that is not shown its reason, judged against the finished page, so that no reason
 * can name what is not on it. Only codes and counts are made here; objects when somebody asks, by scoring again,
 * which is pure: so a page that is kept holds no more than what it shows.
 */
export function explain(allocation: Allocation): Composition {
  const { contest, draft, search } = allocation;
  const { input } = contest;
  const placed = placedOf(contest, draft);
  const { codes, conservation } = judge(allocation);
  const again = () => score(admit(input));
  const verdicts = () => verdictsOf(again(), { draft, codes, placed });
  return {
    placed,
    conservation,
    search,
    strategy: contest.scorer.name,
    scores: () => scoresOf(again(), draft),
    verdicts,
    certificate: () => certify(again(), draft),
    *certification() {
      return yield* certification(again(), draft);
    },
    why: (subject) => whyOf(subject, { input, placed, verdicts: verdicts() }),
  };
}

function placedOf(contest: Contest, { chosen, shown, worths }: Draft): PlacedCandidate[] {
  const { input, placements, firstPosition } = contest;
  const placed: PlacedCandidate[] = [];
  for (let at = 0; at < placements.length; at++) {
    const index = chosen[at] ?? -1;
    const candidate = input.candidates[index];
    const placement = placements[at];
    if (candidate === undefined || placement === undefined) continue;
    const score = (worths[at] ?? 0) * factorOf(contest, { candidate: index, placement: at, chosen });
    placed.push({ candidate, placement, position: firstPosition + at, shown: shown[at] ?? [], score });
  }
  return placed;
}
