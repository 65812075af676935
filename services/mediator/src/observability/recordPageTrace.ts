import {
  type Context,
  ProxyTracer,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { passTraceOn, type StartPageTrace } from './pageTrace.ts';
import { type TraceParent, traceparentOf } from './traceparent.ts';

/**
 * How traces of pages start: recorded when an OpenTelemetry SDK was registered before (`node --import`), else only passed
 * on. Decided once, so that a process without an SDK makes no span, not even an empty one.
 */
export function pageTraces(): StartPageTrace {
  const tracer = trace.getTracer('widget-mediator');
  // What is handed out while nobody has registered anything.
  return tracer instanceof ProxyTracer ? passTraceOn : recordPageTrace(tracer);
}

/**
 * Records a page as a span with one for each stage, and under `collect` and `rank` one for each service that is asked.
 * Names are few, and no attribute names a viewer.
 */
export function recordPageTrace(tracer: Tracer): StartPageTrace {
  return (pageId, parent) => {
    const page = tracer.startSpan(
      'page',
      { kind: SpanKind.SERVER, attributes: { 'widget_mediator.page_id': pageId } },
      continuing(parent),
    );
    const ofPage = trace.setSpan(ROOT_CONTEXT, page);
    const open = new Set<Span>();
    let current: Context = ofPage;

    const start = (name: string, kind: SpanKind, attributes = {}): Span => {
      const span = tracer.startSpan(name, { kind, attributes }, current);
      open.add(span);
      return span;
    };
    const end = (span: Span) => {
      if (open.delete(span)) span.end();
    };

    return {
      traceId: page.spanContext().traceId,
      traceparent: traceparentFor(page),
      stage(name) {
        const span = start(name, SpanKind.INTERNAL);
        current = trace.setSpan(ofPage, span);
        return () => {
          current = ofPage;
          end(span);
        };
      },
      call(name) {
        const span = start('ask', SpanKind.CLIENT, { 'widget_mediator.source': name });
        return {
          traceparent: traceparentFor(span),
          end(outcome) {
            span.setAttribute('widget_mediator.outcome', outcome);
            end(span);
          },
        };
      },
      end(outcome) {
        for (const span of open) end(span);
        page.setAttribute('widget_mediator.outcome', outcome);
        if (outcome === 'failed') page.setStatus({ code: SpanStatusCode.ERROR });
        page.end();
      },
    };
  };
}

function continuing(parent: TraceParent | undefined): Context {
  if (parent === undefined) return ROOT_CONTEXT;
  const { traceId, spanId, flags } = parent;
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16),
    isRemote: true,
  });
}

function traceparentFor(span: Span): string {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return traceparentOf({ traceId, spanId, flags: traceFlags.toString(16).padStart(2, '0') });
}
