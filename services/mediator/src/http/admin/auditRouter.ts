import type { AuditLog } from '@widget-mediator/contracts';
import type { Router } from 'express';
import { z } from 'zod';
import type { IntakeBudget } from '../../intake/intakeBudget.ts';
import type { RecordStore } from '../../store/recordStore.ts';
import { methodNotAllowed } from '../errorHandler.ts';
import { exactRouter } from '../exactRouter.ts';
import { spendRequest } from '../holdToBudget.ts';
import type { Keyring } from '../keyring.ts';
import { validated } from '../validated.ts';

export interface AuditRouterParts {
  readonly keyring: Keyring;
  readonly budget: IntakeBudget;
  readonly records: RecordStore;
}

const AuditQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(500).default(100),
  before: z
    .string()
    .regex(/^\d{1,16}-\d{1,16}$/, 'must be what the answer before gave')
    .optional(),
});

/** `GET /v1/audit`: who changed what, and when, newest first. For operators. */
export function auditRouter(parts: AuditRouterParts): Router {
  const router = exactRouter();
  router
    .route('/v1/audit')
    .get(spendRequest(parts, 'operate'), async (request, response) => {
      const { limit, before } = validated(AuditQuery, request.query);
      const entries = await parts.records.audit(limit, before);
      const oldest = entries.length < limit ? undefined : entries.at(-1)?.id;
      const log: AuditLog = { entries, ...(oldest !== undefined && { before: oldest }) };
      response.setHeader('Cache-Control', 'no-store');
      response.json(log);
    })
    .all(methodNotAllowed('GET'));
  return router;
}
