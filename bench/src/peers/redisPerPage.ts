/* The usual backend-for-frontend: sources write their lists to Redis, and every page reads and parses all of them. */
import http from 'node:http';
import express from 'express';
import { Redis } from 'ioredis';
import { listen } from '../processes/listen.ts';
import { pushed } from '../scenarios/pushed.ts';
import { type FilmListing, fillPage } from './fillPage.ts';

const redis = new Redis(process.env['REDIS_URL'] ?? '');
const listings = pushed.widgets([]).map(
  ({ manifest: { metadata }, publication }): FilmListing => ({
    id: metadata.id,
    title: metadata.title,
    items: publication?.items ?? [],
  }),
);
const keys = listings.map(({ id }) => `redis-per-page:${id}`);
await redis.mset(...listings.flatMap((listing, index) => [keys[index] ?? '', JSON.stringify(listing)]));

const app = express();
app.get('/v1/homepage', async (_request, response) => {
  const texts = await redis.mget(keys);
  const stored = texts.flatMap((text) => (text === null ? [] : [JSON.parse(text) as FilmListing]));
  response.json(fillPage(stored));
});
listen(http.createServer(app));
