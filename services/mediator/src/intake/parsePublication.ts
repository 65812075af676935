import { Item, limits, type ProblemError, Publication } from '@widget-mediator/contracts';
import { z } from 'zod';
import { type ValidationErrors, validationErrors } from './validationErrors.ts';

/** A publication that fits the schema, or what is wrong with it. */
export type Parsed =
  | { readonly ok: true; readonly publication: Publication }
  | { readonly ok: false; readonly problem: ValidationErrors };

/** Everything but the items themselves, which are looked at one by one. */
const Envelope = Publication.extend({ items: z.array(z.unknown()).max(limits.itemsPerPublication) });

/**
 * Parses a publication in time that a hostile body cannot stretch: counts come first, and items are looked at only until
 * there are enough faults to report. (zod would make an issue, and for a union three, of each of a hundred thousand
 * bad values.)
 */
export function parsePublication(body: unknown): Parsed {
  const envelope = Envelope.safeParse(body);
  if (!envelope.success) return { ok: false, problem: validationErrors(envelope.error.issues) };

  const items: Item[] = [];
  const errors: ProblemError[] = [];
  for (const [index, value] of envelope.data.items.entries()) {
    const parsed = parseItem(value);
    if (parsed.ok) items.push(parsed.item);
    else
      errors.push(
        ...parsed.errors.map((error) => ({ ...error, pointer: `/items/${index}${error.pointer}` })),
      );
    if (errors.length > limits.errorsPerProblem) break;
  }
  if (errors.length === 0) return { ok: true, publication: { ...envelope.data, items } };
  const shown = errors.slice(0, limits.errorsPerProblem);
  const problem: ValidationErrors =
    errors.length > shown.length ? { errors: shown, errorsTruncated: true } : { errors: shown };
  return { ok: false, problem };
}

function parseItem(value: unknown): { ok: true; item: Item } | { ok: false; errors: ProblemError[] } {
  if (hasTooManyAttributes(value)) {
    const detail = `must hold at most ${limits.attributesPerItem} attributes`;
    return { ok: false, errors: [{ pointer: '/attributes', detail }] };
  }
  const parsed = Item.safeParse(value);
  return parsed.success
    ? { ok: true, item: parsed.data }
    : { ok: false, errors: validationErrors(parsed.error.issues).errors };
}

function hasTooManyAttributes(value: unknown): boolean {
  const attributes = typeof value === 'object' && value !== null && 'attributes' in value && value.attributes;
  return (
    typeof attributes === 'object' &&
    attributes !== null &&
    Object.keys(attributes).length > limits.attributesPerItem
  );
}
