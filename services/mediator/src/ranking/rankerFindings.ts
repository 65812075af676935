import type { Layout, ProblemError } from '@widget-mediator/contracts';
import { leastUsefulMs } from '../delivery/collect.ts';

/** What of a layout's ranker keeps a mediator from using it: a host not allowed, or no time left for sources. */
export function rankerFindings(
  layout: Layout,
  allowsEndpoint: (endpoint: string) => boolean,
): ProblemError[] {
  const { ranker, deadlineMs, assemblyReserveMs } = layout;
  if (ranker === undefined) return [];
  const findings: ProblemError[] = [];
  if (!allowsEndpoint(ranker.endpoint)) {
    findings.push({
      pointer: '/ranker/endpoint',
      detail: 'is on a host that SOURCE_ALLOW_LIST does not name',
    });
  }
  const mostMs = deadlineMs - assemblyReserveMs - leastUsefulMs;
  if (ranker.latencyMs > mostMs) {
    const detail = `leaves the sources no time: at most ${mostMs} with this deadlineMs and assemblyReserveMs`;
    findings.push({ pointer: '/ranker/latencyMs', detail });
  }
  return findings;
}
