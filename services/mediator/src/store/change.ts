import { Audience, AuditKind, UserId, WidgetId } from '@widget-mediator/contracts';
import { z } from 'zod';

/** What mediators tell each other by pub/sub: where to look again. The truth is always read from the store. */
export const Change = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('registration'), widget: WidgetId }),
  /** `stamp`: of what was admitted, so that no two are told of in the same words; absent when something went. */
  z.object({
    kind: z.literal('publication'),
    widget: WidgetId,
    audience: Audience,
    stamp: z.string().optional(),
  }),
  /** Records of a kind that mediators hold whole. */
  z.object({ kind: z.literal('records'), of: AuditKind }),
  /** Was erased; `erasure` names the entry of the audit log. */
  z.object({ kind: z.literal('user'), user: UserId, erasure: z.string() }),
  z.object({ kind: z.literal('statistics') }),
  z.object({ kind: z.literal('resync') }),
]);
export type Change = z.infer<typeof Change>;
