import { readOptions, subjects } from './options.ts';

const read = (...args: string[]) => readOptions(args, 'profiles-here');

describe('readOptions', () => {
  it('measures seven rounds of everything unless told otherwise', () => {
    const { plan, quick, only, profileFolder } = read();
    expect(plan).toMatchObject({ rounds: 7, pagesPerSecond: { pushed: 500, personal: 500, pulled: 60 } });
    expect({ quick, only, profileFolder }).toEqual({
      quick: false,
      only: subjects,
      profileFolder: undefined,
    });
  });

  it('is quick where nothing else was said', () => {
    const { plan, quick } = read('--quick', '--rounds', '1', '--pulled-rate', '5');
    expect(quick).toBe(true);
    expect(plan).toMatchObject({
      rounds: 1,
      seconds: 0.5,
      pagesPerSecond: { pushed: 100, personal: 100, pulled: 5 },
    });
  });

  it('measures only what was asked for', () => {
    expect(read('--only', 'faults', 'hung', '--hung-seconds', '9')).toMatchObject({
      only: ['faults', 'hung'],
      plan: { hung: { seconds: 9 } },
    });
  });

  it('takes a folder for profiles, or the usual one', () => {
    expect(read('--profile').profileFolder).toBe('profiles-here');
    expect(read('--profile', 'there').profileFolder).toBe('there');
  });
});
