import { spreadOf } from '../measure/spread.ts';
import type { Target } from '../scenarios/scenario.ts';
import type { ComparisonFigures, ServerFigures } from './benchReport.ts';

/** Peer ÷ mediator in each round that is kept, so that what slows a whole round down slows both sides of the ratio. */
export function comparisonFigures(
  mediator: ServerFigures,
  peer: ServerFigures,
  target: Target | undefined,
): ComparisonFigures {
  const perRound = peer.rounds.flatMap((round) => {
    const same = mediator.rounds.find((other) => other.round === round.round);
    return round.kept && same !== undefined ? [round.cpuPerPageUs / same.cpuPerPageUs] : [];
  });
  const ratio = spreadOf(perRound);
  return {
    scenario: peer.scenario,
    peer: peer.server,
    title: peer.title,
    ratio,
    perRound,
    target: target ?? null,
    met: target === undefined ? null : verdictOf(ratio.median, target),
  };
}

function verdictOf(ratio: number, { atLeast, aim }: Target): 'aim' | 'yes' | 'no' {
  if (ratio >= aim) return 'aim';
  return ratio >= atLeast ? 'yes' : 'no';
}
