import { loadCatalogue } from '@widget-mediator/film-catalogue';
import { runRecommender } from '@widget-mediator/recommender-host';
import { createContinueWatching } from './createContinueWatching.ts';

await runRecommender({
  name: 'continue-watching',
  env: process.env,
  create: () => createContinueWatching(loadCatalogue()),
});
