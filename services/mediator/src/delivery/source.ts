import type { DeliveryCode, SourceRequest } from '@widget-mediator/contracts';
import type { Content } from '../intake/content.ts';

/** Nothing was brought, and why. */
export interface Absent {
  readonly status: 'absent';
  readonly code: DeliveryCode;
  /** When the source says that it may be asked again (`Retry-After`). */
  readonly retryAfterMs?: number;
}

/** Content that may enter a page. */
export interface Entered {
  readonly status: 'entered';
  readonly content: Content;
  /** The source's own name for exactly this answer (`ETag`). */
  readonly etag?: string;
}

/** What a source brought. */
export type Answer = Entered | Absent;

/** What every question says, whoever is asked. */
export interface Question {
  /** What is left of the page's time, in ms: never advertised as more. */
  readonly remainingMs: number;
  readonly cancellation: Cancellation;
  /** The trace that the page is part of (W3C Trace Context), to be passed on. */
  readonly traceparent?: string;
}

/** One question to one source. `varyKey` names what the answer depends on: equal keys, equal answers. */
export interface Ask extends Question {
  readonly request: SourceRequest;
  readonly varyKey: string;
  /** What the source said before: if it still holds, it need not say it again. */
  readonly known?: { readonly etag: string; readonly content: Content };
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
 * A service that is asked under budget. It never throws for the service's faults: those are answers. What speaks HTTP is
 * wrapped by decorators (`withDeadline`, `withBreaker`, …), each an Asked in and an Asked out.
 */
export type Asked<Q extends Question, Brought> = (question: Q) => Promise<Brought | Absent>;

/** A recommender service as delivery sees it. */
export type Source = Asked<Ask, Entered>;

export const absent = (code: DeliveryCode): Absent => ({ status: 'absent', code });
