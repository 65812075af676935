import { absent, cancel } from './source.ts';
import { askOf, entered, manualSource } from './testing/answers.ts';
import { withDeadline } from './withDeadline.ts';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('answers timeout at its limit, and cancels the exchange', async () => {
  const { source, asked } = manualSource();
  const cancelled = jest.fn();
  const answering = withDeadline(source, 80)(askOf());
  const [inner] = asked;
  if (inner !== undefined) inner.cancellation.onCancel = cancelled;
  jest.advanceTimersByTime(79);
  expect(cancelled).not.toHaveBeenCalled();
  jest.advanceTimersByTime(1);
  expect(await answering).toEqual(absent('timeout'));
  expect(cancelled).toHaveBeenCalledTimes(1);
  expect(inner?.cancellation.cancelled).toBe(true);
});

test('counts what parsing took: an answer that is ready too late is late, though no timer could say so', async () => {
  const slowlyParsed = withDeadline(async () => {
    // As a parser does that lets nobody in between.
    jest.setSystemTime(Date.now() + 200);
    jest.spyOn(performance, 'now').mockReturnValue(performance.now() + 81);
    return entered();
  }, 80);
  expect(await slowlyParsed(askOf())).toEqual(absent('timeout'));
});

test('is cancelled by who asked: at once, and the exchange with it', async () => {
  const { source, asked } = manualSource();
  const question = askOf();
  const answering = withDeadline(source, 80)(question);
  cancel(question.cancellation);
  expect(await answering).toEqual(absent('abandoned'));
  expect(asked[0]?.cancellation.cancelled).toBe(true);
  expect(jest.getTimerCount()).toBe(0);
});

test('does not ask for who is gone already', async () => {
  const { source, asked } = manualSource();
  const question = askOf();
  cancel(question.cancellation);
  expect(await withDeadline(source, 80)(question)).toEqual(absent('abandoned'));
  expect(asked).toHaveLength(0);
});

test.each([
  ['an answer', async () => entered()],
  [
    'a fault of our own',
    async () => {
      throw new TypeError('ours');
    },
  ],
])('leaves no timer behind after %s', async (_what, source) => {
  await withDeadline(source, 80)(askOf()).catch(() => {});
  expect(jest.getTimerCount()).toBe(0);
});
