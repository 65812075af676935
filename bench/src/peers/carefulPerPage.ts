/*
 * The careful fan-out: global fetch with a time limit, a breaker for each source (opossum), every answer put to the
 * schema that the mediator holds sources to (zod), a log line for each page (pino-http). What fails is left out.
 */
import http from 'node:http';
import { Publication } from '@widget-mediator/contracts';
import express from 'express';
import CircuitBreaker from 'opossum';
import { pinoHttp } from 'pino-http';
import { listen } from '../processes/listen.ts';
import { sourceBudgetMs } from '../scenarios/widgetManifest.ts';
import { type FilmListing, fillPage } from './fillPage.ts';
import { itemsAsked, type PulledSource, pulledSources } from './pulledSources.ts';

const headers = { 'content-type': 'application/json', accept: 'application/json' };

async function ask({ id, title, origin }: PulledSource, user: unknown): Promise<FilmListing> {
  const body = JSON.stringify({ user, count: itemsAsked });
  const signal = AbortSignal.timeout(sourceBudgetMs);
  const response = await fetch(`${origin}/widget`, { method: 'POST', headers, body, signal });
  if (!response.ok) throw new Error(`${id} answered with ${response.status}`);
  const { items } = Publication.parse(await response.json());
  return { id, title, items };
}

/** The time limit is the signal's, which opossum's own would not cancel; percentiles cost, and nobody reads them here. */
const options = { timeout: false, volumeThreshold: 10, rollingPercentilesEnabled: false } as const;
const breakers = pulledSources.map((source) => {
  const breaker = new CircuitBreaker((user: unknown) => ask(source, user), options);
  breaker.fallback((): FilmListing => ({ ...source, items: [] }));
  return breaker;
});

const app = express();
app.use(pinoHttp());
app.get('/v1/homepage', async (request, response) => {
  const { user } = request.query;
  response.json(fillPage(await Promise.all(breakers.map((breaker) => breaker.fire(user)))));
});
listen(http.createServer(app));
