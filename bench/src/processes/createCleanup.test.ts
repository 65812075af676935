import { createCleanup } from './createCleanup.ts';

describe('createCleanup', () => {
  it('stops the last first, all of them, though one cannot be stopped', async () => {
    const stopped: string[] = [];
    const cleanup = createCleanup();
    cleanup.add(async () => stopped.push('first'));
    cleanup.add(async () => {
      throw new Error('no');
    });
    cleanup.add(async () => stopped.push('last'));
    await cleanup.run();
    await cleanup.run();
    expect(stopped).toEqual(['last', 'first']);
  });

  it('stops what was started too late', async () => {
    const stopped: string[] = [];
    const cleanup = createCleanup();
    await cleanup.run();
    cleanup.add(async () => stopped.push('late'));
    await cleanup.run();
    expect(stopped).toEqual(['late']);
  });
});
