import { join } from 'node:path';
import { createKeys, type DemoKeys, GUEST_TEAM } from '../keys/createKeys.ts';
import { keptSecret } from '../keys/keptSecret.ts';
import { writeKeysFile } from '../keys/writeKeysFile.ts';
import { childEnvironment } from '../process/childEnvironment.ts';
import { createStarter } from './createStarter.ts';
import { createCrew } from './crew.ts';
import type { Demo, DemoOptions } from './demo.ts';
import { type DemoPorts, demoPorts } from './demoPorts.ts';
import { type DemoFacts, demoProcesses, urlOf } from './demoProcesses.ts';
import { findRecommenders } from './findRecommenders.ts';
import { refuseTakenPorts } from './refuseTakenPorts.ts';
import { teamOf } from './teamOf.ts';
import { waitForFreshPage } from './waitForFreshPage.ts';

const FIRST_CONTENT_MS = 15_000;

/**
 * Starts Redis, the mediator, the recommenders and the storefront as processes of their own and resolves when all are
 * healthy. Rejects with a StartFailure, and leaves nothing running, when one does not start.
 */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const { root, print = () => {}, signal = new AbortController().signal } = options;
  const crew = createCrew();
  let fail = (_sentence: string): void => {};
  const failed = new Promise<string>((resolve) => {
    fail = resolve;
  });
  try {
    const recommenders = await findRecommenders(root);
    await refuseTakenPorts(options.ports, recommenders);
    const ports = await demoPorts(options.ports, recommenders);
    const starter = createStarter(options, { crew, print, signal, recommenders, fail });

    const redis = await starter.redis();
    const { keys, facts } = await prepare(options, { recommenders, ports, redisUrl: redis.url });
    const plan = (options.processes ?? demoProcesses)(facts);
    await starter.mediator(plan.mediator);
    await starter.edge([...plan.recommenders, plan.storefront]);
    const timeoutMs = options.firstContentMs ?? FIRST_CONTENT_MS;
    if (!(await waitForFreshPage(urlOf(ports.mediator), { timeoutMs, signal }))) print(noContent(timeoutMs));
    return {
      urls: urlsOf(ports, redis.url),
      keys,
      redis,
      processes: crew.processes,
      failed,
      stop: crew.stop,
    };
  } catch (error) {
    await crew.stop();
    throw error;
  }
}

async function prepare(
  { root, dataDir, logLevel = 'info', environment = process.env }: DemoOptions,
  known: { recommenders: readonly string[]; ports: DemoPorts; redisUrl: string },
): Promise<{ keys: DemoKeys; facts: DemoFacts }> {
  const { ports, redisUrl } = known;
  const { keys, file } = createKeys([...known.recommenders.map(teamOf), GUEST_TEAM]);
  const keysFile = join(dataDir, 'keys.json');
  await writeKeysFile(keysFile, file);
  const tokenSecret = await keptSecret(join(dataDir, 'token-secret'));
  const ofChildren = childEnvironment(environment);
  return {
    keys,
    facts: { root, ports, keys, keysFile, tokenSecret, redisUrl, logLevel, environment: ofChildren },
  };
}

function noContent(waitedMs: number): string {
  return `  The homepage shows no content of a recommender yet, after ${waitedMs / 1000} s; their lines above may say why.`;
}

function urlsOf(ports: DemoPorts, redis: string): Demo['urls'] {
  return {
    storefront: urlOf(ports.storefront),
    mediator: urlOf(ports.mediator),
    redis,
    recommenders: new Map([...ports.recommenders].map(([name, port]) => [name, urlOf(port)])),
  };
}
