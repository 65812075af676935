import { loadCatalogue } from '@widget-mediator/film-catalogue';
import { runRecommender } from '@widget-mediator/recommender-host';
import { createPopular } from './createPopular.ts';

await runRecommender({ name: 'popular', env: process.env, create: () => createPopular(loadCatalogue()) });
