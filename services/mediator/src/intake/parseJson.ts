import { isAscii } from 'node:buffer';
import { parse } from 'secure-json-parse';
import { forbiddenKeyIn } from './forbiddenKey.ts';

/** Why bytes could not be read as JSON; both are problem codes. */
export class JsonError extends Error {
  readonly code: 'malformed-json' | 'forbidden-key';
  /** Where the key stands, or a place on the way to it, as a JSON Pointer. */
  readonly pointer: string | undefined;

  constructor(code: 'malformed-json' | 'forbidden-key', pointer?: string) {
    super(code);
    this.code = code;
    this.pointer = pointer;
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * One JSON text (RFC 8259) from untrusted bytes. Invalid UTF-8 and anything that could reach a prototype
 * (`__proto__`, `constructor.prototype`) are refused. Of duplicate keys the last wins, as in `JSON.parse`.
 * Throws {@link JsonError}.
 */
export function parseJson(bytes: Uint8Array): unknown {
  return parseJsonText(textOf(bytes));
}

/** The same from text. */
export function parseJsonText(text: string): unknown {
  try {
    return mayReachPrototypes(text)
      ? parse(text, null, { protoAction: 'error', constructorAction: 'error' })
      : JSON.parse(text);
  } catch (error) {
    const forbidden = error instanceof SyntaxError && error.message.includes('forbidden prototype');
    throw forbidden
      ? new JsonError('forbidden-key', forbiddenKeyIn(JSON.parse(text)))
      : new JsonError('malformed-json');
  }
}

/** The same, or undefined, which is no JSON value, when it cannot be read. */
export function parsedOrNothing(bytes: Uint8Array): unknown {
  try {
    return parseJson(bytes);
  } catch (error) {
    if (error instanceof JsonError) return undefined;
    throw error;
  }
}

/** Most bodies are ASCII, which needs no decoding. */
function textOf(bytes: Uint8Array): string {
  if (isAscii(bytes)) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  try {
    return utf8.decode(bytes);
  } catch {
    throw new JsonError('malformed-json');
  }
}

/** Whether a closer look is needed: looking for words is cheaper, and escapes could spell any. */
const mayReachPrototypes = (text: string): boolean =>
  text.includes('__proto__') || text.includes('constructor') || text.includes('\\u');
