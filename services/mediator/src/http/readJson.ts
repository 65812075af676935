import express, { type Request, type RequestHandler } from 'express';
import { JsonError, parseJson } from '../intake/parseJson.ts';
import { HttpProblem } from './httpProblem.ts';

/**
 * Reads a body of at most `maxBytes` (after inflation) without looking inside it. The media type is checked first,
 * so that no byte of a body in another format is read.
 */
export function bodyOfAtMost(maxBytes: number): RequestHandler[] {
  const requireJson: RequestHandler = (request, _response, next) => {
    next(isJson(request) ? undefined : new HttpProblem('media-type-unsupported'));
  };
  return [requireJson, express.raw({ type: () => true, limit: maxBytes })];
}

/** The JSON value of a body that {@link bodyOfAtMost} read. Throws {@link HttpProblem} when it is not JSON. */
export function readJson(request: Request): unknown {
  const body: unknown = request.body;
  if (!Buffer.isBuffer(body) || body.length === 0) throw new HttpProblem('malformed-json');
  try {
    return parseJson(body);
  } catch (error) {
    throw error instanceof JsonError ? new HttpProblem(error.code) : error;
  }
}

function isJson(request: Request): boolean {
  const [mediaType = '', ...parameters] = (request.headers['content-type'] ?? '').toLowerCase().split(';');
  const charset = parameters.find((parameter) => parameter.trim().startsWith('charset='));
  return (
    mediaType.trim() === 'application/json' && (charset === undefined || /=\s*"?utf-8"?\s*$/.test(charset))
  );
}
