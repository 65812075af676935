import { Pool } from 'undici';
import type { Config } from './config.ts';
import { ANONYMOUS, type Viewer } from './viewers.ts';

/** One homepage call, already checked. */
export type PageRequest = {
  readonly viewer: Viewer;
  readonly device: string;
  readonly deadlineMs: number | undefined;
  readonly explain: boolean;
};

/** The mediator's answer, whatever its status, as it came. */
export type MediatorAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
};

export type Mediator = {
  /** Rejects when no answer comes: refused, broken off, too late, or aborted by `signal`. */
  readonly fetchPage: (request: PageRequest, signal: AbortSignal) => Promise<MediatorAnswer>;
  readonly close: () => Promise<void>;
};

/** The mediator promises an answer within a deadline of at most 2 s; past this it is taken to be away. */
const PATIENCE_MS = 5_000;

export function createMediator(config: Pick<Config, 'mediatorUrl' | 'readKey' | 'operatorKey'>): Mediator {
  const url = new URL(config.mediatorUrl);
  const pool = new Pool(url.origin, {
    connections: 32,
    connectTimeout: 2_000,
    headersTimeout: PATIENCE_MS,
    bodyTimeout: PATIENCE_MS,
  });
  const path = `${url.pathname.replace(/\/$/, '')}/v1/homepage`;

  return {
    fetchPage: async (request, signal) => {
      const answer = await pool.request({
        method: 'GET',
        path: `${path}?${toQuery(request)}`,
        headers: { accept: 'application/json', ...authorization(request, config) },
        signal,
      });
      const body = Buffer.from(await answer.body.arrayBuffer());
      return { status: answer.statusCode, headers: answer.headers, body };
    },
    close: () => pool.destroy(),
  };
}

function toQuery({ viewer, device, deadlineMs, explain }: PageRequest): string {
  const query = new URLSearchParams({ device, locale: 'en' });
  if (viewer.id !== ANONYMOUS) query.set('user', viewer.id);
  if (viewer.segments.length > 0) query.set('segments', viewer.segments.join(','));
  if (deadlineMs !== undefined) query.set('deadlineMs', String(deadlineMs));
  if (explain) query.set('explain', 'true');
  return query.toString();
}

/** The least that the call needs: nothing for the anonymous page, the operator's key only to explain. */
function authorization(
  { viewer, explain }: PageRequest,
  { readKey, operatorKey }: Pick<Config, 'readKey' | 'operatorKey'>,
): { authorization?: string } {
  if (explain) return operatorKey === undefined ? {} : { authorization: `Bearer ${operatorKey}` };
  return viewer.id === ANONYMOUS ? {} : { authorization: `Bearer ${readKey}` };
}
