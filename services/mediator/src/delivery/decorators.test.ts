import { EventEmitter } from 'node:events';
import { candidateItem } from '@widget-mediator/composition';
import { LRUCache } from 'lru-cache';
import type { Content } from '../intake/content.ts';
import { type Answer, type Ask, absent, newCancellation, type Source } from './source.ts';
import { createTokenBucket } from './tokenBucket.ts';
import { withBreaker } from './withBreaker.ts';
import { withBulkhead } from './withBulkhead.ts';
import { type CachedAnswer, withCache } from './withCache.ts';
import { withDeadline } from './withDeadline.ts';
import { withRateBudget } from './withRateBudget.ts';

const ask = (varyKey = 'k'): Ask => ({
  request: { count: 10 },
  varyKey,
  remainingMs: 100,
  cancellation: newCancellation(),
});

const content = (items: number, times: Partial<Content> = {}): Content => ({
  candidate: {
    widget: 'w',
    team: 'team',
    version: 1,
    provenance: 'fresh',
    placements: ['row'],
    minItems: 2,
    maxItems: 5,
    dedupe: { key: 'item', yields: true, blocks: true },
    items: Array.from({ length: items }, (_, n) => candidateItem('film', { id: `i${n}` })),
  },
  title: 'W',
  itemType: 'film',
  opening: '',
  fragments: { bytes: 0, appendTo: () => 0, digest: () => '' },
  validFromMs: 0,
  freshUntilMs: 1_000,
  staleUntilMs: 5_000,
  ...times,
});
const entered = (items = 3, times: Partial<Content> = {}): Answer => ({
  status: 'entered',
  content: content(items, times),
});

const tooSmall = (answer: Answer) => answer.status === 'entered' && answer.content.candidate.items.length < 2;

/** A source whose answers a test gives by hand. */
function manual(): { source: Source; asked: Ask[]; answer(index: number, answer: Answer): void } {
  const asked: Ask[] = [];
  const answering: ((answer: Answer) => void)[] = [];
  return {
    asked,
    source: (one) =>
      new Promise((resolve) => {
        asked.push(one);
        answering.push(resolve);
      }),
    answer: (index, answer) => answering[index]?.(answer),
  };
}

describe('withDeadline', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  test('answers timeout at its limit, and cancels the exchange', async () => {
    const { source, asked } = manual();
    const cancelled = jest.fn();
    const answering = withDeadline(source, 80)(ask());
    const [inner] = asked;
    if (inner !== undefined) inner.cancellation.onCancel = cancelled;
    jest.advanceTimersByTime(79);
    expect(cancelled).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1);
    expect(await answering).toEqual(absent('timeout'));
    expect(cancelled).toHaveBeenCalledTimes(1);
    expect(inner?.cancellation.cancelled).toBe(true);
  });

  test('leaves no timer behind', async () => {
    await withDeadline(async () => entered(), 80)(ask());
    await Promise.resolve();
    expect(jest.getTimerCount()).toBe(0);
  });
});

describe('withBulkhead', () => {
  test('refuses what is too much at once, and has room again when a call ends', async () => {
    const { source, answer } = manual();
    const roomy = withBulkhead(source, 2);
    const [first] = [roomy(ask()), roomy(ask())];
    expect(await roomy(ask())).toEqual(absent('too-busy'));
    answer(0, entered());
    await first;
    const next = roomy(ask());
    answer(2, absent('abstained'));
    expect(await next).toEqual(absent('abstained'));
  });
});

describe('withRateBudget', () => {
  const bucket = () => createTokenBucket(1, 1, () => 0);

  test('refuses a call beyond the rate, and tells of it', async () => {
    const onBreach = jest.fn();
    const limited = withRateBudget(async () => entered(), bucket(), { enforced: true, onBreach });
    expect((await limited(ask())).status).toBe('entered');
    expect(await limited(ask())).toEqual(absent('rate-exceeded'));
    expect(onBreach).toHaveBeenCalledTimes(1);
  });

  test('in shadow mode only tells of it', async () => {
    const onBreach = jest.fn();
    const limited = withRateBudget(async () => entered(), bucket(), { enforced: false, onBreach });
    await limited(ask());
    expect((await limited(ask())).status).toBe('entered');
    expect(onBreach).toHaveBeenCalledTimes(1);
  });
});

