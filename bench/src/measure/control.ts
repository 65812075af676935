/* The same small work under the same low rate all the time. When it costs more, the machine was disturbed. */
import { createHash } from 'node:crypto';
import http from 'node:http';
import { listen } from '../processes/listen.ts';
import { filmList } from '../scenarios/filmLists.ts';
import { itemsPushed } from '../scenarios/pushed.ts';

const list = filmList(0, itemsPushed);

listen(
  http.createServer((_request, response) => {
    const text = JSON.stringify(list);
    const digest = createHash('sha256').update(text).digest('hex');
    response.end(`{"digest":"${digest}","items":${text}}`);
  }),
);
