import type { Problem } from '@widget-mediator/contracts';

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isInteger: Check = Number.isSafeInteger;

const record =
  (needed: Readonly<Record<string, Check>>, optional: Readonly<Record<string, Check>> = {}): Check =>
  (value) => {
    if (typeof value !== 'object' || value === null) return false;
    const fields = new Map<string, unknown>(Object.entries(value));
    return (
      Object.entries(needed).every(([name, fits]) => fits(fields.get(name))) &&
      Object.entries(optional).every(([name, fits]) => !fields.has(name) || fits(fields.get(name)))
    );
  };

const isError = record({ pointer: isText, detail: isText });
const needed = { type: isText, title: isText, status: isInteger, detail: isText, instance: isText };
const optional: Readonly<Record<Exclude<keyof Problem, keyof typeof needed>, Check>> = {
  errors: (value) => Array.isArray(value) && value.length <= 20 && value.every(isError),
  errorsTruncated: (value) => value === true,
  maxBytes: isInteger,
  currentVersion: isInteger,
  quota: record({ name: isText, max: isInteger }),
  retryAfterSeconds: isInteger,
  budget: isText,
};
const fitsProblem = record(needed, optional);

/**
 * Whether a body is what the contract's schema of that name takes, without zod: a bundle with `PublisherProblem` alone would
 * hold some 90 KB of it. A test holds the two to the same.
 */
export function isProblem(body: unknown): body is Problem {
  return fitsProblem(body);
}
