import { HomepageRequest, WidgetManifest } from '@widget-mediator/contracts';
import fc from 'fast-check';
import { LRUCache } from 'lru-cache';
import { type Answer, absent, cancel, type Source } from './source.ts';
import { varyKeyFor } from './sourceRequest.ts';
import { askOf, entered, manualSource } from './testing/answers.ts';
import { type CachedAnswer, withCache } from './withCache.ts';

function cached(source: Source, { ttlMs = 1_000, staleWhileRevalidateMs = 0, maxSize = 1_000 } = {}) {
  const clock = { now: 0, erasures: 0 };
  const cache = new LRUCache<string, CachedAnswer>({ maxSize, sizeCalculation: () => 1 });
  const onOutcome = jest.fn();
  const onFault = jest.fn();
  const proxy = withCache(source, {
    erasures: () => clock.erasures,
    name: 'w@1',
    ttlMs,
    staleWhileRevalidateMs,
    cache,
    now: () => clock.now,
    onOutcome,
    onFault,
  });
  return { clock, cache, proxy, onOutcome, onFault };
}

/** A source that answers as it is told. */
function told(first: Answer) {
  const says = { answer: first };
  const source = jest.fn<ReturnType<Source>, Parameters<Source>>(async () => says.answer);
  return { says, source };
}

describe('holds', () => {
  test('an answer fresh for its ttl, then stale, then not at all', async () => {
    const { clock, proxy } = cached(async () => entered());
    expect(proxy.held('k')).toEqual({ state: 'nothing' });
    await proxy.ask(askOf());
    expect(proxy.held('k').state).toBe('fresh');
    clock.now = 1_000;
    expect(proxy.held('k').state).toBe('stale');
    clock.now = 5_000;
    expect(proxy.held('k').state).toBe('nothing');
  });

  test('an abstention for the ttl, and no timeout', async () => {
    const { says, source } = told(absent('abstained'));
    const { clock, proxy } = cached(source);
    await proxy.ask(askOf());
    expect(proxy.held('k')).toMatchObject({ state: 'fresh', answer: { code: 'abstained' } });
    says.answer = absent('timeout');
    await proxy.ask(askOf('other'));
    expect(proxy.held('other').state).toBe('nothing');
    clock.now = 1_000;
    expect(proxy.held('k').state).toBe('nothing');
  });

  test('what was good when the next call fails', async () => {
    const { says, source } = told(entered());
    const { clock, proxy } = cached(source);
    await proxy.ask(askOf());
    clock.now = 1_500;
    says.answer = absent('timeout');
    await proxy.ask(askOf());
    expect(proxy.held('k').state).toBe('stale');
  });

  test('nothing that was asked for before a user was erased', async () => {
    const { source, answer } = manualSource();
    const { clock, proxy } = cached(source);
    const asked = proxy.ask(askOf());
    clock.erasures += 1;
    answer(0, entered());
    await asked;
    expect(proxy.held('k')).toEqual({ state: 'nothing' });
  });

  test('nothing of what a source has taken back', async () => {
    const { says, source } = told(entered());
    const { clock, proxy } = cached(source, { ttlMs: 0 });
    await proxy.ask(askOf());
    says.answer = absent('abstained');
    clock.now = 2_000;
    await proxy.ask(askOf());
    expect(proxy.held('k')).toEqual({ state: 'nothing' });
  });

  test('so much and no more: what was not asked for longest goes, and is asked for again', async () => {
    const { source } = told(entered());
    const { cache, proxy } = cached(source, { maxSize: 100 });
    for (let user = 0; user < 1_000; user += 1) await proxy.ask(askOf(`user=u${user}`));
    expect(cache.size).toBe(100);
    expect(proxy.held('user=u0').state).toBe('nothing');
    expect(proxy.held('user=u999').state).toBe('fresh');
  });
});

