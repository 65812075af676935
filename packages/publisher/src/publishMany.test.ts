import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ProblemCode, problemTable, problemType } from '@widget-mediator/contracts';
import type { Clock } from './clock.ts';
import type { PublisherOptions } from './connection.ts';
import { createPublisher } from './createPublisher.ts';
import type { PublishProgress } from './publishMany.ts';

/** What a line is answered: stored, refused, nothing at all, or the end of the connection. */
type Fate = 'stored' | 'silence' | 'break' | readonly [ProblemCode, retryAfterSeconds?: number];
type Line = { readonly widget: string; readonly version: number };
/** Of line `version` of all, which comes for the n-th time, from 1. */
type Fates = (version: number, time: number) => Fate;
type Call = {
  readonly url: string | undefined;
  readonly key: string | undefined;
  readonly versions: (number | null)[];
};

const line = (version: number) => ({ widget: `widget-${version}`, version, items: [] });
const lines = (count: number) => Array.from({ length: count }, (_, n) => line(n + 1));

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

describe('publishMany', () => {
  it('gives one outcome each, in their order, and keeps no other from being stored', async () => {
    const { publisher } = await against((version) => (version === 2 ? ['version-outdated'] : 'stored'));
    expect(await publisher.publishMany(lines(3))).toMatchObject([
      { index: 0, widget: 'widget-1', ok: true, receipt: { version: 1 } },
      { index: 1, widget: 'widget-2', ok: false, error: { code: 'version-outdated', status: 409 } },
      { index: 2, widget: 'widget-3', ok: true },
    ]);
  });

  it('tells how far it has come, one by one', async () => {
    const { publisher } = await against((version) => (version === 2 ? ['validation-failed'] : 'stored'));
    const told: PublishProgress[] = [];
    await publisher.publishMany(lines(3), { onProgress: (progress) => told.push(progress) });
    expect(told.map(({ published, failed, latest }) => [published, failed, latest.index])).toEqual([
      [1, 0, 0],
      [1, 1, 1],
      [2, 1, 2],
    ]);
  });

  it('sends streams of a hundred lines, in their order, and reads no faster', async () => {
    const { publisher, calls } = await against();
    let read = 0;
    async function* source() {
      for (const each of lines(250)) {
        read += 1;
        yield each;
      }
    }
    let furthestAhead = 0;
    const onProgress = ({ published }: PublishProgress) => {
      furthestAhead = Math.max(furthestAhead, read - published);
    };
    const outcomes = await publisher.publishMany(source(), { onProgress });
    expect(outcomes.map(({ index, ok }) => [index, ok])).toEqual(lines(250).map((_, n) => [n, true]));
    expect(calls.flatMap(({ versions }) => versions)).toEqual(lines(250).map(({ version }) => version));
    expect(calls.map(({ versions }) => versions.length)).toEqual([100, 100, 50]);
    expect(furthestAhead).toBeLessThanOrEqual(101);
    expect(new Set(calls.map(({ key }) => key)).size).toBe(3);
  });

  it('divides what is large', async () => {
    const { publisher, calls } = await against();
    const large = lines(5).map((each) => ({ ...each, title: 'x'.repeat(400_000) }));
    await publisher.publishMany(large);
    expect(calls.map(({ versions }) => versions)).toEqual([[1, 2], [3, 4], [5]]);
  });

  it('sends again only what passes by itself, on its own line, after the wait that is asked for', async () => {
    const { publisher, calls, clock } = await against((version, time) =>
      version % 2 === 0 && time === 1 ? ['rate-exceeded', 3] : 'stored',
    );
    const outcomes = await publisher.publishMany(lines(4));
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    expect(calls.map(({ versions }) => versions)).toEqual([
      [1, 2, 3, 4],
      [null, 2, null, 4],
    ]);
    expect(clock.slept).toEqual([3_125]);
    expect(calls[0]?.key).toMatch(/^"[\w-]{36} 0"$/);
    expect(calls[1]?.key).toBe(calls[0]?.key);
  });

  it('goes on as long as it comes forward, however slowly', async () => {
    const { publisher, clock } = await against((version, time) =>
      version > time ? ['rate-exceeded', 50] : 'stored',
    );
    const outcomes = await publisher.publishMany(lines(9));
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    expect(clock.now()).toBeGreaterThan(400_000);
  });

  it('sends the rest again when the connection breaks, or says no more', async () => {
    for (const fate of ['break', 'silence'] as const) {
      const { publisher, calls } = await against(
        (version, time) => (version === 3 && time === 1 ? fate : 'stored'),
        { callTimeoutMs: 200 },
      );
      const outcomes = await publisher.publishMany(lines(4));
      expect(outcomes.map(({ ok }) => ok)).toEqual([true, true, true, true]);
      expect(calls.length).toBe(2);
    }
  });

  it('does not try the rest once nothing came of it for as long as a call may take', async () => {
    const { publisher, calls, clock } = await against((version) =>
      version > 120 ? ['store-unavailable'] : 'stored',
    );
    const outcomes = await publisher.publishMany(lines(250));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(120);
    expect(outcomes[249]).toMatchObject({ index: 249, ok: false, error: { code: 'store-unavailable' } });
    expect(clock.now()).toBeLessThan(70_000);
    expect(calls.flatMap(({ versions }) => versions).every((version) => Number(version) <= 200)).toBe(true);
  });

  it('asks once only when the key is not known', async () => {
    const { publisher, calls } = await against(() => 'stored', {}, 401);
    const outcomes = await publisher.publishMany(lines(150));
    expect(outcomes).toHaveLength(150);
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({ ok: false, error: { code: 'key-unknown' } });
    expect(calls).toHaveLength(1);
  });

  it('goes on with others when one widget may publish no more', async () => {
    const { publisher } = await against((version) => (version <= 100 ? ['rate-exceeded', 90] : 'stored'));
    const outcomes = await publisher.publishMany(lines(150));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(50);
    expect(outcomes[0]).toMatchObject({ ok: false, error: { budget: 'rate' } });
  });

  it('keeps the key of its caller, and tries out without storing', async () => {
    const { publisher, calls } = await against();
    await publisher.publishMany(lines(101), { idempotencyKey: 'run 7', dryRun: true });
    expect(calls.map(({ key, url }) => [key, url])).toEqual([
      ['"run 7 0"', '/v1/publications?dryRun=true'],
      ['"run 7 100"', '/v1/publications?dryRun=true'],
    ]);
  });

  it('stops with the reason when it is told to', async () => {
    const stop = new AbortController();
    const { publisher, calls } = await against();
    const onProgress = ({ published }: PublishProgress) => {
      if (published === 30) stop.abort(new Error('enough'));
    };
    const promise = publisher.publishMany(lines(250), { signal: stop.signal, onProgress });
    await expect(promise).rejects.toThrow('enough');
    expect(calls).toHaveLength(1);
  });

  it('throws what reading the publications throws', async () => {
    async function* broken() {
      yield line(1);
      throw new Error('the file ends');
    }
    const { publisher } = await against();
    await expect(publisher.publishMany(broken())).rejects.toThrow('the file ends');
  });

  it('makes nothing of nothing', async () => {
    const { publisher, calls } = await against();
    expect(await publisher.publishMany([])).toEqual([]);
    expect(calls).toEqual([]);
  });
});

