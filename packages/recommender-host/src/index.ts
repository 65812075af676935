export type { Content, Recommender, Submission } from './recommender.ts';
export { type RunOptions, runRecommender } from './runRecommender.ts';
