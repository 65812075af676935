import {
  type Registration,
  WidgetId,
  type WidgetList,
  type WidgetRevision,
  type WidgetRevisionDetail,
  type WidgetRevisions,
  type WidgetSummary,
} from '@widget-mediator/contracts';
import type { Request, Router } from 'express';
import { z } from 'zod';
import type { IntakeBudget } from '../intake/intakeBudget.ts';
import { etagOf } from '../registry/etagOf.ts';
import type { RecordStore } from '../store/recordStore.ts';
import { type KeptRevision, readWidgetHistory, type WidgetHistory } from '../store/widgetHistory.ts';
import { requireScope } from './authenticate.ts';
import { methodNotAllowed } from './errorHandler.ts';
import { exactRouter } from './exactRouter.ts';
import { spendRequest } from './holdToBudget.ts';
import { HttpProblem } from './httpProblem.ts';
import type { KeyHolder, Keyring } from './keyring.ts';
import { validated } from './validated.ts';
import { widgetIdOf } from './widgetRouter.ts';

export interface WidgetListRouterParts {
  readonly keyring: Keyring;
  readonly budget: IntakeBudget;
  readonly records: RecordStore;
  /** As this process knows them. */
  readonly registrations: () => Iterable<Registration>;
}

const readers = ['publish', 'operate'] as const;

const ListQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(500).default(100),
  after: WidgetId.optional(),
});

/** Strict: a name that is misspelt must not be answered with another registration's manifest. */
const RevisionQuery = z.strictObject({ incarnation: z.string().optional() });

/**
 * `GET /v1/widgets`, and `/v1/widgets/{widgetId}/versions` with `/{revision}`: a team's own, and all for operators. To
 * restore a revision is to PUT its manifest.
 */
export function widgetListRouter(parts: WidgetListRouterParts): Router {
  const { keyring, records, registrations } = parts;
  const router = exactRouter();
  const spend = spendRequest(parts, readers);
  router
    .route('/v1/widgets')
    .get(spend, (request, response) => {
      const { limit, after = '' } = validated(ListQuery, request.query);
      const mayRead = readableBy(requireScope(keyring, request, readers));
      const found = [...registrations()]
        .filter(({ manifest }) => manifest.metadata.id > after && mayRead(manifest.metadata.owner))
        .sort((a, b) => (a.manifest.metadata.id < b.manifest.metadata.id ? -1 : 1));
      const widgets = found.slice(0, limit).map(summaryOf);
      const last = found.length > limit ? widgets.at(-1)?.id : undefined;
      const list: WidgetList = { widgets, ...(last !== undefined && { after: last }) };
      response.setHeader('Cache-Control', 'no-store');
      response.json(list);
    })
    .all(methodNotAllowed('GET'));
  router
    .route('/v1/widgets/:widgetId/versions')
    .get(spend, async (request, response) => {
      const { isRegistered, revisions } = await historyFor(request);
      const versions = revisions.map(revisionOf);
      const answer: WidgetRevisions = { widget: widgetIdOf(request), registered: isRegistered, versions };
      response.setHeader('Cache-Control', 'no-store');
      response.json(answer);
    })
    .all(methodNotAllowed('GET'));
  router
    .route('/v1/widgets/:widgetId/versions/:revision')
    .get(spend, async (request, response) => {
      const query = validated(RevisionQuery, request.query);
      const { revisions } = await historyFor(request);
      const { incarnation = revisions[0]?.incarnation } = query;
      const found = revisions.find(
        (one) => one.incarnation === incarnation && String(one.entry.revision) === request.params.revision,
      );
      if (found === undefined) throw new HttpProblem('revision-unknown');
      const answer: WidgetRevisionDetail = { ...revisionOf(found), manifest: found.manifest };
      response.setHeader('Cache-Control', 'no-store');
      response.json(answer);
    })
    .all(methodNotAllowed('GET'));
  return router;

  /** A widget that is gone is still known to the team whose it was. */
  async function historyFor(request: Request): Promise<WidgetHistory> {
    const holder = requireScope(keyring, request, readers);
    const history = await readWidgetHistory(records, widgetIdOf(request));
    const isForeign = history !== undefined && !readableBy(holder)(history.owner);
    if (isForeign && history.isRegistered) throw new HttpProblem('not-your-widget');
    if (history === undefined || isForeign) throw new HttpProblem('widget-unknown');
    return history;
  }
}

const readableBy =
  ({ scopes, team }: KeyHolder) =>
  (owner: string): boolean =>
    scopes.has('operate') || owner === team;

function summaryOf(registration: Registration): WidgetSummary {
  const { manifest, revision, updatedAt } = registration;
  const { id, owner, title, deprecation } = manifest.metadata;
  const { delivery, lifecycle } = manifest.spec;
  return {
    id,
    owner,
    title,
    mode: delivery.mode,
    lifecycle,
    ...(deprecation !== undefined && { deprecation }),
    revision,
    updatedAt,
    etag: etagOf(registration),
  };
}

const revisionOf = ({ entry, incarnation, removal }: KeptRevision): WidgetRevision => ({
  incarnation,
  revision: entry.revision,
  at: entry.at,
  team: entry.team,
  key: entry.key,
  action: entry.action,
  ...(removal && { removed: { at: removal.at, team: removal.team, key: removal.key } }),
});
