// Registers a real OpenTelemetry SDK that appends each span, as a line of JSON, to the file SPANS_FILE.
import { appendFileSync } from 'node:fs';
import { trace } from '@opentelemetry/api';
import { BasicTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';

const spans = process.env['SPANS_FILE'];

const exporter = {
  export(ended, done) {
    for (const span of ended) {
      const { traceId, spanId, traceFlags } = span.spanContext();
      const { name, kind, attributes, parentSpanContext } = span;
      const parentId = parentSpanContext?.spanId;
      const line = {
        name,
        kind,
        traceId,
        spanId,
        traceFlags,
        parentId,
        attributes,
        ms: span.duration[1] / 1e6,
      };
      appendFileSync(spans, `${JSON.stringify(line)}\n`);
    }
    done({ code: 0 });
  },
  shutdown: async () => {},
};

trace.setGlobalTracerProvider(
  new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }),
);
