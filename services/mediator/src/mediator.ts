import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { compose } from '@widget-mediator/composition';
import type { Logger } from 'pino';
import { createApp } from './app.ts';
import type { Config } from './config.ts';
import { createAllowList } from './delivery/allowList.ts';
import { createSources } from './delivery/sources.ts';
import { createTokenBucket } from './delivery/tokenBucket.ts';
import { readFileOf } from './fileRefused.ts';
import { composeHomepage, type Homepage } from './homepage/composeHomepage.ts';
import { readLayout } from './homepage/layoutInUse.ts';
import { rememberCompositions } from './homepage/rememberCompositions.ts';
import { createTokenSigner } from './homepage/tokens.ts';
import { createServer } from './http/createServer.ts';
import { docsRouter } from './http/docsRouter.ts';
import { drain } from './http/drain.ts';
import { homepageRouter } from './http/homepageRouter.ts';
import { createKeyring, KeysFile } from './http/keyring.ts';
import { operationsRouter } from './http/operationsRouter.ts';
import { publicationRouter } from './http/publicationRouter.ts';
import { sayGoodbye } from './http/sayGoodbye.ts';
import { widgetRouter } from './http/widgetRouter.ts';
import { lifetimeOf } from './intake/content.ts';
import { createIntakeBudget } from './intake/intakeBudget.ts';
import { createJobQueue } from './jobs/jobQueue.ts';
import { createMaintenance } from './jobs/maintenance.ts';
import { createJobMetrics } from './observability/jobMetrics.ts';
import { createMetrics } from './observability/metrics.ts';
import { createContentMemory } from './registry/contentMemory.ts';
import { createRegistry } from './registry/registry.ts';
import { createUserContent } from './registry/userContent.ts';
import type { Service } from './runService.ts';
import { connectForChanges, connectForCommands } from './store/connectRedis.ts';
import { stampOf } from './store/publicationStore.ts';
import { createRedisKeys } from './store/redisKeys.ts';
import { createRedisPublicationStore } from './store/redisPublicationStore.ts';
import { createRedisRegistrationStore } from './store/redisRegistrationStore.ts';
import { createRedisStatisticsStore } from './store/statisticsStore.ts';
import { createSynchroniser } from './store/synchroniser.ts';
import { warnOfWeakStore } from './store/warnOfWeakStore.ts';
import { widgetKey } from './store/widgetKey.ts';

/** A mediator, wired and not yet listening. */
export type Mediator = Service;

/** Pages sampled for statistics, a second: enough to learn from, and a bound on what it costs. */
const sampledPagesPerSecond = 20;

/**
 * Who listens before memory is filled answers with pages of the editorial pool, while a proxy has better mediators to
 * ask; but with Redis away those pages are what there is to give.
 */
const patienceAtStartMs = 3_000;

/** Wires the whole service from its configuration. Throws when the keys or the layout cannot be used. */
export function createMediator(config: Config, log: Logger): Mediator {
  const now = () => Date.now();
  const keys = createRedisKeys(config.REDIS_PREFIX);
  const redis = connectForCommands(config.REDIS_URL, config.STORE_TIMEOUT_MS, log);
  const subscriber = connectForChanges(config.REDIS_URL, log);
  const registrations = createRedisRegistrationStore(redis, keys);
  const publications = createRedisPublicationStore(redis, keys);
  const statistics = createRedisStatisticsStore(redis, keys);

  const registry = createRegistry();
  const contents = createContentMemory();
  const users = createUserContent(publications, registry);
  const allowsEndpoint = createAllowList(config.SOURCE_ALLOW_LIST);
  const metrics = createMetrics(() => ({
    breakerStates: sources.breakerStates,
    registeredWidgets: registry.size,
    isSynchronised: () => synchroniser.isSynchronised(),
  }));
  const sources = createSources({ now, metrics, allowsEndpoint });
  const synchroniser = createSynchroniser({
    subscriber,
    keys,
    registrations,
    publications,
    statistics,
    registry,
    contents,
    users,
    log,
    everyMs: config.RESYNC_EVERY_MS,
    onUnregistered: sources.forget,
  });

  const jobs = createJobQueue(config.REDIS_URL, keys, log);
  const stores = { redis, keys, registrations, publications, statistics };
  const maintenance =
    config.JOBS === 'here'
      ? createMaintenance({ config, ...stores, jobs, onJob: createJobMetrics(metrics.registry), log })
      : undefined;

  const layout = readLayout(config.LAYOUT_FILE ?? defaultLayoutFile);
  const keyring = createKeyring(readFileOf(config.KEYS_FILE, KeysFile));
  const signPage = createTokenSigner(config.TOKEN_SECRET);
  const page = {
    registry,
    contents,
    users,
    sources,
    now,
    onFault: (widget: string, error: unknown) =>
      log.error({ err: error, widget }, 'asking a source failed by a fault of our own'),
    signPage,
    compose: rememberCompositions(compose),
    layout: () => layout,
    statistics: statistics.current,
  };
  const sample = createTokenBucket(sampledPagesPerSecond, sampledPagesPerSecond, () => performance.now());
  const budget = createIntakeBudget(() => performance.now());
  let stopping = false;

  const app = createApp(
    [
      homepageRouter({ keyring, compose: (request) => composeHomepage(page, request), afterPage }),
      publicationRouter({
        keyring,
        registry,
        registrations,
        publications,
        budget,
        onOutcome: metrics.publication,
        afterAdmission: (registration, stored) => {
          const { audience } = stored.publication;
          const { staleUntilMs } = lifetimeOf(registration.manifest, stored.publication, stored.admittedAtMs);
          // Content for one user is forgotten by Redis itself.
          if (audience.type === 'user') return;
          const data = { key: widgetKey(registration), audience, stamp: stampOf(stored) };
          jobs.add({ name: 'expire', data }, Math.max(0, staleUntilMs - now()));
        },
        now,
      }),
      widgetRouter({
        keyring,
        registrations,
        publications,
        budget,
        allowsEndpoint,
        isEditorial: (widget) => layout.editorialContent.has(widget),
        now,
      }),
      operationsRouter({
        metrics: metrics.registry,
        isReady: () => synchroniser.isSynchronised() && !stopping,
      }),
      docsRouter(),
    ],
    log,
  );
  const server = createServer(app);
  const goodbye = sayGoodbye(server);

  return {
    server,
    async start() {
      maintenance?.start();
      redis.on('ready', () => void warnOfWeakStore(redis, log));
      await Promise.race([synchroniser.start(), delay(patienceAtStartMs, undefined, { ref: false })]);
    },
    async stop() {
      stopping = true;
      goodbye();
      await drain(server, config.DRAIN_MS);
      const storeIsThere = redis.status === 'ready';
      await synchroniser.stop();
      await Promise.all([maintenance?.stop(storeIsThere), jobs.close(storeIsThere), sources.close()]);
      redis.disconnect();
      subscriber.disconnect();
    },
  };

  function afterPage(made: Homepage): void {
    const { pageId, totalMs, placements, degraded, conservation } = made;
    metrics.page(totalMs / 1000, degraded.length, conservation.dropped);
    const ms = Math.round(totalMs * 100) / 100;
    log.info({ pageId, ms, placements, degraded: degraded.length, ...conservation }, 'page');
    if (sample.take().taken && synchroniser.isSynchronised() && redis.status === 'ready') {
      statistics.logPage(made.logged()).catch(() => log.debug('page was not sampled'));
    }
  }
}

const defaultLayoutFile = join(import.meta.dirname, '..', 'layouts', 'homepage.json');
