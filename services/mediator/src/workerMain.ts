import { WorkerConfig } from './config.ts';
import { runService } from './runService.ts';
import { createWorker } from './worker.ts';

runService({ name: 'worker', settings: WorkerConfig, create: createWorker });
