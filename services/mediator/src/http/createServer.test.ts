import net, { type AddressInfo } from 'node:net';
import express from 'express';
import { createServer } from './createServer.ts';

/** Sends the head of a request, and of its body one piece; resolves with all that is answered until the connection ends. */
async function sendSlowly(server: ReturnType<typeof createServer>, head: readonly string[]): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const socket = net.connect(port, '127.0.0.1');
  socket.write([...head, 'Host: mediator', 'Content-Length: 100', '', '{'].join('\r\n'));
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString();
  });
  await new Promise((resolve) => socket.once('close', resolve));
  server.close();
  return text;
}

/** Answers line by line once a request begins, and to its end. */
const app = () =>
  express().post('/', (request, response) => {
    if (request.query['begin'] !== undefined) response.write('begun');
    request.resume();
    setTimeout(() => response.end('answered'), 400);
  });

test('a request whose body is late is refused with 408', async () => {
  const text = await sendSlowly(createServer(app(), { arrivalMs: 50 }), ['POST / HTTP/1.1']);
  expect(text).toMatch(/^HTTP\/1.1 408 [\s\S]*urn:widget-mediator:problem:request-timeout/);
});

test('an answer that has begun is broken off, and not followed by another', async () => {
  const text = await sendSlowly(createServer(app(), { arrivalMs: 50 }), ['POST /?begin HTTP/1.1']);
  expect(text).toContain('begun');
  expect(text).not.toMatch(/408|answered/);
});

test('a stream of lines may take longer', async () => {
  const head = ['POST / HTTP/1.1', 'Content-Type: application/x-ndjson', 'Connection: close'];
  expect(await sendSlowly(createServer(app(), { arrivalMs: 50 }), head)).toContain('answered');
});

test('a request that is refused before all of it is there leaves no timer', async () => {
  const refusing = express().post('/', (_request, response) => {
    response.writeHead(413, { Connection: 'close' }).end('refused');
  });
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const before = timers();
  expect(await sendSlowly(createServer(refusing), ['POST / HTTP/1.1'])).toContain('refused');
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(timers()).toBeLessThanOrEqual(before);
});
