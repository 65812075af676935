import { Registry } from 'prom-client';
import { createPageMetrics } from './pageMetrics.ts';

const page = {
  provenances: ['fresh', 'stale', 'fresh'],
  closedEarly: false,
  deadlineMs: 100,
  timingsMs: { collect: 1, rank: undefined, compose: 1, write: 1, total: 99.9 },
} as const;

test('counts pages by form and outcome, placements by provenance, and what is out of the ordinary', async () => {
  const registry = new Registry();
  const metrics = createPageMetrics(registry);
  const close = metrics.opened();
  metrics.opened();
  metrics.finished(page, 'json');
  metrics.finished({ ...page, closedEarly: true }, 'stream');
  metrics.finished({ ...page, timingsMs: { ...page.timingsMs, total: 100.1 } }, 'json');
  metrics.unfinished('gone', 'stream');
  close();
  const text = await registry.metrics();
  for (const line of [
    'mediator_pages_total{form="json",outcome="finished"} 2',
    'mediator_pages_total{form="stream",outcome="finished"} 1',
    'mediator_pages_total{form="stream",outcome="gone"} 1',
    'mediator_placements_total{provenance="fresh"} 6',
    'mediator_placements_total{provenance="stale"} 3',
    'mediator_pages_closed_early_total 1',
    'mediator_deadline_overruns_total 1',
    'mediator_pages_open 1',
  ])
    expect(text).toContain(line);
});
