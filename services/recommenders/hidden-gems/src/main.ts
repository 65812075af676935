import { loadCatalogue } from '@widget-mediator/film-catalogue';
import { runRecommender } from '@widget-mediator/recommender-host';
import { createHiddenGems } from './createHiddenGems.ts';

await runRecommender({
  name: 'hidden-gems',
  env: process.env,
  create: () => createHiddenGems(loadCatalogue()),
});
