import type { Request, Response, Router } from 'express';
import type { IntakeBudget } from '../intake/intakeBudget.ts';
import type { HeldKey, KeyRegister } from '../keys/keyRegister.ts';
import { authenticate, authorOf } from './authenticate.ts';
import { methodNotAllowed } from './errorHandler.ts';
import { exactRouter } from './exactRouter.ts';
import { admitOrRefuse } from './holdToBudget.ts';
import { HttpProblem } from './httpProblem.ts';
import type { KeyIssuing } from './keyIssuing.ts';
import type { Keyring } from './keyring.ts';
import { announcedBytes } from './readJson.ts';

export interface OwnKeyRouterParts {
  readonly keyring: Keyring;
  readonly budget: IntakeBudget;
  readonly keyRegister: KeyRegister;
  readonly keyIssuing: KeyIssuing;
  readonly now: () => number;
}

/**
 * `/v1/key`, the key that the request carries, whatever its scopes: what it is (`GET`), its successor (`POST …/rotate`), its
 * end (`DELETE`). Nobody needs an operator to change keys, and no key can touch another.
 */
export function ownKeyRouter(parts: OwnKeyRouterParts): Router {
  const { keyRegister, keyIssuing, now } = parts;
  const router = exactRouter();

  router
    .route('/v1/key')
    .get((request, response) => {
      response.setHeader('Cache-Control', 'no-store');
      response.json(presented(request, response).listed);
    })
    .delete(async (request, response) => {
      const { holder } = presented(request, response);
      await keyIssuing.revoke(holder.keyId, authorOf(holder, now()));
      response.status(204).end();
    })
    .all(methodNotAllowed('GET, DELETE'));

  router
    .route('/v1/key/rotate')
    .post(async (request, response) => {
      const { holder, listed } = presented(request, response);
      const { team, scopes, note } = listed;
      const wanted = { team, scopes, ...(note !== undefined && { note }) };
      const made = await keyIssuing.make(wanted, authorOf(holder, now()));
      if ('exhausted' in made) throw new HttpProblem('keys-exhausted');
      response.setHeader('Cache-Control', 'no-store');
      response.status(201).json(made);
    })
    .all(methodNotAllowed('POST'));
  return router;

  /** As one of its team's requests. Throws {@link HttpProblem} when there is none. */
  function presented(request: Request, response: Response): HeldKey {
    const holder = authenticate(parts.keyring, request);
    const key = holder && keyRegister.find(holder.keyId);
    if (key === undefined) throw new HttpProblem('key-missing');
    admitOrRefuse(response, parts.budget.request(key.holder.team, announcedBytes(request)));
    return key;
  }
}
