import { Counter, Gauge, type Registry } from 'prom-client';
import { type LoadLevel, loadLevels } from '../overload/loadWatch.ts';

/** What was shed. `page_cached`: a page that was made before was given instead. */
export type Shed = 'publication' | 'page_cached' | 'page_refused';

/** Counts in `registry` what is shed, and tells the level when it is asked. */
export function createLoadMetrics(registry: Registry, level: () => LoadLevel): (shed: Shed) => void {
  const registers = [registry];
  const total = new Counter({
    name: 'mediator_shed_total',
    help: 'Shed under overload: publication (or a line of a stream), page_cached (an earlier page was given), page_refused.',
    labelNames: ['what'],
    registers,
  });
  for (const what of ['publication', 'page_cached', 'page_refused'] as const) total.inc({ what }, 0);
  new Gauge({
    name: 'mediator_load_level',
    help: '0 calm, 1 publishing is shed, 2 pages beyond capacity are shed.',
    registers,
    collect() {
      this.set(loadLevels.indexOf(level()));
    },
  });
  return (what) => total.inc({ what });
}
