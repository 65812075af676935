import type { Json } from './json.ts';
import { type ProblemCode, problemTable } from './problems.ts';

export const ref = (schema: string): Json => ({ $ref: `#/components/schemas/${schema}` });
export const json = (schema: string): Record<string, Json> => ({
  'application/json': { schema: ref(schema) },
});
export const body = (schema: string): Json => ({ required: true, content: json(schema) });
export const answer = (description: string, schema: string): Json => ({ description, content: json(schema) });
export const withKey: Json = [{ key: [] }];

/** One response per status, listing the problems that it can be. */
export function problems(...codes: ProblemCode[]): Record<string, Json> {
  const statuses = new Set(codes.map((code) => problemTable[code].status));
  return Object.fromEntries(
    [...statuses].map((status) => {
      const ofStatus = codes.filter((code) => problemTable[code].status === status);
      return [
        String(status),
        {
          description: ofStatus.map((code) => `${code}: ${problemTable[code].title}.`).join(' '),
          content: { 'application/problem+json': { schema: ref('Problem') } },
        },
      ];
    }),
  );
}

export const bodyProblems = [
  'malformed-request',
  'malformed-json',
  'forbidden-key',
  'body-too-large',
  'media-type-unsupported',
  'encoding-unsupported',
  'validation-failed',
] as const;
export const keyProblems = ['key-missing', 'key-unknown', 'scope-missing'] as const;
export const budgetProblems = ['rate-exceeded', 'too-busy'] as const;
export const widgetProblems = ['not-your-widget', 'widget-unknown', 'store-unavailable'] as const;

export const query = (name: string, schema: Json, description: string): Json => ({
  name,
  in: 'query',
  schema,
  description,
});
export const widgetId: Json = { name: 'widgetId', in: 'path', required: true, schema: ref('WidgetId') };

export const rateLimitHeaders: Json = {
  'RateLimit-Policy': {
    schema: { type: 'string' },
    description: 'The budget: name, quota q, window w in s.',
  },
  RateLimit: {
    schema: { type: 'string' },
    description: 'What is left of it: r, and the s until it is whole: t.',
  },
};

export const rateLimited = (description: string, schema: string): Record<string, Json> => ({
  description,
  headers: rateLimitHeaders,
  content: json(schema),
});
