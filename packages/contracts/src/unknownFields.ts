import { Audience } from './audience.ts';
import { Item } from './item.ts';
import { limits } from './limits.ts';
import type { ProblemError } from './problem.ts';
import { Publication } from './publication.ts';
import { jsonPointer } from './validationErrors.ts';

/**
 * Fields of a publication that the contract does not know: they were left out, and its author is told, since most
 * are a misspelling. At most {@link limits.errorsPerProblem}.
 */
export function unknownFields(body: unknown): ProblemError[] {
  const found: ProblemError[] = [];
  for (const field of walk(body)) {
    found.push(field);
    if (found.length === limits.errorsPerProblem) break;
  }
  return found;
}

const publicationFields = new Set(Object.keys(Publication.shape));
const itemFields = new Set(Object.keys(Item.shape));
const audienceFields = new Set(Audience.options.flatMap((option) => Object.keys(option.shape)));

function* walk(body: unknown): Generator<ProblemError> {
  if (!isRecord(body)) return;
  yield* unknownIn(body, publicationFields, []);
  yield* unknownIn(body['audience'], audienceFields, ['audience']);
  const items: unknown = body['items'];
  if (!Array.isArray(items)) return;
  for (const [index, item] of items.entries()) yield* unknownIn(item, itemFields, ['items', index]);
}

function* unknownIn(
  value: unknown,
  known: ReadonlySet<string>,
  path: PropertyKey[],
): Generator<ProblemError> {
  if (!isRecord(value)) return;
  for (const name of Object.keys(value)) {
    if (!known.has(name)) {
      yield { pointer: jsonPointer([...path, name]), detail: 'is not a known field and was left out' };
    }
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
