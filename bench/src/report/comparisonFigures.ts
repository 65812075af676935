import { spreadOf } from '../measure/spread.ts';
import type { Target } from '../scenarios/scenario.ts';
import type { ComparisonFigures, ServerFigures } from './benchReport.ts';
import type { Competitor } from './serverFigures.ts';

/** Each peer with the mediator of its scenario. */
export function comparisonsOf(
  contestants: readonly Competitor[],
  servers: readonly ServerFigures[],
): ComparisonFigures[] {
  return contestants.flatMap(({ name, scenario, peer }) => {
    const own = servers.find(({ server }) => server === `mediator-${scenario.name}`);
    const other = servers.find(({ server }) => server === name);
    return peer === undefined || own === undefined || other === undefined
      ? []
      : [comparisonFigures(own, other, peer.target)];
  });
}

function comparisonFigures(
  mediator: ServerFigures,
  peer: ServerFigures,
  target: Target | undefined,
): ComparisonFigures {
  const perRound = ratioPerRound(peer, mediator);
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

/** CPU per page, one ÷ other, in each round that is kept: what slows a whole round down slows both sides of the ratio. */
export function ratioPerRound(one: ServerFigures, other: ServerFigures): number[] {
  return one.rounds.flatMap((round) => {
    const same = other.rounds.find((candidate) => candidate.round === round.round);
    return round.kept && same !== undefined ? [round.cpuPerPageUs / same.cpuPerPageUs] : [];
  });
}

function verdictOf(ratio: number, { atLeast, aim }: Target): 'aim' | 'yes' | 'no' {
  if (ratio >= aim) return 'aim';
  return ratio >= atLeast ? 'yes' : 'no';
}
