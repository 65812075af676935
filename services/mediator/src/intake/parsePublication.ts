import {
  type Audience,
  Item,
  limits,
  type ProblemError,
  Publication,
  type ValidationErrors,
  validationErrors,
} from '@widget-mediator/contracts';
import { z } from 'zod';
import { isPlainEnvelope } from './isPlainEnvelope.ts';
import { isPlainItem } from './isPlainItem.ts';

/** A publication that fits the schema, or what is wrong with it. */
export type Parsed =
  | { readonly ok: true; readonly publication: Publication }
  | { readonly ok: false; readonly problem: ValidationErrors };

/** Everything but the items themselves, which are looked at one by one. */
const AnyEnvelope = Publication.extend({ items: z.array(z.unknown()).max(limits.itemsPerPublication) });

/**
 * Parses a publication in time that a hostile body cannot stretch: counts come first, and items are looked at only until
 * there are enough faults to report. (zod would make an issue, and for a union three, of each of a hundred thousand
 * bad values.)
 */
export function parsePublication(body: unknown): Parsed {
  const envelope = parseEnvelope(body);
  if (!envelope.ok) return envelope;

  const items: Item[] = [];
  const errors: ProblemError[] = [];
  let truncated = false;
  for (let index = 0; index < envelope.values.length; index++) {
    const value = envelope.values[index];
    if (isPlainItem(value)) {
      items.push(value);
      continue;
    }
    const parsed = parseItem(value);
    if (parsed.ok) {
      items.push(parsed.item);
      continue;
    }
    errors.push(
      ...parsed.problem.errors.map((error) => ({ ...error, pointer: `/items/${index}${error.pointer}` })),
    );
    truncated ||= parsed.problem.errorsTruncated === true;
    if (errors.length > limits.errorsPerProblem) break;
  }
  if (errors.length === 0) return { ok: true, publication: { ...envelope.rest, items } };
  const shown = errors.slice(0, limits.errorsPerProblem);
  truncated ||= errors.length > shown.length;
  return { ok: false, problem: truncated ? { errors: shown, errorsTruncated: true } : { errors: shown } };
}

type Envelope =
  | { readonly ok: true; readonly rest: Omit<Publication, 'items'>; readonly values: readonly unknown[] }
  | { readonly ok: false; readonly problem: ValidationErrors };

function parseEnvelope(body: unknown): Envelope {
  if (isPlainEnvelope(body)) {
    const { version, title, items, audience: said } = body;
    // Its fields in the schema's order, since digests see it.
    const audience: Audience =
      said?.type === 'segment' ? { type: 'segment', segment: said.segment } : { type: 'everyone' };
    return {
      ok: true,
      rest: title === undefined ? { version, audience } : { version, title, audience },
      values: items,
    };
  }
  const parsed = AnyEnvelope.safeParse(body);
  if (!parsed.success) return { ok: false, problem: validationErrors(parsed.error.issues) };
  const { items, ...rest } = parsed.data;
  return { ok: true, rest, values: items };
}

function parseItem(value: unknown): { ok: true; item: Item } | { ok: false; problem: ValidationErrors } {
  if (hasTooManyAttributes(value)) {
    const detail = `must hold at most ${limits.attributesPerItem} attributes`;
    return { ok: false, problem: { errors: [{ pointer: '/attributes', detail }] } };
  }
  const parsed = Item.safeParse(value);
  return parsed.success
    ? { ok: true, item: parsed.data }
    : { ok: false, problem: validationErrors(parsed.error.issues) };
}

function hasTooManyAttributes(value: unknown): boolean {
  const attributes = typeof value === 'object' && value !== null && 'attributes' in value && value.attributes;
  return (
    typeof attributes === 'object' &&
    attributes !== null &&
    Object.keys(attributes).length > limits.attributesPerItem
  );
}
