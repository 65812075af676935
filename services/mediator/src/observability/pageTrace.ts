import { type TraceParent, traceparentOf } from './traceparent.ts';

/** The stages of a page that are traced, as Server-Timing calls them. */
export type Stage = 'collect' | 'rank' | 'compose' | 'write';

/** One question to a service, as its trace sees it. */
export interface TracedCall {
  /** What the service is told: the trace, and the span that its own hang under. */
  readonly traceparent: string;
  /** The page has what it will get of it: `entered`, a verdict, or `gone`. */
  end(outcome: string): void;
}

/** The trace that one page is part of. */
export interface PageTrace {
  /** 32 hex digits. */
  readonly traceId: string;
  /** What a service is told that is asked in the page's name, and that the page does not wait for. */
  readonly traceparent: string;
  /** A stage begins; call what is returned at its end. */
  stage(name: Stage): () => void;
  /** A service is asked: a widget's source, or `ranker`. */
  call(name: string): TracedCall;
  /** The page is `finished`, `gone` or `failed`, and whatever of it goes on with it. */
  end(outcome: 'finished' | 'gone' | 'failed'): void;
}

/** Starts the trace of a page; `parent` is what its request continues. */
export type StartPageTrace = (pageId: string, parent: TraceParent | undefined) => PageTrace;

const nothing = () => {};

/**
 * The trace of a page when nobody records any: it is only passed on, and no span is made. A page that continues no trace
 * starts one, under its own id, which is as random as a trace id is to be; the half of it stands for the page's span.
 */
export const passTraceOn: StartPageTrace = (pageId, parent) => {
  const own = withoutHyphens(pageId);
  const traceId = parent?.traceId ?? own;
  const traceparent = traceparentOf({ traceId, spanId: own.slice(16), flags: parent?.flags ?? '00' });
  const call: TracedCall = { traceparent, end: nothing };
  return { traceId, traceparent, stage: () => nothing, call: () => call, end: nothing };
};

/** A UUID as 32 hex digits. */
const withoutHyphens = (id: string): string =>
  id.slice(0, 8) + id.slice(9, 13) + id.slice(14, 18) + id.slice(19, 23) + id.slice(24);
