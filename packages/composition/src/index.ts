export { buildStatistics, type LoggedPage } from './buildStatistics.ts';
export { type Candidate, type CandidateItem, type ItemKeys, itemKeys, tierOf } from './candidate.ts';
export { compose } from './compose.ts';
export type {
  Composition,
  CompositionInput,
  Conservation,
  PlacedCandidate,
  WidgetScore,
} from './composition.ts';
export { editorialCandidates } from './editorialCandidates.ts';
export { canTake, eligibilityVerdict, isWithinLocale } from './eligibility.ts';
export { layoutFindings } from './layoutFindings.ts';
export { noStatistics, type SourceStatistics, type Statistics } from './statistics.ts';
export { createStrategy } from './strategies/createStrategy.ts';
export type { Scorer, Strategy } from './strategies/strategy.ts';
