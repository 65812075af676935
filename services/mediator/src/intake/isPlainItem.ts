import { type Item, limits } from '@widget-mediator/contracts';

/**
 * Whether `value` is an item that is plainly so: nothing but known fields, all of it printable ASCII. True implies that
 * the schema accepts it as it is (a property test holds the two together); false says nothing, and the schema decides.
 * Most items are plain, and asking zod about each costs six times as much, most of it for their attributes.
 */
export function isPlainItem(value: unknown): value is Item {
  if (!isRecord(value) || typeof value['id'] !== 'string' || typeof value['title'] !== 'string') return false;
  for (const field in value) {
    const isPlain = plain[field];
    if (isPlain === undefined || !isPlain(value[field])) return false;
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
const isTitle = (value: unknown) => isText(300)(value) && visibleSomewhere.test(String(value));
const isId = (value: unknown) => typeof value === 'string' && visible.test(value);
const isLink = (value: unknown) => typeof value === 'string' && value.length <= 2048 && link.test(value);
const isFact = (value: unknown) => Number.isFinite(value) || typeof value === 'boolean' || isShortText(value);
const isShortText = isText(500);

const plain: Readonly<Record<string, ((value: unknown) => boolean) | undefined>> = Object.assign(
  Object.create(null),
  {
    id: isId,
    title: isTitle,
    url: isLink,
    image: isLink,
    score: Number.isFinite,
    parent: isId,
    creator: isId,
    brand: isId,
    sponsored: (value: unknown) => typeof value === 'boolean',
    attributes: areAttributes,
  },
);

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
function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
