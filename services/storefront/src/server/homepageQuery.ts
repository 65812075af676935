import { Device, limits, type ProblemError } from '@widget-mediator/contracts';
import { z } from 'zod';
import type { PageRequest } from './mediator.ts';
import type { Viewer } from './viewers.ts';

const HomepageQuery = z.strictObject({
  persona: z.string(),
  device: Device.optional(),
  deadlineMs: z.coerce.number().int().min(limits.minDeadlineMs).max(limits.maxDeadlineMs).optional(),
  explain: z.enum(['true', 'false']).default('false'),
});

/** Parses `?persona=…&device=…&deadlineMs=…&explain=…`; an unknown persona is a fault like any other. */
export function parseHomepageQuery(
  query: unknown,
  viewers: ReadonlyMap<string, Viewer>,
): PageRequest | readonly ProblemError[] {
  const parsed = HomepageQuery.safeParse(query);
  if (!parsed.success) {
    return parsed.error.issues.map(({ path, message }) => ({ pointer: path.join('/'), detail: message }));
  }
  const { persona, device, deadlineMs, explain } = parsed.data;
  const viewer = viewers.get(persona);
  if (!viewer) return [{ pointer: 'persona', detail: 'is none of those in /api/personas' }];
  return { viewer, device: device ?? viewer.device, deadlineMs, explain: explain === 'true' };
}
