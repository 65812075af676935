import { z } from 'zod';

/** A text that must be in every answer, so many times: what a page is known to be complete by. */
export const Mark = z.object({ text: z.string().min(1), times: z.int().min(1) });
export type Mark = z.infer<typeof Mark>;

/** What the load generator is to ask one server for, and how often. */
export const Load = z.object({
  server: z.string(),
  port: z.int(),
  /** `{n}` is another number in each request, `{nnn}` its last three digits: see `numbered.ts`. */
  path: z.string(),
  headers: z.record(z.string(), z.string()),
  marks: z.array(Mark).min(1),
  /** A text that need not be in an answer, and is looked for in each. */
  lookFor: z.string().min(1).optional(),
  requestsPerSecond: z.number().positive(),
  seconds: z.number().positive(),
  connections: z.int().min(1),
});
export type Load = z.infer<typeof Load>;

/** What came of it. Latencies count from when each request was due, by answer, in microseconds. */
export const LoadOutcome = z.object({
  due: z.int(),
  latenciesUs: z.array(z.number()),
  /** How many answers had the text that was looked for. */
  found: z.int(),
  /** Answers per second, until the last one. */
  achievedPerSecond: z.number(),
  /** How much later than due the generator itself began: its own delay, which is in the latencies too. */
  lagP50Us: z.number(),
  lagP99Us: z.number(),
  /** The first few answers that were no complete page. */
  faults: z.array(z.string()),
});
export type LoadOutcome = z.infer<typeof LoadOutcome>;
