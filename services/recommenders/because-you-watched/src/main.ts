import { loadCatalogue } from '@widget-mediator/film-catalogue';
import { runRecommender } from '@widget-mediator/recommender-host';
import { createBecauseYouWatched } from './createBecauseYouWatched.ts';

await runRecommender({
  name: 'because-you-watched',
  env: process.env,
  create: () => createBecauseYouWatched(loadCatalogue()),
});
