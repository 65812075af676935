export { type Config, readConfig } from './config.ts';
export { createMediator, type Mediator } from './mediator.ts';
export { createLog } from './observability/createLog.ts';
