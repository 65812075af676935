import { setTimeout as sleep } from 'node:timers/promises';
import { AcceptedManifest, type WidgetManifest } from '@widget-mediator/contracts';
import { createPublisher, serveWidget, type WidgetFunction } from '@widget-mediator/publisher';
import { type Logger, pino } from 'pino';
import { type Config, ConfigError, readConfig } from './config.ts';
import { createSynchroniser, type Synchronise } from './createSynchroniser.ts';
import type { Recommender } from './recommender.ts';
import { stopSignal } from './stopSignal.ts';
import { createVersions, type Versions } from './versions.ts';

export type RunOptions = {
  /** The service's name in its log. */
  readonly name: string;
  /** `process.env`, which only main.ts reads. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly create: () => Recommender;
};

/** How soon a mediator that is away is tried again, and how long one attempt may last. */
const RETRY_MS = 2_000;
const GIVE_UP_AFTER_MS = 10_000;

/**
 * A recommender's whole life: config, algorithm, server, registration and publications, until a signal or the parent's
 * end. Resolves when it has stopped; the exit code is 0, or 1 after a wrong config or a fault of our own, which is logged.
 * A mediator that is away is neither: it is tried again until it is back.
 */
export async function runRecommender({ name, env, create }: RunOptions): Promise<void> {
  const config = configOrExit(env);
  if (!config) return;
  const log = pino({ name, level: config.logLevel, base: { name } });
  try {
    await run(config, create, log);
    log.info('stopped');
  } catch (error) {
    log.fatal({ err: error }, 'the recommender failed');
    process.exitCode = 1;
  }
}

function configOrExit(env: RunOptions['env']): Config | undefined {
  try {
    return readConfig(env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
    return undefined;
  }
}

async function run(config: Config, create: () => Recommender, log: Logger): Promise<void> {
  const signal = stopSignal(process);
  const recommender = create();
  const versions = createVersions(Date.now);
  const widget = widgetFunction(recommender, versions);
  const { port, host } = config;
  // Listens first: from its registration on, a pulled widget is asked.
  const server = await serveWidget({ port, host, log, ...(widget && { widget }) });
  log.info({ url: server.url }, 'listening');
  try {
    const endpoint = `${config.publicUrl ?? server.url}/widget`;
    const manifests = recommender.manifests(endpoint).map((manifest) => AcceptedManifest.parse(manifest));
    const { mediatorUrl, apiKey } = config;
    const publisher = createPublisher({ mediatorUrl, apiKey, giveUpAfterMs: GIVE_UP_AFTER_MS });
    const submissions = recommender.submissions ?? (() => []);
    const now = () => performance.now();
    const synchronise = createSynchroniser({ publisher, manifests, submissions, versions, now, log });
    const heartbeatMs = Math.min(config.heartbeatMs, shortestTtlMs(manifests) / 4);
    await keepSynchronised(synchronise, heartbeatMs, signal);
  } finally {
    await server.close();
  }
}

function widgetFunction({ answer }: Recommender, versions: Versions): WidgetFunction | undefined {
  if (!answer) return undefined;
  // One for all: with one of its own, no answer would have the ETag of the same answer before it.
  const version = versions.next();
  return (request) => {
    const content = answer(request);
    return content && { ...content, version };
  };
}

/** Of the pushed widgets; a heartbeat at a quarter of it is never too late to republish at half. */
function shortestTtlMs(manifests: readonly WidgetManifest[]): number {
  const deliveries = manifests.map(({ spec }) => spec.delivery);
  return Math.min(
    ...deliveries.map(({ mode, ttlMs }) => (mode === 'push' ? ttlMs : Number.POSITIVE_INFINITY)),
  );
}

async function keepSynchronised(
  synchronise: Synchronise,
  heartbeatMs: number,
  signal: AbortSignal,
): Promise<void> {
  try {
    while (!signal.aborted) {
      const inStep = await synchronise(signal);
      await sleep(inStep ? heartbeatMs : Math.min(RETRY_MS, heartbeatMs), undefined, { signal });
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
