import type { Logger } from 'pino';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { createApp } from './app.ts';
import type { WorkerConfig } from './config.ts';
import { createServer } from './http/createServer.ts';
import { drain } from './http/drain.ts';
import { operationsRouter } from './http/operationsRouter.ts';
import { createJobQueue } from './jobs/jobQueue.ts';
import { createMaintenance } from './jobs/maintenance.ts';
import { createJobMetrics } from './observability/jobMetrics.ts';
import type { Service } from './runService.ts';
import { connectForCommands } from './store/connectRedis.ts';
import { createEndings } from './store/endings.ts';
import { createRecordStore } from './store/recordStore.ts';
import { createRedisKeys } from './store/redisKeys.ts';
import { createRedisPublicationStore } from './store/redisPublicationStore.ts';
import { createRedisRegistrationStore } from './store/redisRegistrationStore.ts';
import { createRedisStatisticsStore } from './store/statisticsStore.ts';
import { createTakedownStore } from './store/takedownStore.ts';

/** A worker: does the jobs and nothing else. It answers probes and metrics, and serves no page. */
export function createWorker(config: WorkerConfig, log: Logger): Service {
  const keys = createRedisKeys(config.REDIS_PREFIX);
  const redis = connectForCommands(config.REDIS_URL, config.STORE_TIMEOUT_MS, log);
  const records = createRecordStore(redis, keys);
  const metrics = new Registry();
  collectDefaultMetrics({ register: metrics });
  const jobs = createJobQueue(config, keys, log);
  const maintenance = createMaintenance({
    config,
    redis,
    keys,
    records,
    registrations: createRedisRegistrationStore(records),
    publications: createRedisPublicationStore(redis, keys),
    endings: createEndings(redis, keys, log),
    statistics: createRedisStatisticsStore(redis, keys),
    takedowns: createTakedownStore(records),
    jobs,
    ...createJobMetrics(metrics),
    log,
  });
  let stopping = false;
  const isReady = () => redis.status === 'ready' && !stopping;
  const server = createServer(createApp([operationsRouter({ metrics, isReady })], log));

  return {
    server,
    start: async () => maintenance.start(),
    async stop() {
      stopping = true;
      await drain(server, config.DRAIN_MS);
      const storeIsThere = redis.status === 'ready';
      await Promise.all([maintenance.stop(storeIsThere), jobs.close(storeIsThere)]);
      redis.disconnect();
    },
  };
}
