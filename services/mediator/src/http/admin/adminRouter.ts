import { Router } from 'express';
import { type AuditRouterParts, auditRouter } from './auditRouter.ts';
import { type LayoutRouterParts, layoutRouter } from './layoutRouter.ts';

export type AdminRouterParts = AuditRouterParts & LayoutRouterParts;

/** What only operators may do: every route here asks for the scope `operate`. */
export function adminRouter(parts: AdminRouterParts): Router {
  const router = Router();
  router.use(layoutRouter(parts));
  router.use(auditRouter(parts));
  return router;
}
