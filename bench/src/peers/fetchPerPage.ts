/* The usual fan-out: all sources are asked with global fetch, a failed one is left out, nothing is validated. */
import http from 'node:http';
import express from 'express';
import { listen } from '../processes/listen.ts';
import { pageShape } from '../scenarios/pageLayout.ts';
import { pulled } from '../scenarios/pulled.ts';
import { type FilmListing, fillPage } from './fillPage.ts';

const origins = (process.env['SOURCE_ORIGINS'] ?? '').split(',');
const sources = pulled.widgets(origins).map(({ manifest: { metadata } }, index) => ({
  id: metadata.id,
  title: metadata.title,
  url: `${origins[index]}/widget`,
}));
const headers = { 'content-type': 'application/json', accept: 'application/json' };

async function ask({ id, title, url }: (typeof sources)[number], user: unknown): Promise<FilmListing> {
  try {
    const body = JSON.stringify({ user, count: pageShape.itemsShown * 2 });
    const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(800) });
    const { items } = (await response.json()) as Pick<FilmListing, 'items'>;
    return { id, title, items: response.ok ? items : [] };
  } catch {
    return { id, title, items: [] };
  }
}

const app = express();
app.get('/v1/homepage', async (request, response) => {
  const { user } = request.query;
  response.json(fillPage(await Promise.all(sources.map((source) => ask(source, user)))));
});
listen(http.createServer(app));
