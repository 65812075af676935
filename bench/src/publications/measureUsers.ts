import { Redis } from 'ioredis';
import { z } from 'zod';
import type { Instruments } from '../measure/measureTurn.ts';
import type { PublicationsPlan } from '../options.ts';
import type { Stage } from '../processes/stage.ts';
import type { RunningMediator } from '../processes/startMediator.ts';
import { usualConnections } from '../scenarios/setUpScenario.ts';
import { titleForUser } from './publishing.ts';
import type { Publications } from './startPublications.ts';

/** What lists for single users take, and pages that show them. */
export interface UsersFound {
  readonly users: number;
  readonly redisBytesPerUser: number;
  /** How many of the pages, each of another user, showed what is the user's own: the others went on without Redis. */
  readonly shown: number;
  /** Of heap and buffers, that a mediator held after those pages and not before. */
  readonly heldBytes: number;
  /** At the client, from when each page was due. */
  readonly latenciesUs: readonly number[];
}

const linesAtOnce = 10;

/** Publishes a list for each of many users, and has another mediator make pages of users that it has not seen before. */
export async function measureUsers(
  stage: Stage,
  { generator }: Pick<Instruments, 'generator'>,
  { started, second, plan: { users: plan, connections } }: UsersParts,
): Promise<UsersFound> {
  const { digits, pagesPerSecond, seconds } = plan;
  const users = 10 ** digits;
  const redis = new Redis(stage.redisUrl);
  const usedBefore = await usedBytes(redis);
  await started.publish({
    targets: Array.from({ length: users }, (_, n) => ({
      ...started.followed,
      user: `user-${String(n).padStart(digits, '0')}`,
    })),
    connections,
    lines: linesAtOnce,
    publications: users,
  });
  const redisBytesPerUser = ((await usedBytes(redis)) - usedBefore) / users;
  redis.disconnect();

  const held = async () => z.number().parse(await second.child.ask('held'));
  const pages = {
    server: 'users',
    port: second.port,
    path: `/v1/homepage?user=user-{${'n'.repeat(digits)}}`,
    headers: { authorization: `Bearer ${second.readKey}` },
    marks: [...started.page.request.marks],
    lookFor: titleForUser,
    connections: usualConnections,
    requestsPerSecond: pagesPerSecond,
    seconds,
  };
  // Until pages are made as fast as they will be, of viewers who have nothing of their own. And again, because a collection
  // that is forced takes machine code with it.
  const warmUp = { ...pages, path: started.page.request.path, seconds: plan.warmUpSeconds };
  await generator.run([warmUp], async () => {});
  const heldBefore = await held();
  await generator.run([warmUp], async () => {});
  const [outcome] = await generator.run([pages], async () => {});
  if (outcome === undefined) throw new Error('a load has no outcome');
  const { latenciesUs, found: shown } = outcome;
  const heldBytes = (await held()) - heldBefore;
  return { users, redisBytesPerUser, shown, heldBytes, latenciesUs };
}

export interface UsersParts {
  readonly started: Publications;
  readonly second: RunningMediator;
  readonly plan: PublicationsPlan;
}

const usedBytes = async (redis: Redis): Promise<number> =>
  Number(/^used_memory:(\d+)/m.exec(await redis.info('memory'))?.[1]);
