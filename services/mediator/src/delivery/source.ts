import type { DeliveryCode, SourceRequest } from '@widget-mediator/contracts';
import type { Content } from '../intake/content.ts';

/** What a source brought: content that may enter a page, or why there is none. */
export type Answer =
  | { readonly status: 'entered'; readonly content: Content }
  | { readonly status: 'absent'; readonly code: DeliveryCode };

/** One question to one source. `varyKey` names what the answer depends on: equal keys, equal answers. */
export interface Ask {
  readonly request: SourceRequest;
  readonly varyKey: string;
  /** What is left of the page's time, in ms: never advertised as more. */
  readonly remainingMs: number;
  readonly cancellation: Cancellation;
}

/** Ends an exchange from outside. Whoever holds an exchange sets `onCancel`. */
export interface Cancellation {
  cancelled: boolean;
  onCancel: () => void;
}

export const newCancellation = (): Cancellation => ({ cancelled: false, onCancel: () => {} });

export function cancel(cancellation: Cancellation): void {
  cancellation.cancelled = true;
  cancellation.onCancel();
}

/**
 * A recommender service as delivery sees it. It never throws for the source's faults: those are answers.
 * The HTTP source is wrapped by decorators (`withDeadline`, `withBreaker`, …), each a Source in and a Source out.
 */
export type Source = (ask: Ask) => Promise<Answer>;

export const absent = (code: DeliveryCode): Answer => ({ status: 'absent', code });
