export type { Clock } from './clock.ts';
export {
  type CallOptions,
  createPublisher,
  type Publisher,
  type PublisherOptions,
  type PublishOptions,
} from './createPublisher.ts';
export type { Log } from './log.ts';
export { MediatorUnreachable } from './mediatorUnreachable.ts';
export { PublisherProblem } from './publisherProblem.ts';
export type {
  Publications,
  PublishManyOptions,
  PublishOutcome,
  PublishProgress,
} from './publishMany.ts';
export {
  type ServeOptions,
  serveWidget,
  type WidgetContext,
  type WidgetFunction,
  type WidgetServer,
} from './serveWidget.ts';
