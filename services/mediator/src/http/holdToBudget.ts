import type { Scope, TeamId } from '@widget-mediator/contracts';
import type { RequestHandler, Response } from 'express';
import type { BudgetState, IntakeBudget, Refusal, Spending } from '../intake/intakeBudget.ts';
import { requireScope } from './authenticate.ts';
import { HttpProblem } from './httpProblem.ts';
import type { Keyring } from './keyring.ts';
import { announcedBytes } from './readJson.ts';

export interface BudgetParts {
  readonly keyring: Keyring;
  readonly budget: IntakeBudget;
}

/** Spends one request of the caller's team. Throws {@link HttpProblem} when there is no key for it, or nothing left. */
export function spendRequest(
  { keyring, budget }: BudgetParts,
  scope: Scope | readonly Scope[],
): RequestHandler {
  return (request, response, next) => {
    const { team } = requireScope(keyring, request, scope);
    admitOrRefuse(response, budget.request(team, announcedBytes(request)));
    next();
  };
}

/** Takes a place for one body of the team, so that none fills memory with bodies; returns how to leave it. */
export function takePlace(response: Response, budget: IntakeBudget, team: TeamId): () => void {
  const place = budget.enter(team);
  if ('leave' in place) return place.leave;
  throw refuse(response, place);
}

/** Holds a place until the request is answered. */
export function holdPlace({ keyring, budget }: BudgetParts, scope: Scope): RequestHandler {
  return (request, response, next) => {
    const leave = takePlace(response, budget, requireScope(keyring, request, scope).team);
    response.once('close', leave);
    next();
  };
}

/** Tells the caller how the budget stands. Throws {@link HttpProblem} when the request may not come in. */
export function admitOrRefuse(response: Response, { state, refusal }: Spending): void {
  if (refusal !== undefined) throw refuse(response, { state, refusal });
  tell(response, state, Math.ceil(state.resetMs / 1000));
}

/** The same where there is nobody to tell: in the middle of a stream. Throws {@link HttpProblem} when there is nothing left. */
export function refuseSpent({ state, refusal }: Spending): void {
  if (refusal !== undefined) throw problemOf({ state, refusal });
}

/** Retry-After and `t` name the same second, in whole ones (RFC 9110, 10.2.3). */
function refuse(response: Response, { state, refusal }: Refusal): HttpProblem {
  const problem = problemOf({ state, refusal });
  tell(response, state, problem.extras.retryAfterSeconds ?? 1);
  return problem;
}

function problemOf({ state, refusal }: Refusal): HttpProblem {
  const retryAfterSeconds = Math.max(1, Math.ceil(state.resetMs / 1000));
  return new HttpProblem(refusal, { budget: state.name, retryAfterSeconds });
}

function tell(response: Response, state: BudgetState, resetSeconds: number): void {
  response.setHeader('RateLimit-Policy', policyOf(state));
  response.setHeader('RateLimit', `"${state.name}";r=${state.remaining};t=${resetSeconds}`);
}

/** draft-ietf-httpapi-ratelimit-headers-10, 3: the budget's name, its quota and its window in seconds. */
const policyOf = ({ name, quota, windowSeconds }: BudgetState): string =>
  `"${name}";q=${quota}${windowSeconds === undefined ? '' : `;w=${windowSeconds}`}`;
