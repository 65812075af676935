import type { IncomingMessage } from 'node:http';
import type { Readable, Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { HttpProblem } from './httpProblem.ts';

const unpackers: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

const acceptEncoding = Object.keys(unpackers).join(', ');

export const isPacked = ({ headers }: IncomingMessage): boolean =>
  (headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity';

/**
 * The body as it was before `Content-Encoding`: the request itself when it is not packed. Destroying what unpacks it leaves the
 * request alive, so that it can be answered. Throws {@link HttpProblem} when the encoding is not known.
 */
export function bodyStream(request: IncomingMessage): Readable {
  if (!isPacked(request)) return request;
  const unpack = unpackers[request.headers['content-encoding']?.toLowerCase() ?? ''];
  if (unpack === undefined) throw new HttpProblem('encoding-unsupported', { acceptEncoding });
  const body = unpack();
  // Nobody else tells it that no more will come.
  const leave = () => {
    if (!request.readableEnded) body.destroy(new HttpProblem('malformed-request'));
  };
  if (request.destroyed) leave();
  request.once('close', leave);
  body.once('close', () => request.off('close', leave));
  return request.pipe(body);
}

/** Drops, as it comes, what is left of a body that nobody reads any more. */
export function dropRest(request: IncomingMessage, body: Readable): void {
  if (body !== request) {
    request.unpipe();
    body.destroy();
  }
  request.resume();
}

/** What an error of {@link bodyStream} means: the client went away, or the body is not what Content-Encoding says. */
export function bodyProblem(request: IncomingMessage, error: unknown): HttpProblem {
  if (error instanceof HttpProblem) return error;
  return new HttpProblem(isPacked(request) ? 'malformed-encoding' : 'malformed-request');
}
