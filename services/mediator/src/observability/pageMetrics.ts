import { type Provenance, Provenance as provenances } from '@widget-mediator/contracts';
import { Counter, Gauge, type Registry } from 'prom-client';
import type { Homepage } from '../homepage/composeHomepage.ts';

/** As one JSON value, or line by line. */
export type PageForm = 'json' | 'stream';

/** What became of pages. */
export interface PageMetrics {
  /** A page is being made; call what is returned when it is not any more, whatever became of it. */
  opened(): () => void;
  finished(
    page: Pick<Homepage, 'provenances' | 'closedEarly' | 'deadlineMs' | 'timingsMs'>,
    form: PageForm,
  ): void;
  unfinished(outcome: 'gone' | 'failed', form: PageForm): void;
}

/** Counts in `registry`. */
export function createPageMetrics(registry: Registry): PageMetrics {
  const registers = [registry];
  const pages = new Counter({
    name: 'mediator_pages_total',
    help: 'Pages by form (json, stream) and outcome: finished, gone (the client was), failed (a fault of ours).',
    labelNames: ['form', 'outcome'],
    registers,
  });
  const placements = new Counter({
    name: 'mediator_placements_total',
    help: 'Filled placements, by provenance of what they show.',
    labelNames: ['provenance'],
    registers,
  });
  const closedEarly = new Counter({
    name: 'mediator_pages_closed_early_total',
    help: 'Pages that were finished while sources were outstanding, because none could have changed them.',
    registers,
  });
  const overruns = new Counter({
    name: 'mediator_deadline_overruns_total',
    help: 'Pages that were finished later than their deadline.',
    registers,
  });
  let open = 0;
  new Gauge({
    name: 'mediator_pages_open',
    help: 'Pages that are being made now, most of them waiting for sources.',
    registers,
    collect() {
      this.set(open);
    },
  });
  const close = () => {
    open -= 1;
  };
  const finished = { json: pages.labels('json', 'finished'), stream: pages.labels('stream', 'finished') };
  const byProvenance = new Map<Provenance, Counter.Internal>(
    provenances.options.map((provenance) => [provenance, placements.labels(provenance)]),
  );

  return {
    opened() {
      open += 1;
      return close;
    },
    finished(page, form) {
      finished[form].inc();
      for (const provenance of page.provenances) byProvenance.get(provenance)?.inc();
      if (page.closedEarly) closedEarly.inc();
      if (page.timingsMs.total > page.deadlineMs) overruns.inc();
    },
    unfinished: (outcome, form) => pages.inc({ form, outcome }),
  };
}
