import * as z from 'zod';

/** One fault of a request: where it is (JSON Pointer, RFC 6901; or a query parameter) and what is wrong there. */
export const ProblemError = z.object({ pointer: z.string(), detail: z.string() }).meta({
  id: 'ProblemError',
  description: 'One fault: where it is, as a JSON Pointer (RFC 6901), and what is wrong.',
});
export type ProblemError = z.infer<typeof ProblemError>;

/** Problem details for HTTP APIs (RFC 9457). Never echoes a value of the request. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    errors: z.array(ProblemError).max(20).exactOptional(),
    errorsTruncated: z.literal(true).exactOptional(),
    maxBytes: z.int().exactOptional(),
    currentVersion: z.int().exactOptional(),
    quota: z
      .object({ name: z.string().describe('Of what: widgets.'), max: z.int().describe('How many.') })
      .exactOptional()
      .describe('Which quota is used up.'),
    retryAfterSeconds: z.int().exactOptional().describe('When the budget has something left again.'),
    budget: z
      .string()
      .exactOptional()
      .describe('Which budget is spent, as in RateLimit: rate, errors, requests or bodies.'),
  })
  .meta({
    id: 'Problem',
    description: 'Problem details (RFC 9457): why the request was refused and what to do.',
  });
export type Problem = z.infer<typeof Problem>;
