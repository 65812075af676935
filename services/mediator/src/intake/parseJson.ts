import { parse } from 'secure-json-parse';

/** Why bytes could not be read as JSON; both are problem codes. */
export class JsonError extends Error {
  readonly code: 'malformed-json' | 'forbidden-key';

  constructor(code: 'malformed-json' | 'forbidden-key') {
    super(code);
    this.code = code;
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * One JSON text (RFC 8259) from untrusted bytes. Invalid UTF-8 and anything that could reach a prototype
 * (`__proto__`, `constructor.prototype`) are refused. Of duplicate keys the last wins, as in `JSON.parse`.
 * Throws {@link JsonError}.
 */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return parse(utf8.decode(bytes), null, { protoAction: 'error', constructorAction: 'error' });
  } catch (error) {
    const forbidden = error instanceof SyntaxError && error.message.includes('forbidden prototype');
    throw new JsonError(forbidden ? 'forbidden-key' : 'malformed-json');
  }
}
