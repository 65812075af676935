import { type LoadWatch, watchLoad } from './loadWatch.ts';

let delayMs: number;
let load: LoadWatch;
beforeEach(() => {
  jest.useFakeTimers();
  delayMs = 0;
  const delays = { readMs: () => delayMs, stop() {} };
  load = watchLoad(delays, { publishingDelayMs: 100, pagesDelayMs: 400, pagesAtOnce: 10 });
  load.start();
});
afterEach(() => {
  load.stop();
  jest.useRealTimers();
});

const once = (ms: number): string => {
  delayMs = ms;
  jest.advanceTimersByTime(500);
  return load.level();
};
/** What the level is once a delay was read twice. */
const at = (ms: number): string => {
  once(ms);
  return once(ms);
};
/** Enters as many pages as there is room for. */
const fill = (most = 1_000): (() => void)[] => {
  const leaves: (() => void)[] = [];
  for (let n = 0; n < most; n += 1) {
    const leave = load.enterPage();
    if (leave === undefined) break;
    leaves.push(leave);
  }
  return leaves;
};

test('publishing is shed before pages, and taken up again after them', () => {
  expect([0, 99, 100, 399, 400].map(at)).toEqual([
    'calm',
    'calm',
    'publishing-shed',
    'publishing-shed',
    'pages-shed',
  ]);
  expect([200, 199, 50, 49].map(at)).toEqual(['pages-shed', 'publishing-shed', 'publishing-shed', 'calm']);
});

test('a process that was late once, because it was stopped, sheds nothing; one that stays late does', () => {
  expect([once(0), once(5_000), once(0), once(5_000), once(400)]).toEqual([
    'calm',
    'calm',
    'calm',
    'calm',
    'pages-shed',
  ]);
});

test('a level is not left before the delay is half of what it was entered at', () => {
  expect([100, 60, 100, 60, 40, 60].map(at)).toEqual([
    'publishing-shed',
    'publishing-shed',
    'publishing-shed',
    'publishing-shed',
    'calm',
    'calm',
  ]);
});

test('while publishing is shed pages are made as before', () => {
  at(399);
  expect(load.shedsPublishing()).toBe(true);
  expect(fill()).toHaveLength(10);
});

test('while pages are shed a few are made', () => {
  at(400);
  const leaves = fill();
  expect(leaves).toHaveLength(4);
  leaves[0]?.();
  expect(fill()).toHaveLength(1);
});

test('many pages at once shed publishing, and too many shed pages, whatever the delay', () => {
  const leaves = fill(5);
  expect(load.level()).toBe('publishing-shed');
  leaves.push(...fill());
  expect([leaves.length, load.level()]).toEqual([10, 'pages-shed']);
  for (const leave of leaves) leave();
  expect(load.level()).toBe('calm');
});

test('pages are never shed before publishing, whatever the settings say', () => {
  const delays = { readMs: () => 300, stop() {} };
  const odd = watchLoad(delays, { publishingDelayMs: 500, pagesDelayMs: 100, pagesAtOnce: 10 });
  odd.start();
  jest.advanceTimersByTime(500);
  expect(odd.level()).toBe('calm');
  odd.stop();
});
