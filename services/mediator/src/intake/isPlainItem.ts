import { Item, limits } from '@widget-mediator/contracts';

/**
 * Whether `value` is an item that is plainly so: nothing but known fields in the schema's order, all of it printable
 * ASCII. True implies that the schema accepts it as it is (a property test holds the two together); false says nothing,
 * and the schema decides. Most items are plain, and asking zod about each costs five times as much, most of it for
 * their attributes.
 */
export function isPlainItem(value: unknown): value is Item {
  if (!isRecord(value) || typeof value['id'] !== 'string' || typeof value['title'] !== 'string') return false;
  let next = 0;
  for (const field in value) {
    // The schema puts fields into its own order, and digests see the order.
    while (next < fields.length && fields[next]?.name !== field) next += 1;
    if (fields[next]?.isPlain(value[field]) !== true) return false;
    next += 1;
  }
  return true;
}

const visible = /^[!-~]{1,128}$/;
const printable = /^[ -~]*$/;
const visibleSomewhere = /[!-~]/;
const link = /^https:\/\/[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?(?:[/?#][!#-;=?-[\]_a-z~]*)?$/;
const name = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;

const isText = (max: number) => (value: unknown) =>
  typeof value === 'string' && value.length <= max && printable.test(value);
const isTitle = isHeading(300);
/** Whether a value is plainly a text of at most `max` characters with something to see in it. */
export function isHeading(max: number): (value: unknown) => value is string {
  return (value): value is string =>
    typeof value === 'string' && value.length <= max && printable.test(value) && visibleSomewhere.test(value);
}
const isId = (value: unknown) => typeof value === 'string' && visible.test(value);
const isLink = (value: unknown) => typeof value === 'string' && value.length <= 2048 && link.test(value);
const isFact = (value: unknown) => Number.isFinite(value) || typeof value === 'boolean' || isShortText(value);
const isShortText = isText(500);

const isPlain: Readonly<Record<keyof Item, (value: unknown) => boolean>> = {
  id: isId,
  title: isTitle,
  url: isLink,
  image: isLink,
  score: Number.isFinite,
  parent: isId,
  creator: isId,
  brand: isId,
  sponsored: (value) => typeof value === 'boolean',
  attributes: areAttributes,
};
const fields = Item.keyof().options.map((name) => ({ name, isPlain: isPlain[name] }));

function areAttributes(value: unknown): boolean {
  if (!isRecord(value)) return false;
  let count = 0;
  for (const key in value) {
    count += 1;
    if (count > limits.attributesPerItem || !name.test(key) || !isFact(value[key])) return false;
  }
  return true;
}

/** An object as JSON makes them: its own fields are all that it has. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
