export type { Content, Recommender, Submission } from './recommender.ts';
export { type RunOptions, runRecommender } from './runRecommender.ts';
export { readWidgetFile, servedAt } from './widgetFile.ts';
