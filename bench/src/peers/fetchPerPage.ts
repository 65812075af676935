/* The usual fan-out: all sources are asked with global fetch, a failed one is left out, nothing is validated. */
import http from 'node:http';
import express from 'express';
import { listen } from '../processes/listen.ts';
import { sourceBudgetMs } from '../scenarios/widgetManifest.ts';
import { type FilmListing, fillPage } from './fillPage.ts';
import { itemsAsked, type PulledSource, pulledSources } from './pulledSources.ts';

const headers = { 'content-type': 'application/json', accept: 'application/json' };

async function ask({ id, title, origin }: PulledSource, user: unknown): Promise<FilmListing> {
  try {
    const body = JSON.stringify({ user, count: itemsAsked });
    const signal = AbortSignal.timeout(sourceBudgetMs);
    const response = await fetch(`${origin}/widget`, { method: 'POST', headers, body, signal });
    const { items } = (await response.json()) as Pick<FilmListing, 'items'>;
    return { id, title, items: response.ok ? items : [] };
  } catch {
    return { id, title, items: [] };
  }
}

const app = express();
app.get('/v1/homepage', async (request, response) => {
  const { user } = request.query;
  response.json(fillPage(await Promise.all(pulledSources.map((source) => ask(source, user)))));
});
listen(http.createServer(app));
