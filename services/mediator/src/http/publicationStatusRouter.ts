import { type PublicationStatus, type Registration, Rollback, type Scope } from '@widget-mediator/contracts';
import type { Request, RequestHandler, Response, Router } from 'express';
import type { IntakeBudget } from '../intake/intakeBudget.ts';
import type { Registry } from '../registry/registry.ts';
import { type NamedPublication, readPublicationId } from '../store/publicationId.ts';
import type { PublicationStore } from '../store/publicationStore.ts';
import type { RegistrationStore } from '../store/redisRegistrationStore.ts';
import { widgetKey, widgetOf } from '../store/widgetKey.ts';
import { authenticate, withScope } from './authenticate.ts';
import { methodNotAllowed } from './errorHandler.ts';
import { exactRouter } from './exactRouter.ts';
import { admitOrRefuse } from './holdToBudget.ts';
import { HttpProblem } from './httpProblem.ts';
import type { Keyring } from './keyring.ts';
import { publicationStatus } from './publicationStatus.ts';
import type { Publishing } from './publishing.ts';
import { readBody, readJson } from './readJson.ts';
import { validated } from './validated.ts';
import type { WithdrawalParts, Withdrawals } from './withdrawals.ts';

export interface PublicationStatusRouterParts extends WithdrawalParts {
  /** Asked before anything is published. */
  readonly shed: RequestHandler;
  readonly keyring: Keyring;
  readonly budget: IntakeBudget;
  readonly registry: Registry;
  readonly registrations: RegistrationStore;
  readonly publications: PublicationStore;
  readonly publishing: Publishing;
  readonly withdrawals: Withdrawals;
}

const rollbackBytes = 4 * 1024;

interface Found {
  readonly named: NamedPublication;
  readonly registration: Registration;
}

/**
 * `/v1/publications/{publicationId}`: what has become of a publication (`GET`), its withdrawal (`DELETE`), and its content once
 * more under a new version (`POST …/rollback`). For its team; operators may look.
 */
export function publicationStatusRouter(parts: PublicationStatusRouterParts): Router {
  const { keyring, budget, publishing } = parts;
  const router = exactRouter();

  router
    .route('/v1/publications/:publicationId')
    .get(async (request, response) => {
      const found = await find(request, response, ['operate', 'publish']);
      response.setHeader('Cache-Control', 'no-store');
      response.json(await statusOf(found));
    })
    .delete(async (request, response) => {
      const { registration, named } = await find(request, response, ['publish']);
      response.json(await parts.withdrawals.ofPublication(registration, named));
    })
    .all(methodNotAllowed('GET, DELETE'));

  router
    .route('/v1/publications/:publicationId/rollback')
    .post(parts.shed, async (request, response) => {
      const { named, registration } = await find(request, response, ['publish']);
      admitOrRefuse(response, publishing.spend(registration, false, 0));
      await readBody(request, rollbackBytes);
      const changes = validated(Rollback, readJson(request));
      const versions = await parts.publications.kept(named.place);
      const old = versions.find(({ publication }) => publication.version === named.version);
      if (old === undefined) throw new HttpProblem('content-not-kept');
      const read = () => ({ body: { parsed: { ...old.publication, ...changes } } });
      const { receipt } = await publishing.submit({ registration, dryRun: false, read });
      response.status(202).json(receipt);
    })
    .all(methodNotAllowed('POST'));
  return router;

  async function statusOf({ named, registration }: Found): Promise<PublicationStatus> {
    const standing = await parts.publications.standing(named.place);
    const status = standing && publicationStatus(parts, named, { registration, standing });
    if (status === undefined) throw new HttpProblem('publication-unknown');
    return status;
  }

  /** As one of the caller's requests. Throws {@link HttpProblem} when it is none that the key may see. */
  async function find(request: Request, response: Response, scopes: readonly Scope[]): Promise<Found> {
    const holder = authenticate(keyring, request);
    const scope = scopes.find((one) => holder?.scopes.has(one)) ?? 'publish';
    const { team } = withScope(holder, scope);
    admitOrRefuse(response, budget.request(team, 0));
    const named = readPublicationId(String(request.params['publicationId']));
    const registration = named && (await registrationOf(named));
    if (named === undefined || registration === undefined) throw new HttpProblem('publication-unknown');
    const isOwn = registration.manifest.metadata.owner === team;
    if (!isOwn && scope !== 'operate') throw new HttpProblem('not-your-widget');
    return { named, registration };
  }

  async function registrationOf({ widget }: NamedPublication): Promise<Registration | undefined> {
    const known = parts.registry.get(widgetOf(widget));
    const isIt = known !== undefined && widgetKey(known) === widget;
    const registration = isIt ? known : await parts.registrations.read(widgetOf(widget));
    return registration && widgetKey(registration) === widget ? registration : undefined;
  }
}
