import { readFileSync } from 'node:fs';
import { type ProblemError, validationErrors } from '@widget-mediator/contracts';
import type { z } from 'zod';

/** A file that the mediator was given cannot be used; the message names it and everything that is wrong in it. */
export class FileRefused extends Error {
  readonly findings: readonly ProblemError[];

  constructor(path: string, findings: readonly ProblemError[]) {
    const lines = findings.map(({ pointer, detail }) => `  ${pointer || '(whole file)'} ${detail}`);
    super(`${path} cannot be used:\n${lines.join('\n')}`);
    this.name = 'FileRefused';
    this.findings = findings;
  }
}

/** The value in a JSON file, of this schema. Throws {@link FileRefused} with every fault at once. */
export function readFileOf<S extends z.ZodType>(path: string, schema: S): z.output<S> {
  const parsed = schema.safeParse(readJsonFile(path));
  if (!parsed.success) throw new FileRefused(path, validationErrors(parsed.error.issues).errors);
  return parsed.data;
}

function readJsonFile(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const detail = error instanceof SyntaxError ? 'is not JSON' : 'cannot be read';
    throw new FileRefused(path, [{ pointer: '', detail }]);
  }
}
