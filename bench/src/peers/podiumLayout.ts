/*
 * @podium/layout, which composes pages of what "podlets" answer with. Here they answer with the same JSON as the other
 * peers get, so that the layout can make the same page of it: parsed, deduped, and eight lists of it taken.
 */
import http from 'node:http';
import Layout from '@podium/layout';
import express from 'express';
import { listen } from '../processes/listen.ts';
import { sourceBudgetMs } from '../scenarios/widgetManifest.ts';
import { type FilmListing, fillPage } from './fillPage.ts';
import { itemsAsked, pulledSources } from './pulledSources.ts';

const layout = new Layout({ name: 'homepage', pathname: '/' });
const podlets = pulledSources.map(({ id, title, origin }) => {
  const uri = `${origin}/manifest.json`;
  const podlet = layout.client.register({ name: id, uri, timeout: sourceBudgetMs });
  return { id, title, podlet };
});

const app = express();
app.use(layout.middleware());
app.get('/v1/homepage', async (request, response) => {
  const query = { user: request.query['user'], count: itemsAsked };
  const ask = async ({ id, title, podlet }: (typeof podlets)[number]): Promise<FilmListing> => {
    const { content } = await podlet.fetch(response.locals.podium, { query });
    // A podlet that fails is its fallback, which is empty.
    if (content === '') return { id, title, items: [] };
    const { items } = JSON.parse(content) as Pick<FilmListing, 'items'>;
    return { id, title, items };
  };
  response.json(fillPage(await Promise.all(podlets.map(ask))));
});
listen(http.createServer(app));
