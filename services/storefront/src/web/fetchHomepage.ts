import type { Page } from '@widget-mediator/contracts';
import { mediatorMs } from '../explain/serverTiming.ts';
import { type Fetched, fetchJson } from './fetchJson.ts';

export type HomepageRequest = {
  readonly persona: string;
  /** Absent: the persona's own device. */
  readonly device: 'phone' | undefined;
  readonly deadlineMs: number;
};

/** A page, what was asked for, and what it took: in the mediator, or as near to it as can be measured. */
export type Homepage = {
  readonly page: Page;
  readonly request: HomepageRequest;
  readonly mediatorMs: number;
};

export async function fetchHomepage(
  request: HomepageRequest & { readonly explain: boolean },
  signal: AbortSignal,
): Promise<Fetched<Homepage>> {
  const { persona, device, deadlineMs, explain } = request;
  const query = new URLSearchParams({ persona, deadlineMs: String(deadlineMs) });
  if (device) query.set('device', device);
  if (explain) query.set('explain', 'true');
  const startedAt = performance.now();
  const fetched = await fetchJson<Page>(`/api/homepage?${query}`, isPage, signal);
  if (!fetched.ok) return fetched;
  const { body: page, headers } = fetched;
  const tookMs = mediatorMs(headers.get('server-timing'), performance.now() - startedAt);
  return { ok: true, headers, body: { page, request: { persona, device, deadlineMs }, mediatorMs: tookMs } };
}

const isPage = (body: object): boolean => 'placements' in body && Array.isArray(body.placements);
