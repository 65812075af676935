import type { ProblemCode } from '@widget-mediator/contracts';

/** Who reads the body: `POST …/publications`, `PUT /v1/widgets/…`, or `POST /v1/homepage`. */
export type Reader = 'publication' | 'manifest' | 'homepage';

/** A body that must be refused, and how. What is expected is said by its family, never taken from an answer. */
export interface HostileBody {
  /** Unique among all. */
  readonly name: string;
  readonly reader: Reader;
  readonly bytes: Buffer;
  /** Besides `Content-Type: application/json`, which one of them may replace; an empty value leaves it out. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body does not say how long it is. */
  readonly chunked: boolean;
  readonly code: ProblemCode;
  /** A fault at this JSON Pointer, or below it, is named. Only with `validation-failed` and `forbidden-key`. */
  readonly at: string | undefined;
}

/** Stands in every hostile body that has room for it; an answer or a page that holds it has echoed or served the body. */
export const marker = 'zzmarkzz';

type Details = {
  readonly name: string;
  readonly reader?: Reader;
  readonly headers?: Readonly<Record<string, string>>;
  readonly chunked?: boolean;
  readonly at?: string;
};

/** A body of text or bytes that is to be refused with this code. */
export function hostile(code: ProblemCode, body: string | Buffer, details: Details): HostileBody {
  const { name, reader = 'publication', headers = {}, chunked = false, at } = details;
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  return { name: `${reader}, ${name}`, reader, bytes, headers, chunked, code, at };
}
