import { faultOf } from './faultOf.ts';
import { numbered } from './numbered.ts';
import { createSchedule, dueAtMs } from './schedule.ts';

describe('a schedule', () => {
  it('spreads the requests evenly over the whole time, and none after it', () => {
    const schedule = createSchedule(1_000, 200, 0.5);
    expect(schedule.total).toBe(100);
    expect([0, 1, 99].map((index) => dueAtMs(schedule, index))).toEqual([1_000, 1_005, 1_495]);
  });

  it('does not drift at rates whose period is no whole number', () => {
    const schedule = createSchedule(0, 600, 10);
    expect(dueAtMs(schedule, 5_999)).toBeCloseTo(10_000 - 1_000 / 600, 6);
  });

  it('has at least one request', () => {
    expect(createSchedule(0, 1, 0.1).total).toBe(1);
  });
});

describe('faultOf', () => {
  const marks = [{ text: '"items":[{', times: 2 }];
  const page = (lists: number) => Buffer.from(`{"lists":[${'{"items":[{}]}'.repeat(lists)}]}`);

  it('finds nothing wrong with a page that has all its marks', () => {
    expect(faultOf(200, page(2), marks)).toBeUndefined();
  });

  it('names a page that has too few or too many', () => {
    expect(faultOf(200, page(1), marks)).toContain('1 instead of 2');
    expect(faultOf(200, page(3), marks)).toContain('3 instead of 2');
    expect(faultOf(200, Buffer.alloc(0), marks)).toContain('0 instead of 2');
  });

  it('names a status other than 200, with the beginning of what came', () => {
    expect(faultOf(503, Buffer.from('{"title":"Not now"}'), marks)).toBe(
      'answered with 503: {"title":"Not now"}',
    );
  });
});

describe('numbered', () => {
  it.each([
    ['/page?user=viewer-{n}', '/page?user=viewer-1000000042'],
    ['/page?user=user-{nnnnn}', '/page?user=user-00042'],
    ['/page', '/page'],
  ])('%s is %s', (path, expected) => {
    expect(numbered(path, 1_000_000_042)).toBe(expected);
  });
});
