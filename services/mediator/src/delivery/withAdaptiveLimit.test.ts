import { absent, type Source } from './source.ts';
import { askOf, entered } from './testing/answers.ts';
import { withAdaptiveLimit } from './withAdaptiveLimit.ts';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** A source that takes so long, under a budget of 100 ms, with the calls of `round` made at the same time. */
function underLoad(policy = { enforced: true, onBreach: jest.fn() }) {
  const answering = { ms: 10 };
  const reached = jest.fn();
  const source: Source = () => {
    reached();
    const { ms } = answering;
    return new Promise((resolve) => {
      setTimeout(() => resolve(ms > 100 ? absent('timeout') : entered()), Math.min(ms, 100));
    });
  };
  const adapted = withAdaptiveLimit(source, { latencyMs: 100, most: 16, policy });
  const round = async (calls: number): Promise<number> => {
    reached.mockClear();
    const answers = Array.from({ length: calls }, () => adapted.source(askOf()));
    await jest.advanceTimersByTimeAsync(100);
    await Promise.all(answers);
    return reached.mock.calls.length;
  };
  return { adapted, answering, round, policy };
}

test('lets a source that answers in good time have all that it may', async () => {
  const { adapted, round } = underLoad();
  for (let n = 0; n < 20; n += 1) expect(await round(16)).toBe(16);
  expect(adapted.limit()).toBe(16);
  expect(adapted.inFlight()).toBe(0);
});

test('asks for less and less while answers come near the budget, but never for nothing', async () => {
  const { adapted, answering, round } = underLoad();
  answering.ms = 80;
  const reached: number[] = [];
  for (let n = 0; n < 12; n += 1) reached.push(await round(16));
  expect(reached.slice(0, 5)).toEqual([16, 12, 9, 7, 5]);
  expect(reached.at(-1)).toBe(1);
  expect(adapted.limit()).toBe(1);
});

test('falls once for calls that were late together, from what was under way', async () => {
  const { adapted, answering, round } = underLoad();
  answering.ms = 200;
  await round(4);
  expect(adapted.limit()).toBe(3);
});

test('rises again, little by little, when answers come in good time', async () => {
  const { adapted, answering, round } = underLoad();
  answering.ms = 90;
  for (let n = 0; n < 12; n += 1) await round(16);
  answering.ms = 10;
  const limits: number[] = [];
  for (let n = 0; n < 40; n += 1) {
    await round(16);
    limits.push(adapted.limit());
  }
  expect(limits).toEqual(limits.toSorted((a, b) => a - b));
  expect(limits[0]).toBe(2);
  expect(limits.at(-1)).toBe(16);
});

test('refuses what is beyond the limit, and says so', async () => {
  const { answering, round, adapted, policy } = underLoad();
  answering.ms = 80;
  for (let n = 0; n < 12; n += 1) await round(16);
  policy.onBreach.mockClear();
  const both = [adapted.source(askOf()), adapted.source(askOf())];
  expect(await both[1]).toEqual(absent('too-busy'));
  expect(policy.onBreach).toHaveBeenCalledTimes(1);
  await jest.advanceTimersByTimeAsync(100);
  await both[0];
});

test('in shadow mode keeps the limit, and exceeds it', async () => {
  const { answering, round, adapted, policy } = underLoad({ enforced: false, onBreach: jest.fn() });
  answering.ms = 80;
  for (let n = 0; n < 12; n += 1) expect(await round(16)).toBe(16);
  expect(adapted.limit()).toBeLessThan(16);
  expect(policy.onBreach).toHaveBeenCalled();
});

test('learns nothing from refusals and from faults that say nothing about speed', async () => {
  for (const code of ['breaker-open', 'error-status', 'abandoned'] as const) {
    const adapted = withAdaptiveLimit(
      async () => {
        await jest.advanceTimersByTimeAsync(99);
        return absent(code);
      },
      { latencyMs: 100, most: 16, policy: { enforced: true, onBreach: () => {} } },
    );
    for (let n = 0; n < 5; n += 1) await adapted.source(askOf());
    expect(adapted.limit()).toBe(16);
  }
});
