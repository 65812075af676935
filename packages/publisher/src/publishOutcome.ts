import type { Receipt, WidgetId } from '@widget-mediator/contracts';
import type { MediatorUnreachable } from './mediatorUnreachable.ts';
import type { PublisherProblem } from './publisherProblem.ts';

/** What became of one of many: its receipt, or why there is none. */
export type PublishOutcome = {
  /** Its place in what was given, from 0. */
  readonly index: number;
  readonly widget: WidgetId;
} & (
  | { readonly ok: true; readonly receipt: Receipt }
  | { readonly ok: false; readonly error: PublisherProblem | MediatorUnreachable }
);
