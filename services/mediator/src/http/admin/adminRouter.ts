import type { Router } from 'express';
import { exactRouter } from '../exactRouter.ts';
import { type AuditRouterParts, auditRouter } from './auditRouter.ts';
import { type BoardRouterParts, boardRouter } from './boardRouter.ts';
import { type JobsRouterParts, jobsRouter } from './jobsRouter.ts';
import { type KeyRouterParts, keyRouter } from './keyRouter.ts';
import { type LayoutRecordRouterParts, layoutRecordRouter } from './layoutRecordRouter.ts';
import { type LayoutRouterParts, layoutRouter } from './layoutRouter.ts';
import { createLayoutSetting, type LayoutSettingParts } from './layoutSetting.ts';
import { type TakedownRouterParts, takedownRouter } from './takedownRouter.ts';
import { type UserRouterParts, userRouter } from './userRouter.ts';

export type AdminRouterParts = AuditRouterParts &
  KeyRouterParts &
  LayoutRouterParts &
  Omit<LayoutRecordRouterParts, 'setting'> &
  Omit<LayoutSettingParts, 'store'> &
  BoardRouterParts &
  JobsRouterParts &
  TakedownRouterParts &
  UserRouterParts;

/** What only operators may do: every route here asks for the scope `operate`. */
export function adminRouter(parts: AdminRouterParts): Router {
  const router = exactRouter();
  router.use(keyRouter(parts));
  router.use(takedownRouter(parts));
  router.use(userRouter(parts));
  router.use(layoutRouter(parts));
  router.use(
    layoutRecordRouter({ ...parts, setting: createLayoutSetting({ ...parts, store: parts.layoutStore }) }),
  );
  router.use(auditRouter(parts));
  router.use(jobsRouter(parts));
  router.use(boardRouter(parts));
  return router;
}
