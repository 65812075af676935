/* What Express alone costs: the finished page is an object in memory and is serialised for each request. */
import http from 'node:http';
import express from 'express';
import { listen } from '../processes/listen.ts';
import { capturedPage } from './capturedPage.ts';

const page: unknown = JSON.parse(capturedPage().body);
const app = express();
app.get('/v1/homepage', (_request, response) => {
  response.json(page);
});
listen(http.createServer(app));
