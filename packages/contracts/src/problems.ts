/**
 * Why a request was refused: the one table (RFC 9457). `type` on the wire is `urn:widget-mediator:problem:` and
 * the code. `action` tells the caller what to do next.
 */
export const problemTable = {
  'malformed-request': {
    status: 400,
    title: 'The request is malformed',
    action: 'Send a well-formed HTTP request.',
  },
  'malformed-json': {
    status: 400,
    title: 'The body is not JSON',
    action: 'Send one JSON value (RFC 8259) encoded in UTF-8.',
  },
  'forbidden-key': {
    status: 400,
    title: 'The body holds a forbidden key',
    action: 'Leave out keys named __proto__, and constructor with a prototype.',
  },
  'malformed-encoding': {
    status: 400,
    title: 'The body cannot be unpacked',
    action: 'Send whole gzip (or deflate, br), as Content-Encoding says, or send the body as it is.',
  },
  'malformed-yaml': {
    status: 400,
    title: 'The body is not YAML as it is read here',
    action:
      'Send one YAML 1.2 document in UTF-8 without aliases, tags and duplicate keys, nested at most 20 deep; errors names the line.',
  },
  'cursor-invalid': {
    status: 400,
    title: 'The cursor leads nowhere',
    action: 'Ask for the page from the top, without a cursor: it is not ours, or of another layout.',
  },
  'key-missing': {
    status: 401,
    title: 'An API key is needed',
    action: 'Send Authorization: Bearer and your key.',
  },
  'key-unknown': {
    status: 401,
    title: 'The API key is not known',
    action: 'Check the key, or ask the platform team for a new one.',
  },
  'scope-missing': {
    status: 403,
    title: 'The API key does not allow this',
    action: 'Use a key that has the scope this call needs.',
  },
  'not-your-widget': {
    status: 403,
    title: 'The widget belongs to another team',
    action: "Use the owning team's key, or another widget id.",
  },
  'quota-exceeded': {
    status: 403,
    title: 'Your team has as many as its quota allows',
    action:
      'Remove one that is not needed, or ask the platform team for more: quota names which, and how many.',
  },
  'no-such-key': {
    status: 404,
    title: 'No active key has this id',
    action: 'GET /v1/keys lists those there are; it may be revoked already.',
  },
  'widget-unknown': {
    status: 404,
    title: 'No such widget',
    action: 'Register it first: PUT /v1/widgets/{widgetId}.',
  },
  'content-too-old': {
    status: 422,
    title: 'The content is older than its staleness budget',
    action:
      'Publish newer content, or ask for a larger spec.budget.maxAgeMs: generatedAt says when it was made.',
  },
  'publication-unknown': {
    status: 404,
    title: 'No such publication',
    action: 'Use the id of its receipt: it was never stored, or it is forgotten, as its widget may be.',
  },
  'layout-unknown': {
    status: 404,
    title: 'No such layout',
    action: 'See GET /v1/layouts for those in use, and …/versions of one for what it was before.',
  },
  'takedown-unknown': {
    status: 404,
    title: 'It is not taken down',
    action: 'See GET /v1/takedowns for what is: nothing else needs to be put back.',
  },
  'revision-unknown': {
    status: 404,
    title: 'No such revision of the widget is kept',
    action: 'See GET /v1/widgets/{widgetId}/versions for those that are.',
  },
  'source-unknown': {
    status: 404,
    title: 'No such source here',
    action: 'It is no pull widget of yours, or this process has not asked it yet.',
  },
  'job-unknown': {
    status: 404,
    title: 'No such job',
    action: 'GET /v1/jobs lists those that failed; one that was tried again may be done, and gone.',
  },
  'route-unknown': { status: 404, title: 'No such resource', action: 'See /docs for what there is.' },
  'method-not-allowed': {
    status: 405,
    title: 'The resource does not take this method',
    action: 'Use one of the methods in Allow.',
  },
  'request-timeout': {
    status: 408,
    title: 'The request took too long to arrive',
    action: 'Send the whole request within 15 seconds.',
  },
  'keys-exhausted': {
    status: 409,
    title: 'The team has two active keys of this scope',
    action: 'Revoke the one that is not used any more; those of the keys file count.',
  },
  'key-of-file': {
    status: 409,
    title: 'The key stands in the keys file',
    action: 'Take it out of the keys file of all mediators, and restart them one by one.',
  },
  'job-not-failed': {
    status: 409,
    title: 'The job has not failed',
    action: 'Leave it: it waits, runs, or is done.',
  },
  'version-outdated': {
    status: 409,
    title: 'A newer version is already published',
    action: 'Publish with a version above the current one.',
  },
  'version-reused': {
    status: 409,
    title: 'This version is already published with other content',
    action: 'Publish changed content under a new version.',
  },
  'version-withdrawn': {
    status: 409,
    title: 'This version was withdrawn',
    action: 'Publish under a new version: what was withdrawn does not come back.',
  },
  'layout-version-reused': {
    status: 409,
    title: 'This version of the layout was in use with other content',
    action: 'Change version with the content: pages, cursors and logs know a layout by id and version.',
  },
  'publication-superseded': {
    status: 409,
    title: 'A newer version has taken its place',
    action: 'Nothing of it is shown any more; withdraw the current version, if that is what you mean.',
  },
  'idempotency-key-in-use': {
    status: 409,
    title: 'A request with this Idempotency-Key is being worked on',
    action: 'Send it again after Retry-After seconds for the answer of the first.',
  },
  'content-not-kept': {
    status: 410,
    title: 'The content of this publication is not kept',
    action: 'Publish it anew: the last versions for everyone and for segments are kept, and none for users.',
  },
  'precondition-failed': {
    status: 412,
    title: 'It is not as you saw it',
    action: 'Somebody changed it meanwhile: read it again, and send your change with its ETag in If-Match.',
  },
  'body-too-large': {
    status: 413,
    title: 'The body is too large',
    action: 'Send less: the limit is in maxBytes.',
  },
  'media-type-unsupported': {
    status: 415,
    title: 'The media type is not supported',
    action:
      'Send one of the media types that the resource takes: application/json, but for POST /v1/publications, which takes application/x-ndjson.',
  },
  'encoding-unsupported': {
    status: 415,
    title: 'The content encoding is not supported',
    action: 'Send the body with one of the encodings that Accept-Encoding of this answer names, or as it is.',
  },
  'validation-failed': {
    status: 422,
    title: 'The request does not fit the schema',
    action: 'Mend what errors names by JSON Pointer; nothing was stored.',
  },
  'idempotency-key-reused': {
    status: 422,
    title: 'The Idempotency-Key was used for something else',
    action: 'Send a new key (or event id) with new content; this one is kept for 24 hours.',
  },
  'api-version-unsupported': {
    status: 422,
    title: 'The manifest is of a version that is not accepted',
    action: 'Write it in a version that errors names: the current one, or the one before.',
  },
  'endpoint-not-allowed': {
    status: 422,
    title: 'The endpoint is not on the allow-list',
    action: 'Ask the platform team to allow the host.',
  },
  'rate-exceeded': {
    status: 429,
    title: 'The rate budget is spent',
    action: 'Send again after Retry-After seconds; RateLimit says what is left, on every answer.',
  },
  'errors-exceeded': {
    status: 429,
    title: 'Too many publications were refused',
    action: 'Mend what the refusals named, try it with a dry run, and publish after Retry-After seconds.',
  },
  'too-busy': {
    status: 429,
    title: 'Too many requests of your team are being read',
    action: 'Send fewer at once; send this again after Retry-After seconds.',
  },
  'headers-too-large': {
    status: 431,
    title: 'The request line or its headers are too large',
    action: 'Send fewer or shorter headers and a shorter path.',
  },
  'internal-error': {
    status: 500,
    title: 'The mediator failed',
    action: 'Send again; if it persists, tell the platform team the instance.',
  },
  overloaded: {
    status: 503,
    title: 'The mediator has more to do than it can',
    action: 'Send again after Retry-After seconds; publications are refused first, so that pages go on.',
  },
  'store-unavailable': {
    status: 503,
    title: 'The durable store cannot be reached',
    action:
      'Send again after Retry-After seconds; should it have been stored all the same, that is harmless.',
  },
} as const satisfies Record<string, ProblemKind>;

type ProblemKind = { readonly status: number; readonly title: string; readonly action: string };

/** The stable code of a problem. */
export type ProblemCode = keyof typeof problemTable;

const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(problemTable, code);

/** Every code, in the order of the table. */
export const problemCodes: readonly ProblemCode[] = Object.keys(problemTable).filter(isProblemCode);

/** The `type` member of a problem: a URN that ends in its code. */
export const problemType = (code: ProblemCode): string => `urn:widget-mediator:problem:${code}`;
