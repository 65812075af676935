import type { Page, Trace } from '@widget-mediator/contracts';
import { useEffect, useState } from 'preact/hooks';
import type { VerdictMeanings } from '../../explain/verdictMeanings.ts';
import { fetchHomepage, type Homepage } from '../fetchHomepage.ts';
import type { Failure } from '../fetchJson.ts';
import { fetchMeanings } from '../fetchMeanings.ts';

/** A page, everything that happened to it, and the words for that. */
export type Explained = {
  readonly page: Page;
  readonly trace: Trace;
  readonly meanings: VerdictMeanings;
  readonly deadlineMs: number;
};

export type Explanation =
  | { readonly phase: 'loading' }
  | { readonly phase: 'ready'; readonly explained: Explained }
  | { readonly phase: 'failed'; readonly failure: Failure };

type Asked = {
  readonly homepage: Homepage;
  readonly onExplained: (homepage: Homepage) => void;
};

/**
 * Asks for the page once more, with its trace, and hands that page on to be shown: two answers may differ, and the
 * panel must explain the one that is seen. A page that already has its trace is not asked for again.
 */
export function useExplanation({ homepage, onExplained }: Asked): Explanation {
  const [explanation, setExplanation] = useState<Explanation>({ phase: 'loading' });

  // Once per opening: the panel is modal, so nothing can change under it.
  useEffect(() => {
    const controller = new AbortController();
    explain({ homepage, onExplained }, controller.signal).then(
      setExplanation,
      () => undefined, // aborted: the panel was closed
    );
    return () => controller.abort();
  }, []);
  return explanation;
}

async function explain({ homepage, onExplained }: Asked, signal: AbortSignal): Promise<Explanation> {
  const [answer, words] = await Promise.all([
    homepage.page.trace
      ? { ok: true as const, body: homepage }
      : fetchHomepage({ ...homepage.request, explain: true }, signal),
    fetchMeanings(signal),
  ]);
  if (!answer.ok) return { phase: 'failed', failure: answer.failure };
  if (!words.ok) return { phase: 'failed', failure: words.failure };
  const { page, request } = answer.body;
  if (!page.trace) return { phase: 'failed', failure: untold };
  onExplained(answer.body);
  return {
    phase: 'ready',
    explained: { page, trace: page.trace, meanings: words.body.verdicts, deadlineMs: request.deadlineMs },
  };
}

const untold: Failure = {
  title: 'The mediator gave no reasons',
  detail: 'It answered with the page but without a trace. The page itself is fine.',
  status: 200,
};
