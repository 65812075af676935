import { registrationFindings } from '@widget-mediator/composition';
import { Layout, type LayoutCheck, type Registration } from '@widget-mediator/contracts';
import type { Router } from 'express';
import type { FindingsOf } from '../../homepage/layouts.ts';
import type { IntakeBudget } from '../../intake/intakeBudget.ts';
import { methodNotAllowed } from '../errorHandler.ts';
import { exactRouter } from '../exactRouter.ts';
import { holdPlace, spendRequest } from '../holdToBudget.ts';
import type { Keyring } from '../keyring.ts';
import { bodyOfAtMost, readJson } from '../readJson.ts';
import { validated } from '../validated.ts';

export interface LayoutRouterParts {
  readonly keyring: Keyring;
  readonly budget: IntakeBudget;
  /** What keeps a mediator from starting with a layout. */
  readonly findingsOf: FindingsOf;
  readonly registrations: () => Iterable<Registration>;
}

export const layoutBytes = 512 * 1024;

/** `POST /v1/layouts/check`: what a mediator would say of a layout, for operators. Nothing is stored. */
export function layoutRouter(parts: LayoutRouterParts): Router {
  const { findingsOf, registrations } = parts;
  const mayCheck = [spendRequest(parts, 'operate'), holdPlace(parts, 'operate')];
  const router = exactRouter();
  router
    .route('/v1/layouts/check')
    .post(...mayCheck, bodyOfAtMost(layoutBytes), (request, response) => {
      const layout = validated(Layout, readJson(request));
      const errors = [...findingsOf(layout)];
      const manifests = [...registrations()].map(({ manifest }) => manifest);
      const warnings = registrationFindings(layout, manifests);
      const check: LayoutCheck = { accepted: errors.length === 0, errors, warnings };
      response.json(check);
    })
    .all(methodNotAllowed('POST'));
  return router;
}
