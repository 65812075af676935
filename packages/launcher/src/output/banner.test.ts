import type { RunningRedis } from '../redis/startRedis.ts';
import { banner } from './banner.ts';
import { createPaint } from './createPaint.ts';

function bannerWith(redis: Partial<RunningRedis>): string {
  const demo = {
    urls: {
      storefront: 'http://127.0.0.1:3000',
      mediator: 'http://127.0.0.1:4000',
      redis: '',
      recommenders: new Map(),
    },
    keys: { teams: new Map(), storefront: 'wm_storefront_x', operator: 'wm_operator_y' },
    redis: {
      url: 'redis://127.0.0.1:1',
      kind: 'redis-server',
      version: '7',
      pid: 1,
      port: 1,
      exited: new Promise<never>(() => {}),
      stop: async () => {},
      ...redis,
    } satisfies RunningRedis,
  };
  return banner(demo, { paint: createPaint(false), redisFolder: '.data/redis' });
}

describe('banner', () => {
  it('says whether state survives', () => {
    expect(bannerWith({})).toContain('.data/redis; registrations and publications survive a restart');
    expect(bannerWith({ kind: 'javascript' })).toContain('for trying out, memory only. Nothing survives');
  });

  it('shows no password of an external Redis, and not the operator key', () => {
    const text = bannerWith({ kind: 'external', url: 'redis://user:secret@example.org:6379/2' });
    expect(text).toContain('redis://user:***@example.org:6379/2');
    expect(text).not.toContain('secret');
  });
});
