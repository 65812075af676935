/** One question to a source, as its trace sees it. */
export interface TracedCall {
  /** What the source is told: the trace, and the span that its own hang under. */
  readonly traceparent: string;
  /** The page has what it will get of it: `entered`, a verdict, or `gone`. */
  end(outcome: string): void;
}

/** The trace that one page is part of. */
export interface PageTrace {
  /** 32 hex digits. */
  readonly traceId: string;
  /** What is passed on where no call of its own is traced. */
  readonly traceparent: string;
  call(widget: string): TracedCall;
}

/** What a valid traceparent says. `flags` are two hex digits, of which the last bit says sampled. */
export interface TraceParent {
  readonly traceId: string;
  readonly spanId: string;
  readonly flags: string;
}

const form = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/**
 * Reads a traceparent header, strictly (W3C Trace Context, 3.2): anything else than one valid value is undefined, and
 * starts a new trace. A version above 00 may say more, which is left out.
 */
export function readTraceparent(header: string | undefined): TraceParent | undefined {
  if (header === undefined) return undefined;
  const [, version, traceId = '', spanId = '', flags = '', more] = form.exec(header) ?? [];
  if (version === undefined || version === 'ff' || (version === '00' && more !== undefined)) return undefined;
  if (/^0+$/.test(traceId) || /^0+$/.test(spanId)) return undefined;
  return { traceId, spanId, flags };
}

const recordsNothing = () => {};

/**
 * The trace of a page when nobody records any: it is only passed on. A page that continues no trace starts one, under
 * its own id, which is as random as a trace id is to be; the half of it stands for the page's span.
 */
export function passTraceOn(pageId: string, parent: TraceParent | undefined): PageTrace {
  const own = pageId.replaceAll('-', '');
  const traceId = parent?.traceId ?? own;
  const traceparent = `00-${traceId}-${own.slice(16)}-${parent?.flags ?? '00'}`;
  const call: TracedCall = { traceparent, end: recordsNothing };
  return { traceId, traceparent, call: () => call };
}
