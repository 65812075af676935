import * as z from 'zod';
import { TeamId, WidgetId } from './identifiers.ts';
import { BudgetModes } from './widgetManifest.ts';

const count = z.int().min(0);

/** closed: all calls are made; recovering: a growing share of them; half-open: one; open: none. */
export const BreakerState = z.enum(['closed', 'recovering', 'half-open', 'open']).meta({
  id: 'BreakerState',
  description: 'closed (all calls are made), recovering (a share of them), half-open (one) or open (none).',
});
export type BreakerState = z.infer<typeof BreakerState>;

/** One change of a breaker's state. */
export const BreakerTransition = z
  .object({
    at: z.iso.datetime().describe('When.'),
    to: BreakerState,
    cause: z.string().exactOptional().describe('The verdict on the last call that failed, when it opened.'),
  })
  .meta({ id: 'BreakerTransition', description: "A change of a breaker's state." });
export type BreakerTransition = z.infer<typeof BreakerTransition>;

/** What one mediator process knows of one pull source: nothing of it is shared with others. */
export const SourceStatus = z
  .object({
    widget: WidgetId,
    team: TeamId,
    breaker: z
      .object({
        state: BreakerState,
        history: z.array(BreakerTransition).describe('The last changes, newest first.'),
      })
      .describe('Its breaker.'),
    budget: z
      .object({
        latencyMs: count,
        ratePerSecond: z.number(),
        maxBytes: count,
        errorShare: z.number(),
        maxAgeMs: count.exactOptional(),
        mode: BudgetModes,
      })
      .describe('What it may spend, as its manifest says.'),
    breaches: z.record(z.string(), count).describe('How often each budget was exceeded, acted upon or not.'),
    calls: count.describe('Calls that reached it, since the process began to ask.'),
    latencyMs: z
      .object({ p50: z.number(), p95: z.number(), p99: z.number() })
      .nullable()
      .describe('Of the last 256 of them, in ms; null when there was none.'),
    outcomes: z.record(z.string(), count).describe('What became of questions: entered, or a verdict.'),
    inFlight: count.describe('Calls under way.'),
    limit: count.describe('How many may be, now.'),
    cache: z
      .record(z.string(), count)
      .describe('Questions by how they were answered: fresh, revalidating, refused, shared or asked.'),
  })
  .meta({ id: 'SourceStatus', description: 'What one mediator process knows of one pull source.' });
export type SourceStatus = z.infer<typeof SourceStatus>;

/** The answer of `GET /v1/sources`. */
export const SourceList = z
  .object({ sources: z.array(SourceStatus).describe('By widget; those that this process has asked.') })
  .meta({ id: 'SourceList', description: 'The pull sources that this mediator process has asked.' });
export type SourceList = z.infer<typeof SourceList>;
