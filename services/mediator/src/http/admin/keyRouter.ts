import { type KeyList, KeyRequest } from '@widget-mediator/contracts';
import type { Request, Router } from 'express';
import type { IntakeBudget } from '../../intake/intakeBudget.ts';
import type { KeyRegister } from '../../keys/keyRegister.ts';
import { authorOf, requireScope } from '../authenticate.ts';
import { methodNotAllowed } from '../errorHandler.ts';
import { exactRouter } from '../exactRouter.ts';
import { holdPlace, spendRequest } from '../holdToBudget.ts';
import { HttpProblem } from '../httpProblem.ts';
import type { KeyIssuing } from '../keyIssuing.ts';
import type { Keyring } from '../keyring.ts';
import { bodyOfAtMost, readJson } from '../readJson.ts';
import { validated } from '../validated.ts';

export interface KeyRouterParts {
  readonly keyring: Keyring;
  readonly budget: IntakeBudget;
  readonly keyRegister: KeyRegister;
  readonly keyIssuing: KeyIssuing;
  readonly now: () => number;
}

const requestBytes = 4 * 1024;

/** `/v1/keys`: operators make keys for teams, list and revoke them. */
export function keyRouter(parts: KeyRouterParts): Router {
  const { keyring, keyRegister, keyIssuing, now } = parts;
  const spend = spendRequest(parts, 'operate');
  const author = (request: Request) => authorOf(requireScope(keyring, request, 'operate'), now());
  const router = exactRouter();

  router
    .route('/v1/keys')
    .post(spend, holdPlace(parts, 'operate'), bodyOfAtMost(requestBytes), async (request, response) => {
      const wanted = validated(KeyRequest, readJson(request));
      const made = await keyIssuing.make(wanted, author(request));
      if ('exhausted' in made) throw exhausted(wanted.scopes.indexOf(made.exhausted));
      response.setHeader('Cache-Control', 'no-store');
      response.status(201).json(made);
    })
    .get(spend, (_request, response) => {
      const list: KeyList = { keys: keyRegister.list() };
      response.setHeader('Cache-Control', 'no-store');
      response.json(list);
    })
    .all(methodNotAllowed('POST, GET'));

  router
    .route('/v1/keys/:keyId')
    .delete(spend, async (request, response) => {
      await keyIssuing.revoke(String(request.params['keyId']), author(request));
      response.status(204).end();
    })
    .all(methodNotAllowed('DELETE'));
  return router;
}

const exhausted = (index: number): HttpProblem =>
  new HttpProblem('keys-exhausted', {
    errors: [{ pointer: `/scopes/${index}`, detail: 'the team has two active keys of this scope' }],
  });
