import { Router } from 'express';
import { type AuditRouterParts, auditRouter } from './auditRouter.ts';
import { type LayoutRouterParts, layoutRouter } from './layoutRouter.ts';
import { type TakedownRouterParts, takedownRouter } from './takedownRouter.ts';
import { type UserRouterParts, userRouter } from './userRouter.ts';

export type AdminRouterParts = AuditRouterParts & LayoutRouterParts & TakedownRouterParts & UserRouterParts;

/** What only operators may do: every route here asks for the scope `operate`. */
export function adminRouter(parts: AdminRouterParts): Router {
  const router = Router();
  router.use(takedownRouter(parts));
  router.use(userRouter(parts));
  router.use(layoutRouter(parts));
  router.use(auditRouter(parts));
  return router;
}
