/* The sources that pulled pages ask, as cheap as can be, so that they do not stand in the servers' way. */
import http from 'node:http';
import { answerQuestions } from '../processes/answerQuestions.ts';
import { listen } from '../processes/listen.ts';
import { pulledAnswer } from '../scenarios/pulled.ts';

let asked = 0;
answerQuestions({ asked: () => asked });

/** What `@podium/layout` asks a podlet for once, before its content. */
const podletManifest = JSON.stringify({ name: 'list', version: '1.0.0', content: '/widget' });

const sources = Array.from({ length: Number(process.env['SOURCES']) }, (_, source) => {
  const body = pulledAnswer(source);
  const headers = { 'content-type': 'application/json', 'content-length': body.length };
  return http.createServer((request, response) => {
    request.resume();
    request.once('end', () => {
      if (request.url === '/manifest.json') {
        response.end(podletManifest);
        return;
      }
      asked += 1;
      response.writeHead(200, headers);
      response.end(body);
    });
  });
});
listen(...sources);
