const numbers = new Set(['maturity', 'deadlineMs']);

/**
 * The query of `GET /v1/homepage` as the value that `POST` would send, still to be validated: numbers and `true` are
 * read, `segments` is split at commas. What cannot be read is passed on as it is, so that validation names it.
 */
export function homepageQuery(query: string): unknown {
  // Without a prototype, so that a parameter named __proto__ is a parameter like any other unknown one.
  const value: Record<string, unknown> = Object.create(null);
  for (const [name, text] of new URLSearchParams(query)) {
    value[name] = name in value ? [value[name], text] : readParameter(name, text);
  }
  return value;
}

function readParameter(name: string, text: string): unknown {
  if (name === 'segments') return text === '' ? [] : text.split(',');
  if (name === 'explain') return text === 'true' ? true : text === 'false' ? false : text;
  if (numbers.has(name)) return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
  return text;
}
