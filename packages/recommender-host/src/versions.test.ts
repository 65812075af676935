import { createVersions } from './versions.ts';

describe('createVersions', () => {
  it('follows the clock, and grows where that stands still or goes back', () => {
    const times = [100, 100, 50, 200];
    const versions = createVersions(() => times.shift() ?? 0);
    expect([versions.next(), versions.next(), versions.next(), versions.next()]).toEqual([
      100, 101, 102, 200,
    ]);
  });

  it('goes above what the mediator already has', () => {
    const versions = createVersions(() => 100);
    expect([versions.next(500), versions.next()]).toEqual([501, 502]);
  });
});
