import {
  CloudEvent,
  CloudEventAttributes,
  type ProblemError,
  validationErrors,
} from '@widget-mediator/contracts';
import type { Request } from 'express';
import { HttpProblem } from './httpProblem.ts';
import { bodyOf, hasType, readJson } from './readJson.ts';
import type { Arrived } from './submission.ts';

/** The media type of an event in structured mode (CloudEvents 1.0.2, HTTP protocol binding 3.2). */
export const eventType = 'application/cloudevents+json';

const attributeNames = ['specversion', 'id', 'source', 'type'] as const;

/**
 * A publication that came as an event, in either mode; undefined when it is none. Events of the same source and id are the
 * same event, whatever `Idempotency-Key` says. Throws {@link HttpProblem} when the event is not well-formed.
 */
export function arrivedAsEvent(request: Request): Arrived | undefined {
  if (hasType(request, eventType)) return structured(readJson(request));
  return bearsAttributes(request) ? binary(request) : undefined;
}

/** Whether it has attributes of an event in binary mode. */
const bearsAttributes = ({ headers }: Request): boolean =>
  attributeNames.some((name) => headers[`ce-${name}`] !== undefined);

/** Lines are publications: who wants them to be one event has them taken for many. Throws {@link HttpProblem}. */
export function refuseEvent(request: Request): void {
  if (!bearsAttributes(request)) return;
  throw invalid([{ pointer: '/ce-id', detail: 'must be left out, as all of ce-: lines are no event' }]);
}

function structured(body: unknown): Arrived {
  const parsed = CloudEvent.safeParse(body);
  if (!parsed.success) throw invalid(validationErrors(parsed.error.issues).errors);
  const { data, data_base64: packed } = parsed.data;
  if ((data === undefined) === (packed === undefined)) throw invalid([oneData]);
  const identity = identityOf(parsed.data);
  return packed === undefined
    ? { body: { parsed: data }, identity, at: '/data' }
    : { body: Buffer.from(packed, 'base64'), identity, at: '/data_base64' };
}

const oneData: ProblemError = { pointer: '/data', detail: 'or else data_base64 must be the publication' };

/** Attributes are headers, and the body is the publication (3.1). */
function binary(request: Request): Arrived {
  const attributes = attributeNames.map((name) => [name, decoded(request.headers[`ce-${name}`])]);
  const parsed = CloudEventAttributes.safeParse(Object.fromEntries(attributes));
  if (!parsed.success) {
    const { errors } = validationErrors(parsed.error.issues);
    throw invalid(errors.map((error) => ({ ...error, pointer: error.pointer.replace(/^\//, '/ce-') })));
  }
  return { body: bodyOf(request), identity: identityOf(parsed.data) };
}

const identityOf = ({ source, id }: CloudEventAttributes): string => `event ${source}\n${id}`;

const invalid = (errors: ProblemError[]): HttpProblem => new HttpProblem('validation-failed', { errors });

/** Values of headers are percent-encoded (3.1.3.2); what cannot be decoded stands for itself. */
function decoded(value: string | string[] | undefined): string | undefined {
  if (typeof value !== 'string') return undefined;
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
