import { type Answer, absent, type Source } from './source.ts';
import { askOf, entered, manualSource } from './testing/answers.ts';
import { createBreakerRotation, defaultBreakerOptions, withBreaker } from './withBreaker.ts';

let rotation: ReturnType<typeof createBreakerRotation>;
beforeEach(() => {
  jest.useFakeTimers();
  rotation = createBreakerRotation();
});
afterEach(() => {
  rotation.stop();
  jest.useRealTimers();
});

const tooSmall = (answer: Answer) => answer.status === 'entered' && answer.content.candidate.items.length < 2;

/** A source that answers as it is told, behind a breaker. */
function guardedSource(enforced = true) {
  const says = { answer: entered() as Answer };
  const reached = jest.fn<ReturnType<Source>, Parameters<Source>>(async () => says.answer);
  const onTransition = jest.fn();
  const onBreach = jest.fn();
  const guarded = withBreaker(reached, {
    ...defaultBreakerOptions,
    isUseless: tooSmall,
    rotation: rotation.rotation,
    policy: { enforced, onBreach },
    onTransition,
  });
  const call = () => guarded.source(askOf());
  /** So many calls, evenly over so many ms; returns how many reached the source. */
  const calls = async (count: number, overMs = 0): Promise<number> => {
    reached.mockClear();
    for (let n = 0; n < count; n += 1) {
      await call();
      if (overMs > 0) await jest.advanceTimersByTimeAsync(overMs / count);
    }
    return reached.mock.calls.length;
  };
  return { says, reached, guarded, call, calls, onTransition, onBreach };
}

describe('opens', () => {
  test.each([
    'timeout',
    'unreachable',
    'error-status',
    'invalid-answer',
    'oversized-answer',
    'stale-answer',
    'expired',
  ] as const)('after ten %s in a row', async (code) => {
    const { says, calls, onTransition, guarded } = guardedSource();
    await calls(100);
    says.answer = absent(code);
    expect(await calls(40)).toBe(10);
    expect(onTransition.mock.calls).toEqual([[{ to: 'open', cause: code }]]);
    expect(await guarded.source(askOf())).toEqual(absent('breaker-open'));
    guarded.close();
  });

  test('after answers that are too small', async () => {
    const { says, calls, guarded } = guardedSource();
    says.answer = entered(1);
    expect(await calls(40)).toBe(10);
    guarded.close();
  });

  test.each([
    [1, 10],
    [0.9, 20],
    [0.8, 20],
  ])('within twenty failures at a share of %p, after ten thousand healthy calls', async (share, most) => {
    const { says, calls, call, guarded } = guardedSource();
    await calls(10_000, 5_000);
    let failures = 0;
    for (let n = 0; guarded.state() === 'closed' && n < 100; n += 1) {
      // Spread evenly, with the first of them healthy: no run is as long as it could be.
      const fails = Math.floor((n + 1) * share) > Math.floor(n * share);
      says.answer = fails ? absent('timeout') : entered();
      failures += fails ? 1 : 0;
      await call();
    }
    expect(guarded.state()).toBe('open');
    expect(failures).toBeLessThanOrEqual(most);
    guarded.close();
  });

  test('within a second when three in five fail at a high rate, whatever came before', async () => {
    const { says, call, calls, guarded } = guardedSource();
    await calls(10_000, 60_000);
    const everyMs = 5;
    let passedMs = 0;
    for (let n = 0; guarded.state() === 'closed' && passedMs < 5_000; n += 1) {
      says.answer = n % 5 < 3 ? absent('error-status') : entered();
      await call();
      await jest.advanceTimersByTimeAsync(everyMs);
      passedMs += everyMs;
    }
    expect(guarded.state()).toBe('open');
    expect(passedMs).toBeLessThanOrEqual(1_000);
    guarded.close();
  });

  test('for a source that is asked once a second, too', async () => {
    const { says, calls, guarded } = guardedSource();
    await calls(100, 100_000);
    says.answer = absent('unreachable');
    expect(await calls(30, 30_000)).toBeLessThanOrEqual(20);
    guarded.close();
  });
});

