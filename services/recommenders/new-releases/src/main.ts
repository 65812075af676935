import { loadCatalogue } from '@widget-mediator/film-catalogue';
import { runRecommender } from '@widget-mediator/recommender-host';
import { createNewReleases } from './createNewReleases.ts';

await runRecommender({
  name: 'new-releases',
  env: process.env,
  create: () => createNewReleases(loadCatalogue()),
});
