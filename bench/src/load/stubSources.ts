/* The sources that pulled pages ask, as cheap as can be, so that they do not stand in the servers' way. */
import http from 'node:http';
import { answerQuestions } from '../processes/answerQuestions.ts';
import { listen } from '../processes/listen.ts';
import { filmSources } from '../scenarios/pulled.ts';

let asked = 0;
answerQuestions({ asked: () => asked });

const sources = filmSources().map((publication) => {
  const body = Buffer.from(JSON.stringify(publication));
  const headers = { 'content-type': 'application/json', 'content-length': body.length };
  return http.createServer((request, response) => {
    request.resume();
    request.once('end', () => {
      asked += 1;
      response.writeHead(200, headers);
      response.end(body);
    });
  });
});
listen(...sources);
