import {
  Layout,
  type LayoutList,
  type LayoutRecord,
  LayoutRollback,
  type LayoutVersions,
} from '@widget-mediator/contracts';
import type { Request, Response, Router } from 'express';
import { layoutTag } from '../../homepage/layoutTag.ts';
import type { IntakeBudget } from '../../intake/intakeBudget.ts';
import { type LayoutStore, storedOf } from '../../store/layoutStore.ts';
import { authorOf, requireScope } from '../authenticate.ts';
import { methodNotAllowed } from '../errorHandler.ts';
import { exactRouter } from '../exactRouter.ts';
import { holdPlace, spendRequest } from '../holdToBudget.ts';
import { HttpProblem } from '../httpProblem.ts';
import type { Keyring } from '../keyring.ts';
import { preconditionOf } from '../preconditionOf.ts';
import { bodyOfAtMost, readJson } from '../readJson.ts';
import { validated } from '../validated.ts';
import { layoutBytes } from './layoutRouter.ts';
import type { ChangeTerms, LayoutSetting } from './layoutSetting.ts';

export interface LayoutRecordRouterParts {
  readonly keyring: Keyring;
  readonly budget: IntakeBudget;
  readonly setting: LayoutSetting;
  readonly layoutStore: LayoutStore;
  readonly now: () => number;
}

const rollbackBytes = 4 * 1024;

/** `/v1/layouts`: the layouts that pages are made from, and setting them on all mediators. For operators. */
export function layoutRecordRouter(parts: LayoutRecordRouterParts): Router {
  const { keyring, setting, layoutStore, now } = parts;
  const spend = spendRequest(parts, 'operate');
  const hold = holdPlace(parts, 'operate');
  const router = exactRouter();

  router
    .route('/v1/layouts')
    .get(spend, async (_request, response) => {
      const list: LayoutList = { layouts: (await setting.list()).map(lineOf) };
      response.setHeader('Cache-Control', 'no-store');
      response.json(list);
    })
    .all(methodNotAllowed('GET'));

  router
    .route('/v1/layouts/:layoutId')
    .get(spend, async (request, response) => {
      send(response, 200, await setting.read(idOf(request)));
    })
    .put(spend, hold, bodyOfAtMost(layoutBytes), async (request, response) => {
      const layout = named(validated(Layout, readJson(request)), idOf(request));
      const { isNew, record } = await setting.put(layout, termsOf(request));
      send(response, isNew ? 201 : 200, record);
    })
    .delete(spend, async (request, response) => {
      await setting.remove(idOf(request), termsOf(request));
      response.status(204).end();
    })
    .all(methodNotAllowed('GET, PUT, DELETE'));

  router
    .route('/v1/layouts/:layoutId/versions')
    .get(spend, async (request, response) => {
      const versions = (await layoutStore.versions(idOf(request))).map(({ entry, record }) => {
        const { revision = 0, action, at, team, key } = entry;
        const version = storedOf(record)?.layout.version;
        return { revision, ...(version !== undefined && { version }), action, at, team, key };
      });
      // Of one that is only a file there are none.
      if (versions.length === 0) await setting.read(idOf(request));
      const body: LayoutVersions = { versions };
      response.setHeader('Cache-Control', 'no-store');
      response.json(body);
    })
    .all(methodNotAllowed('GET'));

  router
    .route('/v1/layouts/:layoutId/rollback')
    .post(spend, hold, bodyOfAtMost(rollbackBytes), async (request, response) => {
      const { revision } = validated(LayoutRollback, readJson(request));
      send(response, 200, await setting.rollBack(idOf(request), revision, termsOf(request)));
    })
    .all(methodNotAllowed('POST'));
  return router;

  function termsOf(request: Request): ChangeTerms {
    const holder = requireScope(keyring, request, 'operate');
    return { by: authorOf(holder, now()), precondition: preconditionOf(request) };
  }
}

/** What cannot be the id of a layout names none. */
function idOf({ params }: Request): string {
  const parsed = Layout.shape.id.safeParse(params['layoutId']);
  if (!parsed.success) throw new HttpProblem('layout-unknown');
  return parsed.data;
}

function named(layout: Layout, id: string): Layout {
  if (layout.id === id) return layout;
  throw new HttpProblem('validation-failed', {
    errors: [{ pointer: '/id', detail: 'must be the layout id of the path' }],
  });
}

function lineOf(record: LayoutRecord): LayoutList['layouts'][number] {
  const { layout, origin, revision } = record;
  const { id, version, devices } = layout;
  return { id, version, ...(devices && { devices }), origin, revision, etag: layoutTag(record) };
}

function send(response: Response, status: number, record: LayoutRecord): void {
  response.setHeader('ETag', layoutTag(record));
  response.setHeader('Cache-Control', 'no-store');
  response.status(status).json(record);
}
