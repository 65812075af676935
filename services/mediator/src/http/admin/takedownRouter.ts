import { type Takedown, type TakedownList, TakedownRequest } from '@widget-mediator/contracts';
import type { Request, Router } from 'express';
import type { IntakeBudget } from '../../intake/intakeBudget.ts';
import { isOver, type TakedownStore } from '../../store/takedownStore.ts';
import { authorOf, requireScope } from '../authenticate.ts';
import { methodNotAllowed } from '../errorHandler.ts';
import { exactRouter } from '../exactRouter.ts';
import { holdPlace, spendRequest } from '../holdToBudget.ts';
import { HttpProblem } from '../httpProblem.ts';
import type { Keyring } from '../keyring.ts';
import { bodyOfAtMost, readJson } from '../readJson.ts';
import { validated } from '../validated.ts';
import { takenDownThing } from './takenDownThing.ts';

export interface TakedownRouterParts {
  readonly keyring: Keyring;
  readonly budget: IntakeBudget;
  readonly takedowns: TakedownStore;
  readonly now: () => number;
}

const requestBytes = 4 * 1024;

/** `/v1/takedowns`: takes items, widgets and teams off all pages, and puts them back. For operators. */
export function takedownRouter(parts: TakedownRouterParts): Router {
  const { keyring, takedowns, now } = parts;
  const spend = spendRequest(parts, 'operate');
  const author = (request: Request) => authorOf(requireScope(keyring, request, 'operate'), now());
  const router = exactRouter();

  router
    .route('/v1/takedowns')
    .get(spend, async (_request, response) => {
      const all = await takedowns.readAll();
      const list: TakedownList = { takedowns: all.filter((one) => !isOver(one, now())) };
      response.setHeader('Cache-Control', 'no-store');
      response.json(list);
    })
    .all(methodNotAllowed('GET'));

  router
    .route('/v1/takedowns/:target/:id')
    .put(spend, holdPlace(parts, 'operate'), bodyOfAtMost(requestBytes), async (request, response) => {
      const thing = takenDownThing(request.params);
      const { isNew, takedown } = await takedowns.put(thing, parseRequest(request), author(request));
      response.status(isNew ? 201 : 200).json(takedown);
    })
    .get(spend, async (request, response) => {
      response.setHeader('Cache-Control', 'no-store');
      response.json(await known(request));
    })
    .delete(spend, async (request, response) => {
      if (!(await takedowns.remove(takenDownThing(request.params), author(request))))
        throw new HttpProblem('takedown-unknown');
      response.status(204).end();
    })
    .all(methodNotAllowed('PUT, GET, DELETE'));
  return router;

  async function known(request: Request): Promise<Takedown> {
    const takedown = await takedowns.read(takenDownThing(request.params));
    if (takedown === undefined || isOver(takedown, now())) throw new HttpProblem('takedown-unknown');
    return takedown;
  }

  function parseRequest(request: Request): TakedownRequest {
    const wanted = validated(TakedownRequest, readJson(request));
    if (!isOver(wanted, now())) return wanted;
    throw new HttpProblem('validation-failed', {
      errors: [{ pointer: '/until', detail: 'must be in the future' }],
    });
  }
}
