import { Audience, AuditKind, WidgetId } from '@widget-mediator/contracts';
import { z } from 'zod';

/** What mediators tell each other by pub/sub: where to look again. The truth is always read from the store. */
export const Change = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('registration'), widget: WidgetId }),
  z.object({ kind: z.literal('publication'), widget: WidgetId, audience: Audience }),
  /** Records of a kind that mediators hold whole. */
  z.object({ kind: z.literal('records'), of: AuditKind }),
  z.object({ kind: z.literal('statistics') }),
  z.object({ kind: z.literal('resync') }),
]);
export type Change = z.infer<typeof Change>;
