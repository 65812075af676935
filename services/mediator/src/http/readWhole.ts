import type { IncomingMessage } from 'node:http';
import { bodyProblem, bodyStream, dropRest } from './bodyStream.ts';
import { HttpProblem } from './httpProblem.ts';

/** A whole body, of at most `maxBytes` once it is unpacked: beyond that nothing more is read or unpacked. Rejects with {@link HttpProblem}. */
export function readWhole(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const body = bodyStream(request);
    const chunks: Buffer[] = [];
    let received = 0;
    const end = (settle: () => void) => {
      body.off('data', take).off('end', whole).off('error', fail);
      request.off('close', leave);
      // An error that comes later is nobody's any more.
      body.on('error', () => {});
      settle();
    };
    const fail = (error: unknown) =>
      end(() => {
        dropRest(request, body);
        reject(bodyProblem(request, error));
      });
    const take = (chunk: Buffer) => {
      received += chunk.length;
      if (received > maxBytes) fail(new HttpProblem('body-too-large', { maxBytes }));
      else chunks.push(chunk);
    };
    const whole = () => end(() => resolve(joined(chunks)));
    const leave = () => {
      if (!request.readableEnded) fail(new HttpProblem('malformed-request'));
    };
    if (request.destroyed) {
      leave();
      return;
    }
    body.on('data', take).once('end', whole).once('error', fail);
    request.once('close', leave);
  });
}

/** Most bodies come in one piece, which need not be copied. */
function joined(chunks: readonly Buffer[]): Buffer {
  const [first] = chunks;
  return first !== undefined && chunks.length === 1 ? first : Buffer.concat(chunks);
}
