import type { Logger } from 'pino';
import { createTokenBucket } from '../delivery/tokenBucket.ts';
import type { CompositionMetrics } from '../observability/compositionMetrics.ts';
import type { Metrics } from '../observability/metrics.ts';
import type { PageForm, PageMetrics } from '../observability/pageMetrics.ts';
import type { StatisticsStore } from '../store/statisticsStore.ts';
import type { Homepage } from './composeHomepage.ts';

export interface AfterPageParts {
  readonly metrics: Metrics;
  readonly pageMetrics: PageMetrics;
  readonly compositionMetrics: CompositionMetrics;
  readonly statistics: Pick<StatisticsStore, 'logPage'>;
  /** Whether the store is there and memory equal to it: else pages say nothing of what is published. */
  readonly maySample: () => boolean;
  /** Milliseconds, monotonic. */
  readonly monotonicMs: () => number;
  readonly log: Logger;
}

/** Pages certified, a second: each takes some milliseconds, after it was sent. */
const certifiedPagesPerSecond = 1 / 30;

/** Pages sampled for statistics, a second: enough to learn from, and a bound on what it costs. */
const sampledPagesPerSecond = 20;

/** What a page leaves behind once it was sent: metrics, one line of log, now and then a sample and a certificate. */
export function createAfterPage(parts: AfterPageParts): (made: Homepage, form: PageForm) => void {
  const { metrics, pageMetrics, compositionMetrics, statistics, log } = parts;
  const sample = createTokenBucket(sampledPagesPerSecond, sampledPagesPerSecond, parts.monotonicMs);
  const certify = createTokenBucket(certifiedPagesPerSecond, 1, parts.monotonicMs);

  return (made, form) => {
    const { pageId, traceId, timingsMs, placements, provenances, degraded, composition } = made;
    const { conservation } = composition;
    metrics.page(timingsMs.total / 1000, degraded.length, conservation.dropped);
    pageMetrics.finished(made, form);
    compositionMetrics.page(composition);
    const ms = Math.round(timingsMs.total * 100) / 100;
    const fresh = provenances.filter((provenance) => provenance === 'fresh').length;
    log.info({ pageId, traceId, ms, placements, fresh, degraded: degraded.length, ...conservation }, 'page');
    if (sample.take().taken && parts.maySample()) {
      statistics.logPage(made.logged()).catch(() => log.debug('page was not sampled'));
    }
    if (composition.placed.length > 0 && certify.take().taken) {
      compositionMetrics
        .gap(composition)
        .catch((error) => log.error({ err: error }, 'a page was not certified'));
    }
  };
}
