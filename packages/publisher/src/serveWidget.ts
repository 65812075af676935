import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { limits, type PublicationInput, SourceRequest } from '@widget-mediator/contracts';
import { isKnown } from './isKnown.ts';
import { drain, listen, urlOf } from './listening.ts';
import type { Log } from './log.ts';
import { readJson } from './readJson.ts';
import { Refusal } from './refusal.ts';
import { withinDeadline } from './withinDeadline.ts';

export type WidgetContext = {
  /** How long the mediator waits for this answer. */
  readonly deadlineMs: number;
  /** Aborted when that time is over or the mediator has gone away: what is computed after it is for nobody. */
  readonly signal: AbortSignal;
};

/** Answers for one viewer; `undefined` is "nothing for this person", which is healthy. */
export type WidgetFunction = (
  request: SourceRequest,
  context: WidgetContext,
) => Promise<PublicationInput | undefined> | PublicationInput | undefined;

export type ServeOptions = {
  /** 0 takes a free one. */
  readonly port: number;
  /** The address to listen on; `127.0.0.1` unless given, so that nothing is open to the network by accident. */
  readonly host?: string;
  /** Left out by services that only push: they still answer health checks. */
  readonly widget?: WidgetFunction;
  readonly log: Log;
};

export type WidgetServer = {
  /** Where it listens, without a trailing slash, for example `http://127.0.0.1:4101`. */
  readonly url: string;
  /** Takes no new connections, lets calls in flight finish for up to ten seconds, then resolves. */
  readonly close: () => Promise<void>;
};

/** Longer than the mediator keeps idle connections, so that it never reuses one that we are closing. */
const KEEP_ALIVE_MS = 60_000;
const REQUEST_MS = 10_000;

/**
 * Serves a pull endpoint: `POST /widget` takes a SourceRequest and answers 200 with a Publication or 204, or 304 to an
 * If-None-Match that has its ETag; `GET /healthz` answers 200. Faults of the request are answered with 4xx problems (RFC 9457), our
 * own with a 500 that tells nothing, and whatever is not there when X-Deadline-Ms is over with a 503 then.
 *
 * @throws when it cannot listen, for example because the port is taken.
 */
export async function serveWidget({
  port,
  host = '127.0.0.1',
  widget,
  log,
}: ServeOptions): Promise<WidgetServer> {
  let draining = false;
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS, requestTimeout: REQUEST_MS });
  server.on('request', (request, response) => {
    void answerTo(request, response, widget)
      .catch((error: unknown) => answerToFault(error, request, log))
      .then((answer) => {
        if (draining) response.setHeader('connection', 'close');
        send(response, answer);
      });
  });
  await listen(server, port, host);
  return {
    url: urlOf(server),
    close: () => {
      draining = true;
      return drain(server);
    },
  };
}

type Answer = {
  readonly status: number;
  readonly type?: 'application/json' | 'application/problem+json';
  /** JSON text. */
  readonly body?: string;
  readonly allow?: string;
  readonly etag?: string;
};

async function answerTo(
  request: IncomingMessage,
  response: ServerResponse,
  widget: WidgetFunction | undefined,
): Promise<Answer> {
  const [path] = (request.url ?? '').split('?');
  if (path === '/healthz') {
    if (request.method !== 'GET' && request.method !== 'HEAD') throw new Refusal(405, { allow: 'GET, HEAD' });
    return { status: 200, type: 'application/json', body: '{"status":"ok"}' };
  }
  if (path === '/widget' && widget) {
    if (request.method !== 'POST') throw new Refusal(405, { allow: 'POST' });
    return askWidget(request, response, widget);
  }
  throw new Refusal(404);
}

async function askWidget(
  request: IncomingMessage,
  response: ServerResponse,
  widget: WidgetFunction,
): Promise<Answer> {
  const parsed = SourceRequest.safeParse(await readJson(request));
  if (!parsed.success) throw Refusal.ofIssues(parsed.error.issues);
  const deadlineMs = readDeadlineMs(request);
  const publication = await withinDeadline(deadlineMs, response, (signal) =>
    widget(parsed.data, { deadlineMs, signal }),
  );
  if (!publication) return { status: 204 };
  const body = JSON.stringify(publication);
  const etag = `"${createHash('sha256').update(body).digest('base64url')}"`;
  if (isKnown(request.headers['if-none-match'], etag)) return { status: 304, etag };
  return { status: 200, type: 'application/json', body, etag };
}

/** `x-deadline-ms` if it is a number; the contract's longest deadline otherwise. */
function readDeadlineMs({ headers }: IncomingMessage): number {
  const value = headers['x-deadline-ms'];
  if (typeof value !== 'string' || !/^\d{1,6}$/.test(value)) return limits.maxDeadlineMs;
  return Math.min(Number(value), limits.maxDeadlineMs);
}

function answerToFault(error: unknown, { url, socket }: IncomingMessage, log: Log): Answer {
  const refusal = error instanceof Refusal ? error : new Refusal(500);
  if (refusal.status === 503) log.warn({ err: refusal.cause }, 'the answer came too late');
  else if (refusal.status === 500 && !socket.destroyed) log.error({ err: error }, 'the widget failed');
  const { status, allow } = refusal;
  return {
    status,
    type: 'application/problem+json',
    body: JSON.stringify(refusal.problem(url ?? '')),
    ...(allow && { allow }),
  };
}

function send(response: ServerResponse, { status, type, body, allow, etag }: Answer): void {
  if (etag) response.setHeader('etag', etag);
  if (allow) response.setHeader('allow', allow);
  if (type) response.setHeader('content-type', type);
  response.statusCode = status;
  response.end(body);
}
