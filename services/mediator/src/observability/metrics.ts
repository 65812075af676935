import {
  type BreakerState,
  type DeliveryCode,
  type SourceStatus,
  verdictCodes,
} from '@widget-mediator/contracts';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { type CacheOutcome, cacheOutcomes } from '../delivery/withCache.ts';
import type { BudgetName } from '../intake/intakeBudget.ts';

/** Meters of one source. */
export interface SourceMetrics {
  /** What became of a question. */
  outcome(outcome: string, seconds: number): void;
  /** A budget was exceeded, whether or not that is acted upon. */
  breach(budget: 'rate' | 'errors' | 'load'): void;
  /** How a question was answered: from memory, or by asking. */
  cached(outcome: CacheOutcome): void;
}

/** Everything that Prometheus can ask for. Label values come from our tables and from registered ids only. */
export interface Metrics {
  readonly registry: Registry;
  source(widget: string): SourceMetrics;
  /** Takes what was counted of a source out of all answers. */
  forgetSource(widget: string): void;
  /** One page: its duration, and its items by what became of them. */
  page(seconds: number, degradedSources: number, dropped: Readonly<Record<string, number>>): void;
  publication(outcome: 'stored' | 'refused'): void;
  /** A publication or a request beyond a budget, whether or not that is acted upon. */
  intakeBreach(budget: BudgetName, by: { readonly widget: string } | { readonly team: string }): void;
  ranker(outcome: 'answered' | DeliveryCode): void;
}

/** What is read when Prometheus asks, instead of being counted as it happens. */
export interface MetricsReaders {
  sources(): readonly SourceStatus[];
  registeredWidgets(): number;
  /** Rate budgets that this process holds by itself, without Redis. */
  localRateBudgets(): number;
  isSynchronised(): boolean;
}

const stateValues: Record<BreakerState, number> = {
  closed: 0,
  'half-open': 1,
  open: 2,
  recovering: 3,
};

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
  const cacheAnswers = new Counter({
    name: 'mediator_cache_answers_total',
    help: 'Questions to pull sources by how they were answered: fresh, revalidating, refused, shared, or asked.',
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
    help: 'State of each source: 0 closed, 1 half-open, 2 open, 3 recovering.',
    labelNames: ['widget'],
    registers,
    collect() {
      this.reset();
      for (const { widget, breaker } of readers().sources()) this.set({ widget }, stateValues[breaker.state]);
    },
  });
  const perSource = (name: string, help: string, read: (status: SourceStatus) => number) =>
    new Gauge({
      name,
      help,
      labelNames: ['widget'],
      registers,
      collect() {
        this.reset();
        for (const status of readers().sources()) this.set({ widget: status.widget }, read(status));
      },
    });
  perSource(
    'mediator_source_budget_seconds',
    'What each source may take for an answer.',
    ({ budget }) => budget.latencyMs / 1_000,
  );
  perSource('mediator_source_in_flight', 'Calls to each source under way.', ({ inFlight }) => inFlight);
  perSource(
    'mediator_source_limit',
    'How many may be: fewer while answers come near the budget.',
    ({ limit }) => limit,
  );
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
      // Looked up once: to hash labels takes longer than to count.
      const calls = remembered((outcome: string) => sourceCalls.labels(widget, outcome));
      const cache = remembered((outcome: CacheOutcome) => cacheAnswers.labels(widget, outcome));
      return {
        outcome(outcome, duration) {
          seconds.observe(duration);
          calls(outcome).inc();
        },
        breach: (budget) => breaches.inc({ widget, budget }),
        cached: (outcome) => cache(outcome).inc(),
      };
    },
    forgetSource(widget) {
      sourceSeconds.remove(widget);
      for (const outcome of ['entered', ...verdictCodes]) sourceCalls.remove(widget, outcome);
      for (const outcome of cacheOutcomes) cacheAnswers.remove(widget, outcome);
      for (const budget of ['rate', 'errors', 'load']) breaches.remove(widget, budget);
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

function remembered<Name, Child>(make: (name: Name) => Child): (name: Name) => Child {
  const made = new Map<Name, Child>();
  return (name) => {
    const known = made.get(name);
    if (known !== undefined) return known;
    const child = make(name);
    made.set(name, child);
    return child;
  };
}
