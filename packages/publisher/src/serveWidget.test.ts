import { connect } from 'node:net';
import { Problem, type PublicationInput } from '@widget-mediator/contracts';
import { serveWidget, type WidgetFunction, type WidgetServer } from './serveWidget.ts';

const publication: PublicationInput = { version: 1, items: [{ id: 'film-1', title: 'Heat' }] };
const servers: WidgetServer[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

describe('serveWidget', () => {
  it('answers with what the widget gives for this viewer', async () => {
    const asked: unknown[] = [];
    const { url } = await serve((request, { deadlineMs }) => {
      asked.push({ ...request, deadlineMs });
      return publication;
    });
    const answer = await ask(url, { user: 'u1', count: 20, unknown: true }, { 'x-deadline-ms': '75' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(await answer.json()).toEqual(publication);
    expect(asked).toEqual([{ user: 'u1', count: 20, deadlineMs: 75 }]);
  });

  it('names its answer, and says when nothing changed', async () => {
    let current = publication;
    const { url } = await serve(() => current);
    const first = await ask(url, { count: 1 });
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]{43}"$/);
    const same = await ask(url, { count: 1 }, { 'if-none-match': etag });
    expect([same.status, await same.text(), same.headers.get('etag')]).toEqual([304, '', etag]);
    current = { ...publication, version: 2 };
    const changed = await ask(url, { count: 1 }, { 'if-none-match': etag });
    expect([changed.status, changed.headers.get('etag') === etag]).toEqual([200, false]);
  });

  it.each([
    ['the asterisk', () => '*'],
    ['a list', (etag: string) => `"a", ${etag},"b"`],
    ['a weak tag', (etag: string) => `W/${etag}`],
    ['a list of weak tags', (etag: string) => `W/"a" ,W/${etag}`],
  ])('says that nothing changed to %s', async (_, known) => {
    const { url } = await serve(() => publication);
    const etag = (await ask(url, { count: 1 })).headers.get('etag') ?? '';
    const same = await ask(url, { count: 1 }, { 'if-none-match': known(etag) });
    expect([same.status, await same.text(), same.headers.get('etag')]).toEqual([304, '', etag]);
  });

  it.each([
    ['another list', () => '"a", W/"b"'],
    ['a tag without its quotes', (etag: string) => etag.replaceAll('"', '')],
    ['a longer tag', (etag: string) => etag.replace('"', '"a')],
    ['an asterisk in a list', () => '"a", *'],
    ['nothing', () => ''],
  ])('answers in full to %s', async (_, known) => {
    const { url } = await serve(() => publication);
    const etag = (await ask(url, { count: 1 })).headers.get('etag') ?? '';
    expect((await ask(url, { count: 1 }, { 'if-none-match': known(etag) })).status).toBe(200);
  });

  it.each([
    [{}, 2_000],
    [{ 'x-deadline-ms': 'soon' }, 2_000],
    [{ 'x-deadline-ms': '999999' }, 2_000],
  ])('bounds the deadline of %j', async (headers, expected) => {
    let told = 0;
    const { url } = await serve((_, { deadlineMs }) => {
      told = deadlineMs;
      return undefined;
    });
    await ask(url, { count: 1 }, headers);
    expect(told).toBe(expected);
  });

  it('answers 204 when there is nothing for this person', async () => {
    const { url } = await serve(async () => undefined);
    const answer = await ask(url, { count: 20 });
    expect(answer.status).toBe(204);
    expect(await answer.text()).toBe('');
  });

  it.each([
    ['another media type', 415, { body: '{}', headers: { 'content-type': 'text/plain' } }],
    ['what is not JSON', 400, { body: '{' }],
    ['a body above 64 KiB', 413, { body: JSON.stringify({ count: 1, user: 'u'.repeat(70_000) }) }],
    ['what is not a SourceRequest', 422, { body: '{"count":0}' }],
    ['another method', 405, { method: 'PUT', body: '{}' }],
  ])('refuses %s', async (_, status, init) => {
    const { url } = await serve(() => publication);
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${url}/widget`, { method: 'POST', headers, ...init });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(Problem.parse(await answer.json())).toMatchObject({ status, instance: '/widget' });
  });

  it('names what does not fit by JSON Pointer', async () => {
    const { url } = await serve(() => publication);
    const answer = await ask(url, { count: 1, segments: ['a', 'B!'] });
    const { errors } = Problem.parse(await answer.json());
    expect(errors?.map(({ pointer }) => pointer)).toEqual(['/segments/1']);
  });

  it('answers 500 without details and logs them when the widget fails', async () => {
    const { url, logged } = await serve(async () => {
      throw new Error('a secret');
    });
    const answer = await ask(url, { count: 1 });
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain('secret');
    expect(logged).toEqual([['error', 'the widget failed']]);
  });

  it('answers 500 when the widget gives what cannot be sent', async () => {
    const { url, logged } = await serve(() => ({
      ...publication,
      items: [{ id: 'a', title: 'b', extra: 1n }],
    }));
    expect((await ask(url, { count: 1 })).status).toBe(500);
    expect(logged).toEqual([['error', 'the widget failed']]);
  });

  it('tells the widget when the deadline has passed', async () => {
    const { url, logged } = await serve((_, { signal }) => rejectedBy(signal));
    const answer = await ask(url, { count: 1 }, { 'x-deadline-ms': '20' });
    expect(answer.status).toBe(503);
    expect(logged).toEqual([['warn', 'the answer came too late']]);
  });

  it.each<[string, WidgetFunction]>([
    ['answers', () => publication],
    ['has nothing', () => undefined],
    ['fails', () => Promise.reject(new Error('too late for anybody'))],
  ])('does not wait beyond the deadline for a widget that goes on, nor mind that it %s', async (_, late) => {
    let goOn: () => void = () => undefined;
    const answered = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const { url, logged } = await serve(async (...asked) => {
      await answered;
      return late(...asked);
    });
    const answer = await ask(url, { count: 1 }, { 'x-deadline-ms': '20' });
    expect(answer.status).toBe(503);
    expect(Problem.parse(await answer.json())).toMatchObject({ status: 503, instance: '/widget' });
    goOn();
    // Jest fails a test in which a rejection stays unhandled; another exchange leaves it the time to be.
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect(logged).toEqual([['warn', 'the answer came too late']]);
  });

  it('answers 503 after a widget that kept the process busy beyond the deadline', async () => {
    const { url, logged } = await serve(() => {
      const untilMs = performance.now() + 30;
      while (performance.now() < untilMs);
      return publication;
    });
    expect((await ask(url, { count: 1 }, { 'x-deadline-ms': '20' })).status).toBe(503);
    expect(logged).toEqual([['warn', 'the answer came too late']]);
  });

  it('tells the widget when the mediator has gone away', async () => {
    const caller = new AbortController();
    const gone = new Promise<unknown>((resolve) => {
      void serve((_, { signal }) => {
        signal.addEventListener('abort', () => resolve(signal.reason));
        caller.abort();
        return rejectedBy(signal);
      }).then(({ url }) => ask(url, { count: 1 }, {}, caller.signal).catch(() => undefined));
    });
    await expect(gone).resolves.toMatchObject({ message: 'the mediator has gone away' });
  });

  it('answers health checks, also without a widget', async () => {
    const { url } = await serve(undefined);
    const health = await fetch(`${url}/healthz`);
    expect(health.status).toBe(200);
    expect(await health.json()).toEqual({ status: 'ok' });
    expect((await fetch(`${url}/healthz`, { method: 'DELETE' })).headers.get('allow')).toBe('GET, HEAD');
    expect((await ask(url, { count: 1 })).status).toBe(404);
  });

  it('listens on loopback unless told otherwise', async () => {
    const { url } = await serve(() => publication);
    expect(new URL(url).hostname).toBe('127.0.0.1');
  });

  it('rejects when the port is taken', async () => {
    const { url } = await serve(() => publication);
    const port = Number(new URL(url).port);
    await expect(serveWidget({ port, log: silent([]) })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('finishes the call in flight when it closes, then takes no more', async () => {
    let finish: () => void = () => undefined;
    let started: () => void = () => undefined;
    const inFlight = new Promise<void>((resolve) => {
      started = resolve;
    });
    const server = await serve(async () => {
      started();
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      return publication;
    });
    const answer = ask(server.url, { count: 1 });
    await inFlight;
    const closed = server.close();
    finish();
    expect((await answer).headers.get('connection')).toBe('close');
    expect((await answer).status).toBe(200);
    await closed;
    await expect(isListening(server.url)).resolves.toBe(false);
  });
});

async function serve(widget: WidgetFunction | undefined) {
  const logged: [string, string][] = [];
  const server = await serveWidget({ port: 0, log: silent(logged), ...(widget && { widget }) });
  servers.push(server);
  return { ...server, logged };
}

function silent(logged: [string, string][]) {
  return {
    warn: (_: object, message: string) => void logged.push(['warn', message]),
    error: (_: object, message: string) => void logged.push(['error', message]),
  };
}

function ask(url: string, body: unknown, headers = {}, signal?: AbortSignal): Promise<Response> {
  return fetch(`${url}/widget`, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(body),
    ...(signal && { signal }),
  });
}

function rejectedBy(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });
}

function isListening(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.unref();
  });
}