/** A publisher against a server that answers lines as a mediator would, with these fates. */
async function against(fates: Fates = () => 'stored', options: Partial<PublisherOptions> = {}, status = 200) {
  const calls: Call[] = [];
  const times = new Map<number, number>();
  const server = createServer((request, response) => {
    void readLines(request).then((sent) => {
      const { url, headers } = request;
      const versions = sent.map((each) => each?.version ?? null);
      calls.push({ url, key: headers['idempotency-key']?.toString(), versions });
      if (status === 401) {
        response.writeHead(status).end(JSON.stringify(problem('key-unknown')));
        return;
      }
      for (const [index, each] of sent.entries()) {
        if (each === undefined) continue;
        const time = (times.get(each.version) ?? 0) + 1;
        times.set(each.version, time);
        if (!answer(response, index + 1, each, fates(each.version, time))) return;
      }
      response.end();
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const mediatorUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const clock = fakeClock();
  return { publisher: createPublisher({ mediatorUrl, apiKey: 'key', clock, ...options }), calls, clock };
}

/** False when that was all that the client hears. */
function answer(response: ServerResponse, number: number, { widget, version }: Line, fate: Fate): boolean {
  if (fate === 'silence') return false;
  if (fate === 'break') {
    setImmediate(() => response.destroy());
    return false;
  }
  const receipt = { widget, version, audience: { type: 'everyone' }, digest: 'd', stored: true };
  const kept = { received: 0, kept: 0, verdicts: [], warnings: [] };
  const result =
    fate === 'stored'
      ? { line: number, status: 202, widget, receipt: { ...receipt, ...kept } }
      : { line: number, status: problemTable[fate[0]].status, widget, problem: problem(...fate) };
  response.write(`${JSON.stringify(result)}\n`);
  return true;
}

function problem(code: ProblemCode, retryAfterSeconds?: number) {
  const { status, title } = problemTable[code];
  const more = {
    ...(retryAfterSeconds && { retryAfterSeconds }),
    ...(code === 'rate-exceeded' && { budget: 'rate' }),
  };
  return { type: problemType(code), title, status, detail: title, instance: '/', ...more };
}

async function readLines(request: IncomingMessage): Promise<(Line | undefined)[]> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text
    .split('\n')
    .slice(0, -1)
    .map((each) => (each === '' ? undefined : JSON.parse(each)));
}

function fakeClock(): Clock & { slept: number[] } {
  let nowMs = 0;
  const slept: number[] = [];
  const sleep = async (ms: number) => {
    slept.push(ms);
    nowMs += ms;
  };
  return { now: () => nowMs, random: () => 0.5, sleep, slept };
}