describe('withBreaker', () => {
  const options = (enforced = true) => ({
    isUseless: tooSmall,
    resetAfterMs: 1_000,
    consecutiveFailures: 10,
    rotation: new EventEmitter(),
    policy: { enforced, onBreach: jest.fn() },
  });
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  /** Calls `count` times; returns how often the source itself was asked. */
  async function callsReaching(
    answer: Answer,
    count: number,
    healthyBefore = 0,
    enforced = true,
  ): Promise<number> {
    let current = entered();
    const inner = jest.fn(async () => current);
    const guarded = withBreaker(inner, options(enforced));
    for (let n = 0; n < healthyBefore; n += 1) await guarded.source(ask());
    current = answer;
    inner.mockClear();
    for (let n = 0; n < count; n += 1) await guarded.source(ask());
    guarded.close();
    return inner.mock.calls.length;
  }

  test.each(['timeout', 'unreachable', 'error-status', 'invalid-answer', 'oversized-answer'] as const)(
    'opens after ten %s in a row, whatever came before',
    async (code) => {
      expect(await callsReaching(absent(code), 40)).toBe(10);
      expect(await callsReaching(absent(code), 40, 500)).toBe(10);
    },
  );

  test('does not count faults of our own', async () => {
    const inner = jest.fn(async (): Promise<Answer> => {
      throw new TypeError('our own');
    });
    const guarded = withBreaker(inner, options());
    for (let n = 0; n < 40; n += 1) await expect(guarded.source(ask())).rejects.toThrow('our own');
    expect(guarded.state()).toBe('closed');
    guarded.close();
  });

  test('neither opens nor closes by what a hurried page cut short', async () => {
    let current: Answer = absent('page-deadline');
    const guarded = withBreaker(async () => current, options());
    for (let n = 0; n < 40; n += 1) await guarded.source(ask());
    expect(guarded.state()).toBe('closed');
    current = absent('timeout');
    for (let n = 0; n < 10; n += 1) await guarded.source(ask());
    jest.advanceTimersByTime(1_000);
    current = absent('page-deadline');
    expect(await guarded.source(ask())).toEqual(absent('page-deadline'));
    expect(guarded.state()).toBe('open');
    guarded.close();
  });

  test('counts answers that are too small', async () => {
    expect(await callsReaching(entered(1), 40)).toBe(10);
  });

  test.each(['abstained'] as const)('does not count %s', async (code) => {
    expect(await callsReaching(absent(code), 40)).toBe(40);
  });

  test('in shadow mode keeps its books and calls all the same', async () => {
    expect(await callsReaching(absent('timeout'), 40, 0, false)).toBe(40);
  });

  test('asks once after a while, stays open if that fails and closes if it succeeds', async () => {
    let current: Answer = absent('timeout');
    const inner = jest.fn(async () => current);
    const guarded = withBreaker(inner, options());
    for (let n = 0; n < 20; n += 1) await guarded.source(ask());
    expect(guarded.state()).toBe('open');
    inner.mockClear();

    jest.advanceTimersByTime(1_000);
    expect(guarded.state()).toBe('half-open');
    await Promise.all([guarded.source(ask()), guarded.source(ask()), guarded.source(ask())]);
    expect(inner).toHaveBeenCalledTimes(1);
    expect(guarded.state()).toBe('open');

    current = entered();
    jest.advanceTimersByTime(1_000);
    expect((await guarded.source(ask())).status).toBe('entered');
    expect(guarded.state()).toBe('closed');
    guarded.close();
  });
});

test('a source that recovered is not shut out again by one fault', async () => {
  jest.useFakeTimers();
  let current: Answer = absent('timeout');
  const guarded = withBreaker(async () => current, {
    isUseless: tooSmall,
    resetAfterMs: 1_000,
    consecutiveFailures: 10,
    rotation: new EventEmitter(),
    policy: { enforced: true, onBreach: () => {} },
  });
  for (let n = 0; n < 12; n += 1) await guarded.source(ask());
  jest.advanceTimersByTime(1_000);
  current = entered();
  for (let n = 0; n < 6; n += 1) await guarded.source(ask());
  current = absent('timeout');
  await guarded.source(ask());
  expect(guarded.state()).toBe('closed');
  guarded.close();
  jest.useRealTimers();
});

describe('withCache', () => {
  test('does not go back to what a source has taken back', async () => {
    let current = entered();
    const { clock, proxy } = cached(async () => current, 0);
    await proxy.ask(ask());
    current = absent('abstained');
    clock.now = 2_000;
    await proxy.ask(ask());
    expect(proxy.held('k')).toEqual({ state: 'nothing' });
  });

  function cached(source: Source, ttlMs = 1_000) {
    const clock = { now: 0 };
    const cache = new LRUCache<string, CachedAnswer>({ max: 100 });
    return { clock, proxy: withCache(source, { name: 'w@1', ttlMs, cache, now: () => clock.now }) };
  }

  test('holds an answer fresh for its ttl, then stale, then not at all', async () => {
    const { clock, proxy } = cached(async () => entered());
    expect(proxy.held('k')).toEqual({ state: 'nothing' });
    await proxy.ask(ask());
    expect(proxy.held('k').state).toBe('fresh');
    clock.now = 1_000;
    expect(proxy.held('k').state).toBe('stale');
    clock.now = 5_000;
    expect(proxy.held('k').state).toBe('nothing');
  });

  test('never gives what one viewer got to another', async () => {
    const { proxy } = cached(async () => entered());
    await proxy.ask(ask('user=u1'));
    expect(proxy.held('user=u2')).toEqual({ state: 'nothing' });
  });

  test('makes one call for those who ask the same at once', async () => {
    const { source, asked, answer } = manual();
    const { proxy } = cached(source);
    const both = [proxy.ask(ask('a')), proxy.ask(ask('a')), proxy.ask(ask('b'))];
    expect(asked).toHaveLength(2);
    answer(0, entered());
    answer(1, absent('abstained'));
    expect((await Promise.all(both)).map(({ status }) => status)).toEqual(['entered', 'entered', 'absent']);
  });

  test('believes an abstention for the ttl, and keeps no failure', async () => {
    let current = absent('abstained');
    const { clock, proxy } = cached(async () => current);
    await proxy.ask(ask());
    expect(proxy.held('k')).toMatchObject({ state: 'fresh', answer: { code: 'abstained' } });
    current = absent('timeout');
    await proxy.ask(ask('other'));
    expect(proxy.held('other').state).toBe('nothing');
    clock.now = 1_000;
    expect(proxy.held('k').state).toBe('nothing');
  });

  test('keeps what was good when the next call fails', async () => {
    let current = entered();
    const { clock, proxy } = cached(async () => current);
    await proxy.ask(ask());
    clock.now = 1_500;
    current = absent('error-status');
    await proxy.ask(ask());
    expect(proxy.held('k').state).toBe('stale');
  });
});
