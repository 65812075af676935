import type { Problem } from '@widget-mediator/contracts';

/** Why there is nothing to show, in words for a person. */
export type Failure = { readonly title: string; readonly detail: string; readonly status: number };

export type Fetched<T> =
  | { readonly ok: true; readonly body: T; readonly headers: Headers }
  | { readonly ok: false; readonly failure: Failure };

/**
 * The one place where answers become typed: our own server sends them, so a shape is trusted once `looksRight` finds
 * its landmark. Rejects only with the AbortError of `signal`.
 */
export async function fetchJson<T>(
  url: string,
  looksRight: (body: object) => boolean,
  signal: AbortSignal,
): Promise<Fetched<T>> {
  try {
    const response = await fetch(url, { signal, headers: { accept: 'application/json' } });
    const body: unknown = await response.json();
    if (typeof body !== 'object' || body === null) return failed(unreadable(response.status));
    if (!response.ok) return failed(fromProblem(body, response.status));
    if (!looksRight(body)) return failed(unreadable(response.status));
    return { ok: true, body: body as T, headers: response.headers };
  } catch (cause) {
    if (signal.aborted) throw cause;
    return failed(cause instanceof SyntaxError ? unreadable(0) : offline);
  }
}

const failed = (failure: Failure) => ({ ok: false, failure }) as const;

const offline: Failure = {
  title: 'The box office does not answer',
  detail: 'Check your connection, then try again.',
  status: 0,
};

const unreadable = (status: number): Failure => ({
  title: 'The answer could not be read',
  detail: 'Something between here and the mediator sent something else than a page. Try again in a moment.',
  status,
});

function fromProblem(body: Partial<Problem>, status: number): Failure {
  return {
    title: body.title ?? 'The request was refused',
    detail: body.detail ?? 'Try again in a moment.',
    status,
  };
}
