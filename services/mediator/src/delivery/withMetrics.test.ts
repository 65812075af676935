import { absent } from './source.ts';
import { askOf, entered, manualSource } from './testing/answers.ts';
import { withMetrics } from './withMetrics.ts';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('tells each outcome once, and how long it took', async () => {
  const { source, answer } = manualSource();
  const onOutcome = jest.fn();
  const measured = withMetrics(source, onOutcome);
  const both = [measured(askOf()), measured(askOf())];
  jest.advanceTimersByTime(30);
  answer(0, entered());
  await both[0];
  jest.advanceTimersByTime(50);
  answer(1, absent('timeout'));
  await both[1];
  expect(onOutcome.mock.calls).toEqual([
    ['entered', 30],
    ['timeout', 80],
  ]);
});