describe('stays closed', () => {
  test('while fewer fail than may', async () => {
    const { says, call, guarded } = guardedSource();
    for (let n = 0; n < 2_000; n += 1) {
      says.answer = n % 3 === 0 ? absent('timeout') : entered();
      await call();
      if (n % 10 === 0) await jest.advanceTimersByTimeAsync(100);
    }
    expect(guarded.state()).toBe('closed');
    guarded.close();
  });

  test.each(['abstained', 'page-deadline', 'abandoned'] as const)('whatever %s there are', async (code) => {
    const { says, calls, guarded } = guardedSource();
    says.answer = absent(code);
    expect(await calls(40)).toBe(40);
    expect(guarded.state()).toBe('closed');
    guarded.close();
  });

  test('after faults of our own, which it passes on', async () => {
    const { reached, call, guarded } = guardedSource();
    reached.mockRejectedValue(new TypeError('our own'));
    for (let n = 0; n < 40; n += 1) await expect(call()).rejects.toThrow('our own');
    expect(guarded.state()).toBe('closed');
    guarded.close();
  });
});

describe('half-open', () => {
  async function opened() {
    const made = guardedSource();
    made.says.answer = absent('timeout');
    await made.calls(10);
    expect(made.guarded.state()).toBe('open');
    return made;
  }

  test('asks once, and stays open if that fails', async () => {
    const { reached, guarded, call } = await opened();
    await jest.advanceTimersByTimeAsync(2_000);
    expect(guarded.state()).toBe('half-open');
    reached.mockClear();
    await Promise.all([call(), call(), call()]);
    expect(reached).toHaveBeenCalledTimes(1);
    expect(guarded.state()).toBe('open');
    guarded.close();
  });

  test.each(['page-deadline', 'abandoned'] as const)(
    'always settles: a probe that ended with %s leaves it open, and another follows',
    async (code) => {
      const { says, guarded, call } = await opened();
      await jest.advanceTimersByTimeAsync(2_000);
      says.answer = absent(code);
      expect(await call()).toEqual(absent(code));
      expect(guarded.state()).toBe('open');
      await jest.advanceTimersByTimeAsync(2_000);
      says.answer = entered();
      expect((await call()).status).toBe('entered');
      expect(guarded.state()).toBe('recovering');
      guarded.close();
    },
  );

  test('lets nobody else in while the probe is under way', async () => {
    const { source, asked, answer } = manualSource();
    const guarded = withBreaker(source, {
      ...defaultBreakerOptions,
      isUseless: tooSmall,
      rotation: rotation.rotation,
      policy: { enforced: true, onBreach: () => {} },
    });
    for (let n = 0; n < 10; n += 1) {
      const one = guarded.source(askOf());
      answer(n, absent('timeout'));
      await one;
    }
    await jest.advanceTimersByTimeAsync(2_000);
    const probe = guarded.source(askOf());
    expect(await guarded.source(askOf())).toEqual(absent('breaker-open'));
    expect(asked).toHaveLength(11);
    answer(10, entered());
    expect((await probe).status).toBe('entered');
    guarded.close();
  });
});

describe('recovering', () => {
  async function recovering() {
    const made = guardedSource();
    made.says.answer = absent('timeout');
    await made.calls(10);
    await jest.advanceTimersByTimeAsync(2_000);
    made.says.answer = entered();
    await made.call();
    expect(made.guarded.state()).toBe('recovering');
    return made;
  }

  test('a growing share of the calls is made, until it is all of them', async () => {
    const { calls, guarded } = await recovering();
    const reached: number[] = [];
    for (let second = 0; second < 6; second += 1) reached.push(await calls(100, 1_000));
    expect(reached).toEqual(reached.toSorted((a, b) => a - b));
    expect(reached[0]).toBeLessThan(30);
    expect(reached[0]).toBeGreaterThan(5);
    expect(reached.at(-1)).toBe(100);
    expect(guarded.state()).toBe('closed');
    guarded.close();
  });

  test('the others are told so', async () => {
    const { call, guarded } = await recovering();
    await call();
    expect(await call()).toEqual(absent('recovering'));
    guarded.close();
  });

  test('one fault does not shut it out again, three in a row do', async () => {
    const { says, calls, guarded, onTransition } = await recovering();
    await calls(300, 3_000);
    says.answer = absent('timeout');
    while ((await calls(1)) === 0);
    expect(guarded.state()).toBe('recovering');
    await calls(20);
    expect(guarded.state()).toBe('open');
    expect(onTransition.mock.calls.map(([{ to }]) => to)).toEqual([
      'open',
      'half-open',
      'recovering',
      'open',
    ]);
    guarded.close();
  });
});

test('in shadow mode keeps its books, tells of breaches, and calls all the same', async () => {
  const { says, calls, onBreach, guarded } = guardedSource(false);
  says.answer = absent('timeout');
  expect(await calls(40)).toBe(40);
  expect(onBreach).toHaveBeenCalledTimes(30);
  guarded.close();
});
