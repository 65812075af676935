export { buildStatistics, countStatistics, type LoggedPage } from './buildStatistics.ts';
export {
  type Candidate,
  type CandidateItem,
  candidateItem,
  createCandidate,
  type ItemKeys,
  itemKeys,
  tierOf,
  withProvenance,
} from './candidate.ts';
export { compose } from './compose.ts';
export {
  type Above,
  anybody,
  type Composition,
  type CompositionInput,
  type Conservation,
  type PlacedCandidate,
  type Ranking,
  type TakenDownItems,
  type ViewerContext,
  type WidgetScore,
} from './composition.ts';
export { editorialCandidates } from './editorialCandidates.ts';
export {
  canTake,
  eligibilityVerdict,
  isWithinLocale,
  ownVerdict,
  type PageAt,
  sunsetMs,
} from './eligibility.ts';
export type { Feedback, RankCounts, SourceFeedback } from './feedback.ts';
export { itemHash } from './itemHash.ts';
export { layoutFindings } from './lint/layoutFindings.ts';
export { registrationFindings } from './lint/registrationFindings.ts';
export { pinsInForce } from './pinsInForce.ts';
export {
  type Awaited,
  canCloseEarly,
  type Outstanding,
  placementsOnPage,
  settledPlacements,
} from './settledPlacements.ts';
export { noStatistics, type SourceStatistics, type Statistics } from './statistics.ts';
export { createStrategy } from './strategies/createStrategy.ts';
export type { Scorer, Strategy } from './strategies/strategy.ts';
