import { limits, type Registration, WidgetId, WidgetManifest } from '@widget-mediator/contracts';
import { type Request, Router } from 'express';
import type { IntakeBudget } from '../intake/intakeBudget.ts';
import { validationErrors } from '../intake/validationErrors.ts';
import type { PublicationStore } from '../store/publicationStore.ts';
import type { RegistrationStore } from '../store/redisRegistrationStore.ts';
import { widgetKey } from '../store/widgetKey.ts';
import { authorOf, requireScope } from './authenticate.ts';
import { methodNotAllowed } from './errorHandler.ts';
import { holdPlace, spendRequest } from './holdToBudget.ts';
import { HttpProblem } from './httpProblem.ts';
import type { KeyHolder, Keyring } from './keyring.ts';
import { bodyOfAtMost, readJson } from './readJson.ts';

export interface WidgetRouterParts {
  readonly keyring: Keyring;
  readonly registrations: RegistrationStore;
  readonly publications: PublicationStore;
  readonly budget: IntakeBudget;
  readonly allowsEndpoint: (endpoint: string) => boolean;
  readonly isEditorial: (widget: string) => boolean;
  readonly now: () => number;
}

/** `PUT`, `GET` and `DELETE /v1/widgets/{widgetId}`: registration, by the team that owns the widget. */
export function widgetRouter(parts: WidgetRouterParts): Router {
  const { keyring, registrations, publications } = parts;
  const router = Router();

  const spend = spendRequest(parts, 'publish');
  router
    .route('/v1/widgets/:widgetId')
    .put(
      spend,
      holdPlace(parts, 'publish'),
      ...bodyOfAtMost(limits.manifestBytes),
      async (request, response) => {
        const holder = requireScope(keyring, request, 'publish');
        const manifest = parseManifest(readJson(request), String(request.params['widgetId']));
        if (manifest.metadata.owner !== holder.team) throw new HttpProblem('not-your-widget');
        checkEndpoint(manifest);
        checkName(manifest);
        const put = await registrations.put(manifest, authorOf(holder, parts.now()));
        if (put.status === 'foreign') throw new HttpProblem('not-your-widget');
        response.status(put.status === 'created' ? 201 : 200).json(put.registration);
      },
    )
    .get(spend, async (request, response) => {
      response.json(await owned(request, requireScope(keyring, request, 'publish')));
    })
    .delete(spend, async (request, response) => {
      const holder = requireScope(keyring, request, 'publish');
      const registration = await owned(request, holder);
      // Content first: a removal that stops half-way can be asked for again.
      await publications.removeWidget(widgetKey(registration));
      await registrations.remove(registration.manifest.metadata.id, authorOf(holder, parts.now()));
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

function parseManifest(body: unknown, widgetId: string): WidgetManifest {
  const parsed = WidgetManifest.safeParse(body);
  if (!parsed.success)
    throw new HttpProblem('validation-failed', { ...validationErrors(parsed.error.issues) });
  if (parsed.data.metadata.id !== widgetId) {
    throw new HttpProblem('validation-failed', {
      errors: [{ pointer: '/metadata/id', detail: 'must be the widget id of the path' }],
    });
  }
  return parsed.data;
}

/** The widget of the path; what cannot be a widget id names no widget. Throws {@link HttpProblem}. */
export function widgetIdOf(request: Request): string {
  const parsed = WidgetId.safeParse(request.params['widgetId']);
  if (!parsed.success) throw new HttpProblem('widget-unknown');
  return parsed.data;
}
