import { readFileSync } from 'node:fs';
import {
  type Alias,
  type Document,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from 'yaml';
import { errorAt, type Finding } from './finding.ts';
import { UsageError } from './usageError.ts';

export type Place = { readonly line: number; readonly column: number };

/** A file in YAML or JSON that was read, and where in it things are. */
export type SourceFile = {
  readonly path: string;
  readonly bytes: number;
  /** Undefined when it cannot be read as what it should be; then `faults` say why. */
  readonly value: unknown;
  readonly faults: readonly Finding[];
  /** Where a JSON Pointer leads, or as far as it does; lines and columns are counted from 1. */
  readonly locate: (pointer: string) => Place;
};

/** A manifest, in YAML, of which JSON is a part. @throws UsageError when there is no such file. */
export function readYaml(path: string): SourceFile {
  const text = readText(path);
  const { document, places } = parsed(text);
  // Its messages end in a drawing of the line, which the place already names.
  const faults = document.errors.map(({ message }) =>
    errorAt('', message.split(/ at line \d+/)[0] ?? message),
  );
  const [broken] = document.errors;
  const alias = firstAlias(document);
  const file = { path, bytes: Buffer.byteLength(text) };
  if (broken === undefined && alias === undefined) {
    return { ...file, value: document.toJS(), faults, locate: locator(document, places) };
  }
  const place = placeOf(places, broken?.pos[0] ?? alias?.range?.[0] ?? 0);
  const refused =
    broken === undefined ? [errorAt('', 'is an alias, which the mediator does not read')] : faults;
  return { ...file, value: undefined, faults: refused, locate: () => place };
}

function firstAlias(document: Document.Parsed): Alias | undefined {
  let first: Alias | undefined;
  visit(document, {
    Alias(_key, alias) {
      first = alias;
      return visit.BREAK;
    },
  });
  return first;
}

/** A publication, in JSON as the mediator would read it. @throws UsageError when there is no such file. */
export function readJsonFile(path: string): SourceFile {
  const text = readText(path);
  const file = { path, bytes: Buffer.byteLength(text) };
  // Read a second time only when there is something to look for.
  let find: SourceFile['locate'] | undefined;
  const locate = (pointer: string) => {
    find ??= locatorIn(text);
    return find(pointer);
  };
  try {
    return { ...file, value: JSON.parse(text), faults: [], locate };
  } catch (error) {
    const before = text.slice(0, faultIn(text, error)).split('\n');
    const place = { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
    return { ...file, value: undefined, faults: [errorAt('', 'is not JSON here')], locate: () => place };
  }
}

/** V8 names the position of most faults; of the others YAML may know better. */
function faultIn(text: string, error: unknown): number {
  const message = error instanceof Error ? error.message : '';
  const [, position] = /at position (\d+)/.exec(message) ?? [];
  if (position !== undefined) return Number(position);
  if (message.includes('end of JSON')) return text.length;
  return parsed(text).document.errors[0]?.pos[0] ?? 0;
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new UsageError(`${path} cannot be read (${code})`);
  }
}

type Parsed = { readonly document: Document.Parsed; readonly places: LineCounter };

/** JSON may say a name twice, which YAML may not. */
function parsed(text: string): Parsed {
  const places = new LineCounter();
  const isJson = /^\s*[{[]/.test(text);
  return { document: parseDocument(text, { lineCounter: places, uniqueKeys: !isJson }), places };
}

function placeOf(places: LineCounter, offset: number): Place {
  const { line, col } = places.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

function locatorIn(text: string): SourceFile['locate'] {
  const { document, places } = parsed(text);
  return locator(document, places);
}

function locator(document: Document.Parsed, places: LineCounter): SourceFile['locate'] {
  return (pointer) => {
    const [, ...path] = pointer.split('/');
    let offset = document.contents?.range[0] ?? 0;
    let node: unknown = document.contents;
    for (const name of path) {
      const found = childOf(node, name.replaceAll('~1', '/').replaceAll('~0', '~'));
      if (found === undefined) break;
      ({ offset, node } = found);
    }
    return placeOf(places, offset);
  };
}

type Found = { readonly offset: number; readonly node: unknown };

/** The name of a member stands where its line begins, which is what one looks for; of names that stand twice the last counts. */
function childOf(node: unknown, name: string): Found | undefined {
  if (isMap(node)) {
    const pair = node.items.findLast(({ key }) => isScalar(key) && String(key.value) === name);
    return pair && foundAt(pair.key, pair.value);
  }
  if (!isSeq(node)) return undefined;
  const item = node.items[Number(name)];
  return item === undefined ? undefined : foundAt(item, item);
}

function foundAt(placed: unknown, node: unknown): Found | undefined {
  const { range } = placed as Partial<Node>;
  return range ? { offset: range[0], node } : undefined;
}
