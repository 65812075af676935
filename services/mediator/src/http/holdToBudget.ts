import type { RequestHandler, Response } from 'express';
import type { BudgetState, IntakeBudget, Spending } from '../intake/intakeBudget.ts';
import { requireScope } from './authenticate.ts';
import { HttpProblem } from './httpProblem.ts';
import type { Keyring, Scope } from './keyring.ts';
import { announcedBytes } from './readJson.ts';

export interface BudgetParts {
  readonly keyring: Keyring;
  readonly budget: IntakeBudget;
}

/** Spends one request of the caller's team. Throws {@link HttpProblem} when there is no key for it, or nothing left. */
export function spendRequest({ keyring, budget }: BudgetParts, scope: Scope): RequestHandler {
  return (request, response, next) => {
    const { team } = requireScope(keyring, request, scope);
    admitOrRefuse(response, budget.request(team, announcedBytes(request)));
    next();
  };
}

/** Holds a place for the body of a request until it is answered, so that no team fills memory with bodies. */
export function holdPlace({ keyring, budget }: BudgetParts, scope: Scope): RequestHandler {
  return (request, response, next) => {
    const place = budget.enter(requireScope(keyring, request, scope).team);
    if ('state' in place) admitOrRefuse(response, place);
    else response.once('close', place.leave);
    next();
  };
}

/** Tells the caller how the budget stands. Throws {@link HttpProblem} when the request may not come in. */
export function admitOrRefuse(response: Response, { state, refusal }: Spending): void {
  const resetSeconds = Math.max(refusal === undefined ? 0 : 1, Math.ceil(state.resetMs / 1000));
  response.setHeader('RateLimit-Policy', policyOf(state));
  response.setHeader('RateLimit', `"${state.name}";r=${state.remaining};t=${resetSeconds}`);
  if (refusal === undefined) return;
  // Retry-After and `t` name the same second, in whole ones (RFC 9110, 10.2.3).
  throw new HttpProblem(refusal, { budget: state.name, retryAfterSeconds: resetSeconds });
}

/** draft-ietf-httpapi-ratelimit-headers-10, 3: the budget's name, its quota and its window in seconds. */
const policyOf = ({ name, quota, windowSeconds }: BudgetState): string =>
  `"${name}";q=${quota}${windowSeconds === undefined ? '' : `;w=${windowSeconds}`}`;
