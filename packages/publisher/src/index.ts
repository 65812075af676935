export type { Publications } from './batchesOf.ts';
export type { Clock } from './clock.ts';
export type { PublisherOptions } from './connection.ts';
export {
  type CallOptions,
  createPublisher,
  type Publisher,
  type PublishOptions,
} from './createPublisher.ts';
export type { Log } from './log.ts';
export { MediatorUnreachable } from './mediatorUnreachable.ts';
export { PublisherProblem } from './publisherProblem.ts';
export type { PublishManyOptions, PublishProgress } from './publishMany.ts';
export type { PublishOutcome } from './publishOutcome.ts';
export {
  type ServeOptions,
  serveWidget,
  type WidgetContext,
  type WidgetFunction,
  type WidgetServer,
} from './serveWidget.ts';
