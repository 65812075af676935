import { limits } from '@widget-mediator/contracts';
import type { Request, RequestHandler } from 'express';
import { parseJson } from '../intake/parseJson.ts';
import { isPacked } from './bodyStream.ts';
import { HttpProblem } from './httpProblem.ts';
import { readWhole } from './readWhole.ts';

export const jsonType = 'application/json';

/**
 * Reads a body of at most `maxBytes` (after inflation) into `request.body`, without looking inside it. The media type and the
 * announced length are checked first, so that no byte of what would be refused anyway is read. Rejects with {@link HttpProblem}.
 */
export async function readBody(
  request: Request,
  maxBytes: number,
  types: readonly string[] = [jsonType],
): Promise<void> {
  if (!types.some((type) => hasType(request, type))) throw new HttpProblem('media-type-unsupported');
  const announced = Number(request.headers['content-length'] ?? 0);
  if (!isPacked(request) && announced > maxBytes) throw new HttpProblem('body-too-large', { maxBytes });
  request.body = await readWhole(request, maxBytes);
}

/** The same as a handler, after which the next ones find the body. */
export const bodyOfAtMost =
  (maxBytes: number, types?: readonly string[]): RequestHandler =>
  async (request, _response, next) => {
    await readBody(request, maxBytes, types);
    next();
  };

/**
 * How long the body will be, as far as may be believed before it is read: one that does not say, or is packed, may be as
 * long as any.
 */
export function announcedBytes({ headers }: Request): number {
  const isUnknown = headers['transfer-encoding'] !== undefined || headers['content-encoding'] !== undefined;
  return isUnknown ? limits.publicationBytes : Number(headers['content-length'] ?? 0);
}

/** How long a body is that {@link readBody} read. */
export const bytesOf = ({ body }: Request): number => (Buffer.isBuffer(body) ? body.length : 0);

/** The body that {@link readBody} read. Throws {@link HttpProblem} when there is none. */
export function bodyOf(request: Request): Buffer {
  const body: unknown = request.body;
  if (!Buffer.isBuffer(body) || body.length === 0) throw new HttpProblem('malformed-json');
  return body;
}

/** Its JSON value. Throws {@link HttpProblem} or `JsonError` when it is not JSON. */
export const readJson = (request: Request): unknown => parseJson(bodyOf(request));

/** Whether the body is of this media type, in UTF-8. */
export function hasType(request: Request, type: string): boolean {
  const [mediaType = '', ...parameters] = (request.headers['content-type'] ?? '').toLowerCase().split(';');
  const charsets = parameters.filter((parameter) => parameter.trim().startsWith('charset='));
  return mediaType.trim() === type && charsets.every((one) => /=\s*"?utf-8"?\s*$/.test(one));
}
