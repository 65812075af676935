/* The floor: no framework, no routing, one Buffer. Nothing in Node can answer with these bytes for less. */
import http from 'node:http';
import { listen } from '../processes/listen.ts';
import { capturedPage } from './capturedPage.ts';

const page = capturedPage();
const headers = [...page.headers];
const body = Buffer.from(page.body);

listen(
  http.createServer((_request, response) => {
    response.writeHead(200, headers);
    response.end(body);
  }),
);
