import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { compose, layoutFindings } from '@widget-mediator/composition';
import type { Logger } from 'pino';
import { createApp } from './app.ts';
import type { Config } from './config.ts';
import { createAllowList } from './delivery/allowList.ts';
import { createSources } from './delivery/sources.ts';
import { readFileOf } from './fileRefused.ts';
import { createAfterPage } from './homepage/afterPage.ts';
import { composeHomepage } from './homepage/composeHomepage.ts';
import { createCursors } from './homepage/cursor.ts';
import { createLayoutFollower } from './homepage/layoutFollower.ts';
import { type FindingsOf, readLayouts } from './homepage/layouts.ts';
import { rememberCompositions } from './homepage/rememberCompositions.ts';
import { createTokenSigner } from './homepage/tokens.ts';
import { watchRegistrations } from './homepage/watchRegistrations.ts';
import { adminRouter } from './http/admin/adminRouter.ts';
import { createServer } from './http/createServer.ts';
import { docsRouter } from './http/docsRouter.ts';
import { drain } from './http/drain.ts';
import { homepageRouter } from './http/homepageRouter.ts';
import { createKeyIssuing } from './http/keyIssuing.ts';
import { createKeyring } from './http/keyring.ts';
import { operationsRouter } from './http/operationsRouter.ts';
import { ownKeyRouter } from './http/ownKeyRouter.ts';
import { publicationRouter } from './http/publicationRouter.ts';
import { publicationStatusRouter } from './http/publicationStatusRouter.ts';
import { createPublishing } from './http/publishing.ts';
import { sayGoodbye } from './http/sayGoodbye.ts';
import { schemaRouter } from './http/schemaRouter.ts';
import { refuseWhileShed, shedPublishing } from './http/shedPublishing.ts';
import { sourcesRouter } from './http/sourcesRouter.ts';
import { widgetListRouter } from './http/widgetListRouter.ts';
import { widgetRouter } from './http/widgetRouter.ts';
import { createWithdrawals } from './http/withdrawals.ts';
import { createIntakeBudget } from './intake/intakeBudget.ts';
import { createJobQueue } from './jobs/jobQueue.ts';
import { createMaintenance } from './jobs/maintenance.ts';
import { createKeyRegister } from './keys/keyRegister.ts';
import { createKeyStore } from './keys/keyStore.ts';
import { KeysFile } from './keys/keysFile.ts';
import { createCompositionMetrics } from './observability/compositionMetrics.ts';
import { createJobMetrics } from './observability/jobMetrics.ts';
import { createLoadMetrics } from './observability/loadMetrics.ts';
import { createMetrics } from './observability/metrics.ts';
import { createPageMetrics } from './observability/pageMetrics.ts';
import { pageTraces } from './observability/recordPageTrace.ts';
import { measureEventLoopDelay } from './overload/eventLoopDelay.ts';
import { createLastPages } from './overload/lastPages.ts';
import { watchLoad } from './overload/loadWatch.ts';
import type { RankerReport } from './ranking/askRanker.ts';
import { rankerFindings } from './ranking/rankerFindings.ts';
import { createRankers } from './ranking/rankers.ts';
import { createRateBudgets } from './rate/rateBudgets.ts';
import { createRedisLeases } from './rate/redisLeases.ts';
import { createContentMemory } from './registry/contentMemory.ts';
import { createRegistry } from './registry/registry.ts';
import { createTakedowns } from './registry/takedowns.ts';
import { createUserContent } from './registry/userContent.ts';
import type { Service } from './runService.ts';
import { connectForChanges, connectForCommands } from './store/connectRedis.ts';
import { createEndings } from './store/endings.ts';
import { createRedisIdempotencyStore } from './store/idempotencyStore.ts';
import { keepRecords } from './store/keepRecords.ts';
import { createLayoutStore } from './store/layoutStore.ts';
import { noteEndings } from './store/noteEndings.ts';
import { createPutBack } from './store/putBack.ts';
import { createRecordStore } from './store/recordStore.ts';
import { type RecordFollower, watchRecords } from './store/recordWatch.ts';
import { createRedisKeys } from './store/redisKeys.ts';
import { createRedisPublicationStore } from './store/redisPublicationStore.ts';
import { createRedisRegistrationStore } from './store/redisRegistrationStore.ts';
import { createRedisStatisticsStore } from './store/statisticsStore.ts';
import { createSynchroniser } from './store/synchroniser.ts';
import { createTakedownStore } from './store/takedownStore.ts';
import { createUserErasures } from './store/userErasures.ts';
import { warnOfWeakStore } from './store/warnOfWeakStore.ts';

