import { useEffect, useState } from 'preact/hooks';
import { fetchHomepage, type Homepage, type HomepageRequest } from './fetchHomepage.ts';
import type { Failure } from './fetchJson.ts';

export type HomepageState =
  | { readonly phase: 'loading' }
  | { readonly phase: 'ready'; readonly homepage: Homepage }
  | { readonly phase: 'failed'; readonly failure: Failure };

export type HomepageControl = {
  readonly retry: () => void;
  /** Shows another answer to the same request: the explained one, so that page and explanation are of one piece. */
  readonly adopt: (homepage: Homepage) => void;
};

/**
 * Fetches the page again whenever who looks changes; an answer overtaken by a newer request is dropped. What it is looked
 * at on is settled with each request, and turning a phone round is no reason to take the page away.
 */
export function useHomepage(request: Omit<HomepageRequest, 'device'>): [HomepageState, HomepageControl] {
  const [state, setState] = useState<HomepageState>({ phase: 'loading' });
  const [attempt, setAttempt] = useState(0);
  const { persona, deadlineMs } = request;

  useEffect(() => {
    const controller = new AbortController();
    setState({ phase: 'loading' });
    const device = isNarrow() ? 'phone' : undefined;
    fetchHomepage({ persona, device, deadlineMs, explain: false }, controller.signal).then(
      (fetched) =>
        setState(
          fetched.ok
            ? { phase: 'ready', homepage: fetched.body }
            : { phase: 'failed', failure: fetched.failure },
        ),
      () => undefined, // aborted: a newer request is on its way
    );
    return () => controller.abort();
  }, [persona, deadlineMs, attempt]);

  return [
    state,
    {
      retry: () => setAttempt((count) => count + 1),
      adopt: (homepage) => setState({ phase: 'ready', homepage }),
    },
  ];
}

/** The width at which the stylesheets change, too. */
function isNarrow(): boolean {
  return matchMedia('(max-width: 640px)').matches;
}
