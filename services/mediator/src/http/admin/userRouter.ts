import { UserId } from '@widget-mediator/contracts';
import type { Router } from 'express';
import type { IntakeBudget } from '../../intake/intakeBudget.ts';
import type { UserErasures } from '../../store/userErasures.ts';
import { authorOf, requireScope } from '../authenticate.ts';
import { methodNotAllowed } from '../errorHandler.ts';
import { exactRouter } from '../exactRouter.ts';
import { spendRequest } from '../holdToBudget.ts';
import { HttpProblem } from '../httpProblem.ts';
import type { Keyring } from '../keyring.ts';

export interface UserRouterParts {
  readonly keyring: Keyring;
  readonly budget: IntakeBudget;
  readonly erasures: Pick<UserErasures, 'erase'>;
  readonly now: () => number;
}

/** `DELETE /v1/users/{userId}`: erases a user. For operators. */
export function userRouter(parts: UserRouterParts): Router {
  const { keyring, erasures, now } = parts;
  const router = exactRouter();
  router
    .route('/v1/users/:userId')
    .delete(spendRequest(parts, 'operate'), async (request, response) => {
      const user = UserId.safeParse(request.params['userId']);
      if (!user.success) {
        throw new HttpProblem('validation-failed', {
          errors: [{ pointer: '/userId', detail: 'must be visible characters without spaces' }],
        });
      }
      const by = authorOf(requireScope(keyring, request, 'operate'), now());
      response.json(await erasures.erase(user.data, by));
    })
    .all(methodNotAllowed('DELETE'));
  return router;
}