/** A mediator, wired and not yet listening. */
export type Mediator = Service;

/**
 * Who listens before memory is filled answers with pages of the editorial pool, while a proxy has better mediators to
 * ask; but with Redis away those pages are what there is to give.
 */
const patienceAtStartMs = 3_000;

/** Wires the whole service from its configuration. Throws when the keys or the layouts cannot be used. */
export function createMediator(config: Config, log: Logger): Mediator {
  const now = () => Date.now();
  const keys = createRedisKeys(config.REDIS_PREFIX);
  const redis = connectForCommands(config.REDIS_URL, config.STORE_TIMEOUT_MS, log);
  const subscriber = connectForChanges(config.REDIS_URL, log);
  const records = createRecordStore(redis, keys, () => synchroniser.compareNow());
  const registrations = createRedisRegistrationStore(records);
  const endings = createEndings(redis, keys, log);
  const publications = noteEndings(createRedisPublicationStore(redis, keys), endings);
  const statistics = createRedisStatisticsStore(redis, keys);

  const keyStore = createKeyStore(records);
  const keyRegister = createKeyRegister(readFileOf(config.KEYS_FILE, KeysFile));
  const keyring = createKeyring(keyRegister.find);
  const keyIssuing = createKeyIssuing({ store: keyStore, register: keyRegister });
  const takedownStore = createTakedownStore(records);
  const takedowns = createTakedowns();
  const registry = createRegistry(() => watch.changed());
  const contents = createContentMemory();
  const users = createUserContent(publications, registry);
  const allowsEndpoint = createAllowList(config.SOURCE_ALLOW_LIST);
  const metrics = createMetrics(() => ({
    sources: sources.statuses,
    registeredWidgets: registry.size,
    localRateBudgets: () => rates.local(),
    isSynchronised: () => isSynchronised(),
  }));
  const pageMetrics = createPageMetrics(metrics.registry);
  const load = watchLoad(measureEventLoopDelay(), {
    publishingDelayMs: config.SHED_PUBLISHING_DELAY_MS,
    pagesDelayMs: config.SHED_PAGES_DELAY_MS,
    pagesAtOnce: config.MAX_PAGES_AT_ONCE,
  });
  const onShed = createLoadMetrics(metrics.registry, load.level);
  const compositionMetrics = createCompositionMetrics(metrics.registry);
  const rates = createRateBudgets({ keys, lease: createRedisLeases(redis), now: monotonicMs });
  const onFault = (widget: string, error: unknown) =>
    log.error({ err: error, widget }, 'asking a source failed by a fault of our own');
  const sources = createSources({ now, metrics, rates, allowsEndpoint, onFault });
  const budget = createIntakeBudget({ rates, onBreach: metrics.intakeBreach, now: monotonicMs });
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
    now,
    putBack: createPutBack({ redis, keys, registrations, publications, log }),
    onUnregistered(widget) {
      sources.forget(widget);
      budget.forget(widget);
    },
  });

  const layoutFile = config.LAYOUT_FILE ?? defaultLayoutFile;
  const findingsOf: FindingsOf = (layout) => [
    ...layoutFindings(layout),
    ...rankerFindings(layout, allowsEndpoint),
  ];
  const layouts = readLayouts(layoutFile, findingsOf);
  const watch = watchRegistrations({ layouts, registrations: registry.all, log });
  const layoutStore = createLayoutStore(records);
  const layoutFollower = createLayoutFollower({
    store: layoutStore,
    layouts,
    findingsOf,
    onChange() {
      registry.forgetLayouts();
      watch.changed();
    },
    log,
  });
  const compositions = rememberCompositions(compose);
  const erasures = createUserErasures({
    records,
    publications,
    secret: config.TOKEN_SECRET,
    forget(user) {
      if (user === undefined) users.forgetAll();
      else users.forget(user);
      sources.forgetUser(user);
      compositions.forgetAll();
    },
  });
  const keyFollower: RecordFollower = {
    kind: 'key',
    load: async () => keyRegister.replace(await keyStore.readAll()),
  };
  const takedownFollower: RecordFollower = {
    kind: 'takedown',
    load: async () => takedowns.replace(await takedownStore.readAll()),
  };
  const recordWatch = watchRecords({
    subscriber,
    records,
    // What operators set is not lost with the store.
    followers: [
      keepRecords(records, keyFollower),
      keepRecords(records, takedownFollower),
      keepRecords(records, layoutFollower),
      erasures.follower,
    ],
    log,
  });
  const isSynchronised = () => synchroniser.isSynchronised() && recordWatch.isLoaded();

  const jobs = createJobQueue(config, keys, log);
  const stores = {
    redis,
    keys,
    records,
    registrations,
    publications,
    endings,
    statistics,
    takedowns: takedownStore,
  };
  const maintenance =
    config.JOBS === 'here'
      ? createMaintenance({ config, ...stores, jobs, ...createJobMetrics(metrics.registry), log })
      : undefined;

  const rankers = createRankers(allowsEndpoint);
  const signPage = createTokenSigner(config.TOKEN_SECRET);
  const page = {
    registry,
    takedowns,
    contents,
    users,
    sources,
    now,
    onFault,
    rankers,
    onRanked,
    onRankerFault: (error: unknown) =>
      log.error({ err: error }, 'asking the ranker failed by a fault of our own'),
    startTrace: pageTraces(),
    signPage,
    cursors: createCursors(config.TOKEN_SECRET),
    compose: compositions.compose,
    layouts,
    statistics: statistics.current,
  };
  const publishing = createPublishing({
    registry,
    registrations,
    publications,
    idempotency: createRedisIdempotencyStore(redis, keys),
    budget,
    onOutcome: metrics.publication,
    now,
  });
  const standing = { publications, contents, users, takedowns, now };
  const withdrawals = createWithdrawals(standing);
  const lastPages = createLastPages({
    basisOf: ({ device }) => ({
      layout: layouts.of(device).layout,
      takenDown: takedowns.inForce(now()),
    }),
    now,
  });
  const afterPage = createAfterPage({
    metrics,
    pageMetrics,
    compositionMetrics,
    statistics,
    maySample: () => synchroniser.isSynchronised() && redis.status === 'ready',
    monotonicMs,
    log,
  });
  const refuseShed = refuseWhileShed({ load, onShed: () => onShed('publication') });
  let stopping = false;

  const app = createApp(
    [
      homepageRouter({
        keyring,
        compose: (call) => composeHomepage(page, call),
        afterPage,
        load,
        lastPages,
        onShed,
        metrics: pageMetrics,
        log,
      }),
      publicationRouter({
        refuseWhileShed: refuseShed,
        keyring,
        budget,
        publishing,
        withdrawals,
        onFault: (error) => log.error({ err: error }, 'a line was not published by a fault of our own'),
      }),
      publicationStatusRouter({
        ...standing,
        shed: shedPublishing(refuseShed),
        keyring,
        budget,
        registry,
        registrations,
        publishing,
        withdrawals,
      }),
      widgetRouter({
        keyring,
        registrations,
        publications,
        budget,
        widgetsPerTeam: config.WIDGETS_PER_TEAM,
        allowsEndpoint,
        isEditorial: layouts.isEditorial,
        now,
      }),
      widgetListRouter({ keyring, budget, records, registrations: registry.all }),
      ownKeyRouter({ keyring, budget, keyRegister, keyIssuing, now }),
      adminRouter({
        keyring,
        keyRegister,
        keyIssuing,
        budget,
        records,
        findingsOf,
        registrations: registry.all,
        takedowns: takedownStore,
        layouts,
        layoutStore,
        erasures,
        jobs,
        redis,
        now,
        log,
      }),
      sourcesRouter({ keyring, statuses: sources.statuses }),
      operationsRouter({
        metrics: metrics.registry,
        isReady: () => isSynchronised() && !stopping,
      }),
      schemaRouter(),
      docsRouter(),
    ],
    log,
  );
  const server = createServer(app);
  const goodbye = sayGoodbye(server);

  return {
    server,
    async start() {
      load.start();
      maintenance?.start();
      redis.on('ready', () => void warnOfWeakStore(redis, log));
      const synchronised = Promise.all([synchroniser.start().then(watch.start), recordWatch.start()]);
      await Promise.race([synchronised, delay(patienceAtStartMs, undefined, { ref: false })]);
    },
    async stop() {
      stopping = true;
      goodbye();
      await drain(server, config.DRAIN_MS);
      const storeIsThere = redis.status === 'ready';
      await Promise.all([synchroniser.stop(), recordWatch.stop()]);
      if (storeIsThere) await endings.close();
      watch.stop();
      load.stop();
      await Promise.all([
        maintenance?.stop(storeIsThere),
        jobs.close(storeIsThere),
        sources.close(),
        rankers.close(),
      ]);
      redis.disconnect();
      subscriber.disconnect();
    },
  };

  function onRanked({ outcome, durationMs: ms }: RankerReport): void {
    metrics.ranker(outcome);
    if (outcome !== 'answered') log.debug({ outcome, ms }, 'the ranker did not rank');
  }
}

const monotonicMs = (): number => performance.now();

const defaultLayoutFile = join(import.meta.dirname, '..', 'layouts', 'homepage.json');
