/* Sources that are hung, slow, dead, malformed or oversized when they are told to be. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { Behaviours } from '../faults/fault.ts';
import { slowMs, sourceCount } from '../faults/faultyPage.ts';
import { answerQuestions } from '../processes/answerQuestions.ts';
import { listen } from '../processes/listen.ts';
import { filmList } from '../scenarios/filmLists.ts';
import { pulledAnswer } from '../scenarios/pulled.ts';

/** Twice what a source may send. */
const tooMuch = Buffer.from(JSON.stringify({ version: 1, items: filmList(0, 3_500) }));

let behaviours: Behaviours = Array.from({ length: sourceCount }, () => 'healthy');
/** Calls that the first source has not answered and whose connections are still open. */
let inFlight = 0;

const servers = behaviours.map((_, source) => {
  const body = pulledAnswer(source);
  return http.createServer((request, response) => {
    if (source === 0) {
      inFlight += 1;
      response.once('close', () => {
        inFlight -= 1;
      });
    }
    request.resume();
    request.once('end', () => answer(response, source, body));
  });
});

function answer(response: http.ServerResponse, source: number, body: Buffer): void {
  const send = (content: Buffer): void => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(content);
  };
  const behaviour = behaviours[source];
  if (behaviour === 'hung') return;
  if (behaviour === 'slow') setTimeout(send, slowMs, body);
  else if (behaviour === 'malformed') send(body.subarray(0, body.length / 2));
  else if (behaviour === 'oversized') send(tooMuch);
  else send(body);
}

answerQuestions({
  async behave(details) {
    behaviours = Behaviours.parse(details);
    await Promise.all(
      servers.map((server, source) => (behaviours[source] === 'dead' ? die(server) : revive(server))),
    );
  },
  inFlight: () => inFlight,
});
listen(...servers);

const portOf = new Map<http.Server, number>();

/** From now on connections are refused, and those that there are end. */
async function die(server: http.Server): Promise<void> {
  if (!server.listening) return;
  portOf.set(server, (server.address() as AddressInfo).port);
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}

async function revive(server: http.Server): Promise<void> {
  const port = portOf.get(server);
  if (server.listening || port === undefined) return;
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
}
