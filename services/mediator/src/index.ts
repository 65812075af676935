export { Config, readSettings, WorkerConfig } from './config.ts';
export { createMediator, type Mediator } from './mediator.ts';
export { createLog } from './observability/createLog.ts';
export { createWorker } from './worker.ts';
