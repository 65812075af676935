import { Counter, Gauge, type Registry } from 'prom-client';
import { isJobName } from '../jobs/jobs.ts';
import type { JobOutcome } from '../jobs/jobWorker.ts';
import type { Report } from '../jobs/upkeep.ts';

export interface JobMetrics {
  readonly onJob: (name: string, outcome: JobOutcome) => void;
  readonly onReport: (report: Report) => void;
}

/** Counts jobs in `registry`. Names come from the table of jobs. */
export function createJobMetrics(registry: Registry): JobMetrics {
  const registers = [registry];
  const jobs = new Counter({
    name: 'mediator_jobs_total',
    help: 'Attempts at jobs by name and outcome; failed ones are tried again.',
    labelNames: ['name', 'outcome'],
    registers,
  });
  const parked = new Gauge({
    name: 'mediator_parked_jobs',
    help: 'Jobs that failed and are not tried again by themselves, at the last report.',
    registers,
  });
  return {
    onJob: (name, outcome) => jobs.inc({ name: isJobName(name) ? name : 'unknown', outcome }),
    onReport: (report) => parked.set(report.parked),
  };
}
