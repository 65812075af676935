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
export function explain({ contest, draft, search }: Allocation): Composition {
  const { input } = contest;
  const placed = placedOf(contest, draft);
  const { codes, conservation } = judge(contest, draft);
  const again = () => score(admit(input));
  const verdicts = () => verdictsOf(again(), { draft, codes, placed });
  return {
    placed,
    conservation,
    search,
    strategy: contest.scorer.name,
    get scores() {
      return scoresOf(again(), draft);
    },
    verdicts,
    certificate: () => certify(again(), draft),
    certification: () => certification(again(), draft),
    why: (subject) => whyOf(subject, { input, placed, verdicts: verdicts() }),
  };
}

function placedOf(contest: Contest, { chosen, shown, worths }: Draft): PlacedCandidate[] {
  const { input, placements, firstPosition } = contest;
  return placements.flatMap((there, placement) => {
    const index = chosen[placement] ?? -1;
    const candidate = input.candidates[index];
    if (candidate === undefined) return [];
    const score = (worths[placement] ?? 0) * factorOf(contest, { candidate: index, placement, chosen });
    return [
      {
        candidate,
        placement: there,
        position: firstPosition + placement,
        shown: shown[placement] ?? [],
        score,
      },
    ];
  });
}
