import { limits, type TeamId } from '@widget-mediator/contracts';
import type { Request, Response, Router } from 'express';
import type { IntakeBudget } from '../intake/intakeBudget.ts';
import { requireScope } from './authenticate.ts';
import { arrivedAsEvent, eventType, refuseEvent } from './cloudEvents.ts';
import { methodNotAllowed } from './errorHandler.ts';
import { exactRouter } from './exactRouter.ts';
import { admitOrRefuse, takePlace } from './holdToBudget.ts';
import { HttpProblem } from './httpProblem.ts';
import { identityOf } from './identityOf.ts';
import type { Keyring } from './keyring.ts';
import { linesType } from './pageStream.ts';
import type { Publishing } from './publishing.ts';
import { publishLines } from './publishLines.ts';
import { announcedBytes, bodyOf, bytesOf, hasType, jsonType, readBody } from './readJson.ts';
import { shedPublishing } from './shedPublishing.ts';
import type { Arrived } from './submission.ts';
import { tellDeprecation } from './tellDeprecation.ts';
import { createTurns } from './turns.ts';
import { widgetIdOf } from './widgetRouter.ts';
import type { Withdrawals } from './withdrawals.ts';

export interface PublicationRouterParts {
  /** Asked before anything else, and for each line. */
  readonly refuseWhileShed: () => void;
  readonly keyring: Keyring;
  readonly budget: IntakeBudget;
  readonly publishing: Publishing;
  readonly withdrawals: Withdrawals;
  /** A fault of our own, in the middle of a stream. */
  readonly onFault: (error: unknown) => void;
}

/**
 * `POST /v1/widgets/{widgetId}/publications`: one publication, acknowledged with 202 once it is durable; `?dryRun=true` runs
 * the same code, stores nothing and answers 200. Line by line, it is many, as with `POST /v1/publications`, whose lines name their
 * widgets. `DELETE` withdraws what stands for an audience.
 */
export function publicationRouter(parts: PublicationRouterParts): Router {
  const { refuseWhileShed, keyring, budget, publishing, withdrawals } = parts;
  const router = exactRouter();
  const turns = createTurns();
  const shed = shedPublishing(refuseWhileShed);
  const lineParts = { refuseWhileShed, publishing, budget, turns, onFault: parts.onFault };
  router
    .route('/v1/widgets/:widgetId/publications')
    .post(shed, async (request, response) => {
      const { team } = requireScope(keyring, request, 'publish');
      const registration = await publishing.owned(team, widgetIdOf(request), (spending) =>
        admitOrRefuse(response, spending),
      );
      const dryRun = dryRunOf(request);
      if (hasType(request, linesType)) {
        refuseEvent(request);
        const stream = { team, dryRun, identity: identityOf(request), registration };
        return publishLines(lineParts, { request, response }, stream);
      }
      // Whoever has spent a budget is told so before a byte of the body is read.
      admitOrRefuse(response, publishing.spend(registration, dryRun, announcedBytes(request)));
      const leave = takePlace(response, budget, team);
      try {
        const { maxBytes } = registration.manifest.spec.budget;
        const read = () => readPublication({ team, maxBytes }, request, response);
        const { receipt, replayed } = await publishing.submit({ registration, dryRun, read });
        if (replayed) response.setHeader('Idempotent-Replayed', 'true');
        tellDeprecation(response, registration.manifest.metadata.deprecation);
        response.status(dryRun ? 200 : 202).json(receipt);
      } finally {
        leave();
      }
    })
    .delete(async (request, response) => {
      const { team } = requireScope(keyring, request, 'publish');
      admitOrRefuse(response, budget.request(team, 0));
      const registration = await publishing.owned(team, widgetIdOf(request), () => {});
      response.json(await withdrawals.ofAudience(registration, request.query));
    })
    .all(methodNotAllowed('POST, DELETE'));
  router
    .route('/v1/publications')
    .post(shed, async (request, response) => {
      const { team } = requireScope(keyring, request, 'publish');
      if (!hasType(request, linesType)) throw new HttpProblem('media-type-unsupported');
      refuseEvent(request);
      const stream = { team, dryRun: dryRunOf(request), identity: identityOf(request) };
      await publishLines(lineParts, { request, response }, stream);
    })
    .all(methodNotAllowed('POST'));
  return router;

  async function readPublication(
    { team, maxBytes }: { readonly team: TeamId; readonly maxBytes: number },
    request: Request,
    response: Response,
  ): Promise<Arrived> {
    refuseBeyond(maxBytes, Number(request.headers['content-length'] ?? 0));
    await readBody(request, limits.publicationBytes, bodyTypes);
    await turns.take(team, bytesOf(request));
    // Nobody is there any more to be told of it.
    if (response.destroyed) throw new HttpProblem('malformed-request');
    refuseBeyond(maxBytes, bytesOf(request));
    return arrivedAsEvent(request) ?? { body: bodyOf(request), identity: identityOf(request) };
  }
}

const bodyTypes = [jsonType, eventType];

function refuseBeyond(maxBytes: number, bytes: number): void {
  if (bytes > maxBytes) throw new HttpProblem('body-too-large', { maxBytes });
}

/** Whether it is a dry run, which is the only thing that the query may say. Throws {@link HttpProblem}. */
function dryRunOf(request: Request): boolean {
  const { dryRun, ...others } = request.query;
  const unknown = Object.keys(others).length > 0;
  if (unknown || (dryRun !== undefined && dryRun !== 'true' && dryRun !== 'false')) {
    throw new HttpProblem('validation-failed', {
      errors: [{ pointer: '/dryRun', detail: 'is the only query parameter, and must be true or false' }],
    });
  }
  return dryRun === 'true';
}
