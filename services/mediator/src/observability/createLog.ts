import { type DestinationStream, type Logger, pino } from 'pino';

/**
 * The log: constant messages, facts in fields. Nothing that names a viewer or a secret is ever handed to it; the
 * error serializer keeps only type, message and stack, because errors of libraries carry requests and options.
 */
export function createLog(level: string, service: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: { service },
    serializers: { err: (error: unknown) => (error instanceof Error ? lean(error) : { type: typeof error }) },
  };
  return pino(options, destination ?? inBatches());
}

/**
 * A write for each line would cost more than the line: they are written together, at most a tenth of a second later,
 * and at the end of the process. When nobody takes them, what goes beyond 16 MB is lost.
 */
function inBatches(): DestinationStream {
  return pino.destination({
    dest: 1,
    sync: false,
    minLength: 4_096,
    maxLength: 16 * 2 ** 20,
    periodicFlush: 100,
  });
}

function lean(error: Error): Record<string, unknown> {
  const cause = error.cause instanceof Error ? { cause: error.cause.message } : {};
  return { type: error.name, message: error.message, stack: error.stack, ...cause };
}