describe('one viewer', () => {
  test('never gets what another got', async () => {
    const { proxy } = cached(async () => entered());
    await proxy.ask(askOf('user=u1'));
    expect(proxy.held('user=u2')).toEqual({ state: 'nothing' });
  });

  const ids = fc.oneof(
    fc.stringMatching(/^[!-~]{1,12}$/),
    fc.constantFrom('u1', 'u1\u00e9', 'a,b', 'user=u1', 'a=b', 'segments=a', '=', ','),
  );
  const requests = fc
    .record(
      {
        user: ids,
        segments: fc.array(fc.constantFrom('a', 'b', 'a-b'), { maxLength: 2 }),
        locale: fc.constantFrom('en', 'en-GB'),
        device: fc.constantFrom('phone', 'web'),
      },
      { requiredKeys: ['segments', 'locale', 'device'] },
    )
    .map((request) => HomepageRequest.parse(request));
  const varies = fc.subarray(['user', 'segments', 'locale', 'device'] as const);

  test('and another have one key only if the source cannot tell them apart', () => {
    fc.assert(
      fc.property(varies, requests, requests, (vary, one, other) => {
        const manifest = WidgetManifest.parse({
          apiVersion: 'widget-mediator/v2',
          kind: 'Widget',
          metadata: { id: 'w', owner: 't', title: 'W' },
          spec: {
            itemType: 'film',
            delivery: { mode: 'pull', endpoint: 'http://a.example/', vary },
            placements: ['row'],
          },
        });
        const told = (request: HomepageRequest) => JSON.stringify(vary.map((part) => request[part] ?? ''));
        const isSame = varyKeyFor(manifest, one) === varyKeyFor(manifest, other);
        expect(isSame).toBe(told(one) === told(other));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('one call', () => {
  test('is made for those who ask the same at once', async () => {
    const { source, asked, answer } = manualSource();
    const { proxy, onOutcome } = cached(source);
    const all = [proxy.ask(askOf('a')), proxy.ask(askOf('a')), proxy.ask(askOf('b'))];
    expect(asked).toHaveLength(2);
    answer(0, entered());
    answer(1, absent('abstained'));
    expect((await Promise.all(all)).map(({ status }) => status)).toEqual(['entered', 'entered', 'absent']);
    expect(onOutcome.mock.calls.flat()).toEqual(['asked', 'shared', 'asked']);
  });

  test('goes on while anybody waits, and ends when the last has left', async () => {
    const { source, asked } = manualSource();
    const { proxy } = cached(source);
    const [one, other] = [askOf('a'), askOf('a')];
    void proxy.ask(one);
    void proxy.ask(other);
    cancel(one.cancellation);
    expect(asked[0]?.cancellation.cancelled).toBe(false);
    cancel(other.cancellation);
    expect(asked[0]?.cancellation.cancelled).toBe(true);
  });

  test('that was ended is nobody else’s: who asks then asks anew', async () => {
    const { source, asked, answer } = manualSource();
    const { proxy } = cached(source);
    const one = askOf('a');
    const gone = proxy.ask(one);
    cancel(one.cancellation);
    const next = proxy.ask(askOf('a'));
    answer(0, absent('abandoned'));
    answer(1, entered());
    expect(asked).toHaveLength(2);
    expect(await gone).toEqual(absent('abandoned'));
    expect((await next).status).toBe('entered');
    // The one that ended late has not forgotten the other's.
    expect(proxy.held('a').state).toBe('fresh');
  });

  test('that comes late warms the cache', async () => {
    const { source, answer } = manualSource();
    const { proxy } = cached(source);
    const asking = proxy.ask(askOf());
    expect(proxy.held('k').state).toBe('nothing');
    answer(0, entered());
    await asking;
    expect(proxy.held('k').state).toBe('fresh');
  });
});

describe('while it revalidates', () => {
  test('stale content is good enough at once, and one call fetches newer', async () => {
    const { source, asked, answer } = manualSource();
    const { clock, proxy } = cached(source, { staleWhileRevalidateMs: 500 });
    const first = proxy.ask(askOf());
    answer(0, entered());
    await first;
    clock.now = 1_400;
    expect(proxy.held('k').state).toBe('revalidating');
    proxy.refresh(askOf());
    proxy.refresh(askOf());
    expect(asked).toHaveLength(2);
    const newer = entered(4, { freshUntilMs: 2_400 });
    answer(1, newer);
    await new Promise(setImmediate);
    const held = proxy.held('k');
    expect(held.state === 'fresh' && held.answer).toBe(newer);
  });

  test('it is only stale after that', async () => {
    const { clock, proxy } = cached(async () => entered(), { staleWhileRevalidateMs: 500 });
    await proxy.ask(askOf());
    clock.now = 1_500;
    expect(proxy.held('k').state).toBe('stale');
  });

  test('nobody who leaves ends the call, and a fault of our own is told', async () => {
    const { clock, proxy, onFault } = cached(
      jest
        .fn<ReturnType<Source>, Parameters<Source>>()
        .mockResolvedValueOnce(entered())
        .mockRejectedValueOnce(new TypeError('ours')),
      { staleWhileRevalidateMs: 500 },
    );
    await proxy.ask(askOf());
    clock.now = 1_100;
    const question = askOf();
    proxy.refresh(question);
    cancel(question.cancellation);
    await new Promise(setImmediate);
    expect(onFault).toHaveBeenCalledTimes(1);
  });
});

describe('what went wrong', () => {
  test.each(['error-status', 'invalid-answer', 'oversized-answer'] as const)(
    'with %s is not asked for again for a second',
    async (code) => {
      const { source } = told(absent(code));
      const { clock, proxy } = cached(source, { ttlMs: 60_000 });
      await proxy.ask(askOf());
      clock.now = 999;
      expect(proxy.held('k')).toMatchObject({ state: 'refused', answer: { code } });
      clock.now = 1_000;
      expect(proxy.held('k').state).toBe('nothing');
    },
  );

  test('does not take the place of what was good', async () => {
    const good = entered();
    const { says, source } = told(good);
    const { clock, proxy } = cached(source);
    await proxy.ask(askOf());
    clock.now = 1_500;
    says.answer = absent('error-status');
    await proxy.ask(askOf());
    const held = proxy.held('k');
    expect(held.state === 'refused' && held.stale).toBe(good.content);
    clock.now = 2_500;
    expect(proxy.held('k').state).toBe('stale');
  });

  test('waits for as long as the source says, but no longer than a minute', async () => {
    const { says, source } = told({ ...absent('error-status'), retryAfterMs: 5_000 });
    const { clock, proxy } = cached(source);
    await proxy.ask(askOf());
    clock.now = 4_999;
    expect(proxy.held('k').state).toBe('refused');
    clock.now = 5_000;
    says.answer = { ...absent('error-status'), retryAfterMs: 1e9 };
    await proxy.ask(askOf());
    clock.now = 65_000;
    expect(proxy.held('k').state).toBe('nothing');
  });

  test('is asked for again at once by who wants nothing kept', async () => {
    const { source } = told(absent('error-status'));
    const { proxy } = cached(source, { ttlMs: 0 });
    await proxy.ask(askOf());
    expect(proxy.held('k').state).toBe('nothing');
  });
});

describe('a name for an answer', () => {
  test('goes along with the next question, with what it names', async () => {
    const { source } = told({ ...entered(), etag: '"v1"' });
    const { clock, proxy } = cached(source);
    await proxy.ask(askOf());
    clock.now = 1_000;
    await proxy.ask(askOf());
    await proxy.ask(askOf('other'));
    expect(source.mock.calls.map(([{ known }]) => known?.etag)).toEqual([undefined, '"v1"', undefined]);
  });
});
