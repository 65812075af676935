import { createKeys } from '../keys/createKeys.ts';
import { demoProcesses } from './demoProcesses.ts';
import { teamOf } from './teamOf.ts';

const recommenders = ['because-you-watched', 'popular'];
const { keys } = createKeys(recommenders.map(teamOf));
const plan = demoProcesses({
  root: '/repo',
  ports: {
    storefront: 3000,
    mediator: 4000,
    recommenders: new Map([
      ['because-you-watched', 4101],
      ['popular', 4102],
    ]),
  },
  keys,
  keysFile: '/data/keys.json',
  tokenSecret: 'f'.repeat(64),
  redisUrl: 'redis://127.0.0.1:6399',
  logLevel: 'warn',
  environment: { PATH: '/bin' },
});

describe('demoProcesses', () => {
  it('lets the mediator call sources on loopback only', () => {
    expect(plan.mediator).toMatchObject({
      run: { entry: '/repo/services/mediator/dist/main.js' },
      env: { PORT: '4000', SOURCE_ALLOW_LIST: '127.0.0.1', REDIS_URL: 'redis://127.0.0.1:6399' },
      healthUrl: 'http://127.0.0.1:4000/readyz',
    });
  });

  it("gives each recommender its own team's key and no other", () => {
    const [similar, popular] = plan.recommenders;
    expect(similar?.env['API_KEY']).toBe(keys.teams.get('similarity'));
    expect(popular?.env['API_KEY']).toBe(keys.teams.get('popular'));
    expect(popular?.env).toEqual({
      PATH: '/bin',
      HOST: '127.0.0.1',
      LOG_LEVEL: 'warn',
      PORT: '4102',
      PUBLIC_URL: 'http://127.0.0.1:4102',
      MEDIATOR_URL: 'http://127.0.0.1:4000',
      API_KEY: keys.teams.get('popular'),
    });
  });

  it('keeps every key out of the command lines', () => {
    const runs = [plan.mediator, ...plan.recommenders, plan.storefront].map(({ run }) => run);
    expect(JSON.stringify(runs)).not.toContain('wm_');
  });
});
