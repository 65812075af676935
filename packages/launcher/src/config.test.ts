import { readConfig } from './config.ts';

describe('readConfig', () => {
  it('has a default for everything', () => {
    expect(readConfig({}, '/repo')).toEqual({
      ok: true,
      config: {
        ports: { storefront: 3000, mediator: 4000, recommenders: 4101 },
        dataDir: '/repo/.data',
        redisUrl: undefined,
        logLevel: 'info',
      },
    });
  });

  it('takes an empty variable for an absent one, and absolute folders as they are', () => {
    const settings = readConfig({ MEDIATOR_PORT: '', REDIS_URL: '', DATA_DIR: '/else' }, '/repo');
    expect(settings).toMatchObject({ ok: true, config: { dataDir: '/else', ports: { mediator: 4000 } } });
  });

  it('names every fault at once', () => {
    const settings = readConfig({ MEDIATOR_PORT: '0', REDIS_URL: 'http://x', LOG_LEVEL: 'loud' }, '/repo');
    expect(settings.ok ? [] : settings.faults.map((fault) => fault.split(':')[0])).toEqual([
      'MEDIATOR_PORT',
      'REDIS_URL',
      'LOG_LEVEL',
    ]);
  });
});
