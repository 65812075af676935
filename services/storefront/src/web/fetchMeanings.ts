import type { VerdictMeanings } from '../explain/verdictMeanings.ts';
import { type Fetched, fetchJson } from './fetchJson.ts';

/** What each verdict means; `GET /api/verdicts`. */
export function fetchMeanings(signal: AbortSignal): Promise<Fetched<{ verdicts: VerdictMeanings }>> {
  return fetchJson('/api/verdicts', (body) => 'verdicts' in body, signal);
}
