import type { ProblemCode, ProblemError } from '@widget-mediator/contracts';
import { type AcceptedIntake, admitBytes, admitPublication } from '../intake/admitPublication.ts';
import type { IntakeBudget } from '../intake/intakeBudget.ts';
import { toProblem } from './errorHandler.ts';
import { HttpProblem } from './httpProblem.ts';
import type { Submission } from './submission.ts';

/** A publication that fits the schema, and what its sender calls it. */
export interface Taken extends AcceptedIntake {
  readonly identity: string | undefined;
}

/** What spends the errors budget: the content is at fault, and not the caller's pace or key. */
const contentFaults: ReadonlySet<ProblemCode> = new Set([
  'malformed-json',
  'malformed-encoding',
  'forbidden-key',
  'body-too-large',
  'validation-failed',
  'content-too-old',
]);

/** Reads and validates one publication, and counts it. Throws what it is refused with. */
export async function takeIn(
  { budget, now }: { readonly budget: IntakeBudget; readonly now: () => number },
  { registration, dryRun, read }: Submission,
): Promise<Taken> {
  try {
    const { body, identity, at = '' } = await read();
    const intake = Buffer.isBuffer(body)
      ? admitBytes(registration.manifest, body, now())
      : admitPublication(registration.manifest, body.parsed, now());
    if (!intake.ok) {
      throw new HttpProblem('validation-failed', {
        ...intake.problem,
        errors: within(at, intake.problem.errors),
      });
    }
    // When it was stored before, it may have grown too old since.
    if (identity === undefined || dryRun) refuseOld(intake, at);
    if (!dryRun) budget.count(registration, 'valid');
    return { ...intake, warnings: () => within(at, intake.warnings()), identity };
  } catch (error) {
    if (!dryRun && contentFaults.has(toProblem(error).code)) budget.count(registration, 'refused');
    throw error;
  }
}

/** Throws {@link HttpProblem} when the content is older than the widget's budget allows. */
export function refuseOld({ verdicts }: AcceptedIntake, at = ''): void {
  if (!verdicts.some(({ code }) => code === 'stale-answer')) return;
  const errors = [{ pointer: '/generatedAt', detail: 'is longer ago than spec.budget.maxAgeMs allows' }];
  throw new HttpProblem('content-too-old', { errors: within(at, errors) });
}

const within = (at: string, errors: readonly ProblemError[]): ProblemError[] =>
  errors.map((error) => ({ ...error, pointer: at + error.pointer }));
