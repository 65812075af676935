import type { Queue } from 'bullmq';
import type { Request, RequestHandler, Router } from 'express';
import type { Redis } from 'ioredis';
import type { JobQueue } from '../../jobs/jobQueue.ts';
import { guarded } from '../../store/guarded.ts';
import { requireScope } from '../authenticate.ts';
import { exactRouter } from '../exactRouter.ts';
import { HttpProblem } from '../httpProblem.ts';
import type { Keyring } from '../keyring.ts';

export interface BoardRouterParts {
  readonly keyring: Keyring;
  readonly redis: Redis;
  readonly jobs: Pick<JobQueue, 'queue'>;
}

const path = '/admin/queues';

/** What a proxy may have taken for a path elsewhere, and let through: dot segments, and slashes in other spellings. */
const ambiguous = /^[^?]*(?:\.\.|%2e|%2f|%5c|\\)/i;

/**
 * `/admin/queues`: bull-board, to look at the queue. Browsers send an operator's key as the password of any user (Basic). It
 * changes nothing: what a browser adds to requests by itself must not, whoever made the page that they came from.
 */
export function boardRouter({ keyring, redis, jobs }: BoardRouterParts): Router {
  const router = exactRouter();
  let board: Promise<RequestHandler> | undefined;
  const isThere = guarded(() => redis.ping());
  router.use(path, async (request, response, next) => {
    if (ambiguous.test(request.originalUrl)) throw new HttpProblem('route-unknown');
    response.setHeader('WWW-Authenticate', 'Basic realm="queues", charset="UTF-8"');
    bearBasicKey(request);
    requireScope(keyring, request, 'operate');
    response.removeHeader('WWW-Authenticate');
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    // The board would wait for a Redis that is away, and longer.
    await isThere();
    board ??= createBoard(jobs.queue).catch((error: unknown) => {
      board = undefined;
      throw error;
    });
    (await board)(request, response, next);
  });
  return router;
}

/** Nothing from elsewhere (the board asks for a font of Google's), and in nobody's frame. */
const headers = {
  'Content-Security-Policy':
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
} as const;

function bearBasicKey({ headers: sent }: Request): void {
  const [, credentials] = /^Basic ([A-Za-z0-9+/]{1,2000}={0,2})$/i.exec(sent.authorization ?? '') ?? [];
  if (credentials === undefined) return;
  const [, password = ''] = /^[^:]*:(.*)$/s.exec(Buffer.from(credentials, 'base64').toString()) ?? [];
  sent.authorization = `Bearer ${password}`;
}

/** Loaded when it is first asked for: most mediators never are. */
async function createBoard(queue: Queue): Promise<RequestHandler> {
  const [{ createBullBoard }, { BullMQAdapter }, { ExpressAdapter }] = await Promise.all([
    import('@bull-board/api'),
    import('@bull-board/api/bullMQAdapter'),
    import('@bull-board/express'),
  ]);
  const serverAdapter = new ExpressAdapter();
  serverAdapter.setBasePath(path);
  createBullBoard({
    queues: [new BullMQAdapter(queue, { readOnlyMode: true, allowRetries: false })],
    serverAdapter,
    options: { uiConfig: { boardTitle: 'Widget Mediator' } },
  });
  return serverAdapter.getRouter();
}
