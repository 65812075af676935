import { validationErrors } from '@widget-mediator/contracts';
import type { z } from 'zod';
import { HttpProblem } from './httpProblem.ts';

/** A value from outside that fits the schema. Throws {@link HttpProblem}, with what is wrong where, when it does not. */
export function validated<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new HttpProblem('validation-failed', { ...validationErrors(parsed.error.issues) });
}
