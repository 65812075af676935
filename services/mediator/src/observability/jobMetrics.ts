import { Counter, type Registry } from 'prom-client';
import type { JobOutcome } from '../jobs/jobWorker.ts';

/** Counts jobs in `registry`. Names come from the table of jobs. */
export function createJobMetrics(registry: Registry): (name: string, outcome: JobOutcome) => void {
  const jobs = new Counter({
    name: 'mediator_jobs_total',
    help: 'Attempts at jobs by name and outcome; failed ones are tried again.',
    labelNames: ['name', 'outcome'],
    registers: [registry],
  });
  return (name, outcome) => jobs.inc({ name, outcome });
}
