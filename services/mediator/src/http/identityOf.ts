import { limits } from '@widget-mediator/contracts';
import type { Request } from 'express';
import { HttpProblem } from './httpProblem.ts';

/**
 * What the sender calls the request, by `Idempotency-Key`: a string of RFC 9651 in quotes, as the draft has it, or the same
 * without, as most send it. Undefined when there is none. Throws {@link HttpProblem}.
 */
export function identityOf(request: Request): string | undefined {
  const header = request.headers['idempotency-key'];
  if (header === undefined) return undefined;
  const [, quoted, bare] =
    /^(?:"((?:[\x20-\x21\x23-\x5b\x5d-\x7e]|\\["\\])+)"|([\x21\x23-\x2b\x2d-\x7e]+))$/.exec(String(header)) ??
    [];
  const key = quoted?.replaceAll(/\\(.)/g, '$1') ?? bare;
  if (key === undefined || key.length > limits.idempotencyKeyCharacters) {
    throw new HttpProblem('validation-failed', {
      errors: [
        {
          pointer: '/Idempotency-Key',
          detail: `must be one string of visible ASCII, at most ${limits.idempotencyKeyCharacters} long`,
        },
      ],
    });
  }
  return `key ${key}`;
}
