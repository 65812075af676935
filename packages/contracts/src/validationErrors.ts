import type * as z from 'zod';
import { limits } from './limits.ts';
import type { ProblemError } from './problem.ts';

/** What was wrong with a value: at most {@link limits.errorsPerProblem} faults, and whether there may be more. */
export interface ValidationErrors {
  readonly errors: ProblemError[];
  readonly errorsTruncated?: true;
}

/** zod's issues as JSON Pointers with a reason each. No value of the input is repeated, only plain field names. */
export function validationErrors(issues: readonly z.core.$ZodIssue[]): ValidationErrors {
  const all = issues.flatMap(toErrors);
  const errors = all.slice(0, limits.errorsPerProblem);
  return all.length > errors.length ? { errors, errorsTruncated: true } : { errors };
}

/** A JSON Pointer (RFC 6901) from path segments; a name that is not plain is shown as `?`, since it is the sender's text. */
export function jsonPointer(path: readonly PropertyKey[]): string {
  return path.map((segment) => `/${pointerSegment(segment)}`).join('');
}

function toErrors(issue: z.core.$ZodIssue): ProblemError[] {
  const pointer = jsonPointer(issue.path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      pointer: `${pointer}/${pointerSegment(key)}`,
      detail: 'is not a known field',
    }));
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    return closestBranch(issue.errors).flatMap((inner) =>
      toErrors({ ...inner, path: [...issue.path, ...inner.path] }),
    );
  }
  return [{ pointer, detail: detailOf(issue) }];
}

/** The union branch that failed deepest is the one its author meant. */
function closestBranch(branches: readonly z.core.$ZodIssue[][]): readonly z.core.$ZodIssue[] {
  const depth = (branch: readonly z.core.$ZodIssue[]) =>
    Math.max(0, ...branch.map((issue) => issue.path.length));
  return branches.reduce((best, branch) => (depth(branch) > depth(best) ? branch : best), branches[0] ?? []);
}

function detailOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined && issue.message.includes('undefined')
        ? `is required, as ${issue.expected}`
        : `must be of type ${issue.expected}`;
    case 'too_small':
      return `must ${boundOf(issue.origin)} at least ${issue.minimum}`;
    case 'too_big':
      return `must ${boundOf(issue.origin)} at most ${issue.maximum}`;
    case 'invalid_value':
      return `must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map((value) => JSON.stringify(value)).join(', ')}`;
    case 'invalid_format':
    case 'not_multiple_of':
    case 'unrecognized_keys':
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
    case 'custom':
      return issue.message;
  }
}

const boundOf = (origin: string): string =>
  origin === 'string' ? 'have a length of' : origin === 'array' ? 'have a number of elements of' : 'be';

/** A name that looks like an API key is one that went astray. */
function pointerSegment(segment: PropertyKey): string {
  const name = String(segment);
  return /^(?!wm_)[A-Za-z0-9_.-]{1,64}$/.test(name) ? name : '?';
}
