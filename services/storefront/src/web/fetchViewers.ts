import { type Fetched, fetchJson } from './fetchJson.ts';

/** Somebody to look at the homepage as; `GET /api/personas`. */
export type Viewer = {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly segments: readonly string[];
  readonly device: 'phone' | 'web' | 'tv';
};

export function fetchViewers(signal: AbortSignal): Promise<Fetched<{ personas: readonly Viewer[] }>> {
  return fetchJson('/api/personas', (body) => 'personas' in body && Array.isArray(body.personas), signal);
}
