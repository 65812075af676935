/**
 * The query of `GET /v1/homepage` as the value that `POST` would send, still to be validated: numbers and `true` are
 * read, lists are split at commas. What cannot be read is passed on as it is, so that validation names it.
 */
export function homepageQuery(query: string): unknown {
  // Without a prototype, so that a parameter named __proto__ is a parameter like any other unknown one.
  const value: Record<string, unknown> = Object.create(null);
  for (const [name, text] of new URLSearchParams(query)) {
    const read = readers.get(name) ?? asText;
    value[name] = name in value ? [value[name], text] : read(text);
  }
  return value;
}

type Reader = (text: string) => unknown;

const asText: Reader = (text) => text;
const asNumber: Reader = (text) => (/^-?\d{1,15}(\.\d{1,15})?$/.test(text) ? Number(text) : text);
const asBoolean: Reader = (text) => (text === 'true' ? true : text === 'false' ? false : text);
const asListOf =
  (read: Reader): Reader =>
  (text) =>
    text === '' ? [] : text.split(',').map(read);

/** `id` or `id:hours`. An id may hold colons itself: what follows the last one are the hours. */
const asSeen: Reader = (text) => {
  const colon = text.lastIndexOf(':');
  return colon === -1
    ? { item: text }
    : { item: text.slice(0, colon), hoursAgo: asNumber(text.slice(colon + 1)) };
};

/** `placement:widget`. */
const asStoodThere: Reader = (text) => {
  const colon = text.indexOf(':');
  return colon === -1
    ? { placement: text }
    : { placement: text.slice(0, colon), widget: text.slice(colon + 1) };
};

const readers: ReadonlyMap<string, Reader> = new Map([
  ['maturity', asNumber],
  ['deadlineMs', asNumber],
  ['explain', asBoolean],
  ['segments', asListOf(asText)],
  ['dismissed', asListOf(asText)],
  ['seen', asListOf(asSeen)],
  ['lastPage', asListOf(asStoodThere)],
]);
