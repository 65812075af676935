import { type DeliveryCode, verdictCodes } from '@widget-mediator/contracts';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { BreakerState } from '../delivery/withBreaker.ts';
import type { BudgetName } from '../intake/intakeBudget.ts';

/** Meters of one source. */
export interface SourceMetrics {
  observe(outcome: string, seconds: number): void;
  /** A budget was exceeded, whether or not that is acted upon. */
  breach(budget: 'rate' | 'errors'): void;
}

/** Everything that Prometheus can ask for. Label values come from our tables and from registered ids only. */
export interface Metrics {
  readonly registry: Registry;
  source(widget: string): SourceMetrics;
  /** One page: its duration, and its items by what became of them. */
  page(seconds: number, degradedSources: number, dropped: Readonly<Record<string, number>>): void;
  publication(outcome: 'stored' | 'refused'): void;
  /** A publication or a request beyond a budget, whether or not that is acted upon. */
  intakeBreach(budget: BudgetName, by: { readonly widget: string } | { readonly team: string }): void;
  ranker(outcome: 'answered' | DeliveryCode): void;
}

/** What is read when Prometheus asks, instead of being counted as it happens. */
export interface MetricsReaders {
  breakerStates(): ReadonlyMap<string, BreakerState>;
  registeredWidgets(): number;
  /** Rate budgets that this process holds by itself, without Redis. */
  localRateBudgets(): number;
  isSynchronised(): boolean;
}

const stateValues: Record<BreakerState, number> = { closed: 0, 'half-open': 1, open: 2 };

export function createMetrics(readers: () => MetricsReaders): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const buckets = [0.001, 0.002, 0.005, 0.01, 0.02, 0.04, 0.08, 0.15, 0.3, 0.6, 1, 2];

  const pageSeconds = new Histogram({
    name: 'mediator_page_seconds',
    help: 'Time from the parsed request to the finished page.',
    buckets,
    registers,
  });
  const degradedPages = new Counter({
    name: 'mediator_degraded_pages_total',
    help: 'Pages for which at least one source failed.',
    registers,
  });
  const droppedItems = new Counter({
    name: 'mediator_dropped_items_total',
    help: 'Items that were not placed, by verdict.',
    labelNames: ['code'],
    registers,
  });
  const droppedByCode = new Map(verdictCodes.map((code) => [code as string, droppedItems.labels(code)]));
  const sourceSeconds = new Histogram({
    name: 'mediator_source_seconds',
    help: 'Time of calls to pull sources, refusals of our own included.',
    labelNames: ['widget'],
    buckets,
    registers,
  });
  const sourceCalls = new Counter({
    name: 'mediator_source_calls_total',
    help: 'Calls to pull sources by outcome: entered, or a verdict.',
    labelNames: ['widget', 'outcome'],
    registers,
  });
  const breaches = new Counter({
    name: 'mediator_budget_breaches_total',
    help: 'Calls and publications beyond a budget, refused (enforce) or not (shadow).',
    labelNames: ['widget', 'budget'],
    registers,
  });
  const teamBreaches = new Counter({
    name: 'mediator_team_budget_breaches_total',
    help: 'Requests beyond a budget of their team: all of them were refused.',
    labelNames: ['team', 'budget'],
    registers,
  });
  const publications = new Counter({
    name: 'mediator_publications_total',
    help: 'Publications by outcome.',
    labelNames: ['outcome'],
    registers,
  });
  const rankerRequests = new Counter({
    name: 'mediator_ranker_requests_total',
    help: 'Pages that had a ranker to ask, by outcome: answered, or a verdict.',
    labelNames: ['outcome'],
    registers,
  });
  new Gauge({
    name: 'mediator_synchronised',
    help: '1 once memory has been equal to the store.',
    registers,
    collect() {
      this.set(readers().isSynchronised() ? 1 : 0);
    },
  });
  new Gauge({
    name: 'mediator_breaker_state',
    help: 'State of each source: 0 closed, 1 half-open, 2 open.',
    labelNames: ['widget'],
    registers,
    collect() {
      this.reset();
      for (const [widget, state] of readers().breakerStates()) this.set({ widget }, stateValues[state]);
    },
  });
  new Gauge({
    name: 'mediator_local_rate_budgets',
    help: 'Rate budgets in use that Redis does not lease: this process holds each by itself.',
    registers,
    collect() {
      this.set(readers().localRateBudgets());
    },
  });
  new Gauge({
    name: 'mediator_registered_widgets',
    help: 'Registered widgets.',
    registers,
    collect() {
      this.set(readers().registeredWidgets());
    },
  });

  return {
    registry,
    source(widget) {
      const seconds = sourceSeconds.labels(widget);
      return {
        observe(outcome, duration) {
          seconds.observe(duration);
          sourceCalls.inc({ widget, outcome });
        },
        breach: (budget) => breaches.inc({ widget, budget }),
      };
    },
    page(seconds, degradedSources, dropped) {
      pageSeconds.observe(seconds);
      if (degradedSources > 0) degradedPages.inc();
      for (const code of Object.keys(dropped)) droppedByCode.get(code)?.inc(dropped[code]);
    },
    intakeBreach(budget, by) {
      if ('widget' in by) breaches.inc({ widget: by.widget, budget });
      else teamBreaches.inc({ team: by.team, budget });
    },
    publication: (outcome) => publications.inc({ outcome }),
    ranker: (outcome) => rankerRequests.inc({ outcome }),
  };
}
