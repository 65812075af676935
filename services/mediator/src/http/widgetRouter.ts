import {
  downgradeManifest,
  type ManifestVersion,
  type Registration,
  WidgetId,
  type WidgetManifest,
} from '@widget-mediator/contracts';
import type { Request, Response, Router } from 'express';
import type { IntakeBudget } from '../intake/intakeBudget.ts';
import { etagOf } from '../registry/etagOf.ts';
import { holds } from '../store/precondition.ts';
import type { PublicationStore } from '../store/publicationStore.ts';
import type { RegistrationStore } from '../store/redisRegistrationStore.ts';
import { widgetKey } from '../store/widgetKey.ts';
import { authorOf, requireScope } from './authenticate.ts';
import { methodNotAllowed } from './errorHandler.ts';
import { exactRouter } from './exactRouter.ts';
import { holdPlace, spendRequest } from './holdToBudget.ts';
import { HttpProblem } from './httpProblem.ts';
import type { KeyHolder, Keyring } from './keyring.ts';
import { preconditionOf } from './preconditionOf.ts';
import { manifestBody, readDocument } from './readDocument.ts';
import { readManifest } from './readManifest.ts';
import { tellDeprecation, tellOldVersion } from './tellDeprecation.ts';

export interface WidgetRouterParts {
  readonly keyring: Keyring;
  readonly registrations: RegistrationStore;
  readonly publications: PublicationStore;
  readonly budget: IntakeBudget;
  readonly widgetsPerTeam: number;
  readonly allowsEndpoint: (endpoint: string) => boolean;
  readonly isEditorial: (widget: string) => boolean;
  readonly now: () => number;
}

/** `PUT`, `GET` and `DELETE /v1/widgets/{widgetId}`: registration, by the team that owns the widget. */
export function widgetRouter(parts: WidgetRouterParts): Router {
  const { keyring, registrations, publications, widgetsPerTeam } = parts;
  const router = exactRouter();

  const spend = spendRequest(parts, 'publish');
  router
    .route('/v1/widgets/:widgetId')
    .put(spend, holdPlace(parts, 'publish'), manifestBody, async (request, response) => {
      const holder = requireScope(keyring, request, 'publish');
      const precondition = preconditionOf(request);
      const { manifest, writtenIn } = readManifest(readDocument(request), String(request.params['widgetId']));
      if (manifest.metadata.owner !== holder.team) throw new HttpProblem('not-your-widget');
      checkEndpoint(manifest);
      checkName(manifest);
      const author = authorOf(holder, parts.now());
      const put = await registrations.put(manifest, author, { widgetsPerTeam, precondition });
      switch (put.status) {
        case 'foreign':
          throw new HttpProblem('not-your-widget');
        case 'not-as-seen':
          throw new HttpProblem('precondition-failed');
        case 'full':
          throw new HttpProblem('quota-exceeded', { quota: { name: 'widgets', max: widgetsPerTeam } });
        case 'created':
        case 'updated':
        case 'unchanged':
          response.status(put.status === 'created' ? 201 : 200);
          sendRegistration(response, put.registration, writtenIn);
      }
    })
    .get(spend, async (request, response) => {
      const registration = await owned(request, requireScope(keyring, request, 'publish'));
      if (holds({ ...preconditionOf(request), ifMatch: '*' }, etagOf(registration))) {
        sendRegistration(response, registration);
      } else {
        response.setHeader('ETag', etagOf(registration));
        response.status(304).end();
      }
    })
    .delete(spend, async (request, response) => {
      const holder = requireScope(keyring, request, 'publish');
      const precondition = preconditionOf(request);
      const registration = await owned(request, holder);
      // Content first, so that a removal that stops half-way can be asked for again; but not when it may yet be refused.
      const isUnconditional = Object.keys(precondition).length === 0;
      if (isUnconditional) await publications.removeWidget(widgetKey(registration));
      const { id } = registration.manifest.metadata;
      const removal = await registrations.remove(id, authorOf(holder, parts.now()), precondition);
      if (removal === 'not-as-seen') throw new HttpProblem('precondition-failed');
      // And what was admitted in between.
      await publications.removeWidget(widgetKey(registration));
      response.status(204).end();
    })
    .all(methodNotAllowed('PUT, GET, DELETE'));
  return router;

  async function owned(request: Request, holder: KeyHolder): Promise<Registration> {
    const registration = await registrations.read(widgetIdOf(request));
    if (registration === undefined) throw new HttpProblem('widget-unknown');
    if (registration.manifest.metadata.owner !== holder.team) throw new HttpProblem('not-your-widget');
    return registration;
  }

  /** A list of the layout has the name already. */
  function checkName({ metadata }: WidgetManifest): void {
    if (!parts.isEditorial(metadata.id)) return;
    throw new HttpProblem('validation-failed', {
      errors: [{ pointer: '/metadata/id', detail: 'is the id of an editorial list of the layout' }],
    });
  }

  function checkEndpoint({ spec }: WidgetManifest): void {
    if (spec.delivery.mode === 'pull' && !parts.allowsEndpoint(spec.delivery.endpoint)) {
      throw new HttpProblem('endpoint-not-allowed', {
        errors: [{ pointer: '/spec/delivery/endpoint', detail: 'is on a host that is not allowed' }],
      });
    }
  }
}

/** In the version that the caller writes, so that a client from before the current one understands the answer. */
function sendRegistration(
  response: Response,
  registration: Registration,
  writtenIn: ManifestVersion = 'widget-mediator/v2',
): void {
  const { manifest } = registration;
  response.setHeader('ETag', etagOf(registration));
  response.setHeader('Cache-Control', 'no-store');
  if (writtenIn === 'widget-mediator/v2') {
    tellDeprecation(response, manifest.metadata.deprecation);
    response.json(registration);
  } else {
    tellOldVersion(response);
    response.json({ ...registration, manifest: downgradeManifest(manifest) });
  }
}

/** The widget of the path; what cannot be a widget id names no widget. Throws {@link HttpProblem}. */
export function widgetIdOf(request: Request): string {
  const parsed = WidgetId.safeParse(request.params['widgetId']);
  if (!parsed.success) throw new HttpProblem('widget-unknown');
  return parsed.data;
}
