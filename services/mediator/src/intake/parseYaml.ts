import { CORE_SCHEMA, load, YAMLException } from 'js-yaml';

/** Bytes could not be read as YAML. Its message says where, and never holds a word of them. */
export class YamlError extends Error {}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * As deep as a manifest may be, with room to spare. Without such a bound a parser runs out of stack, and what then becomes
 * of the process is not in our hands.
 */
const maxDepth = 20;

/**
 * One YAML 1.2 document from untrusted bytes, read with the core schema: maps, lists, text, numbers, booleans, null.
 * Aliases, tags beyond those and keys that stand twice are refused. Throws {@link YamlError}.
 */
export function parseYaml(bytes: Uint8Array): unknown {
  const text = textOf(bytes);
  try {
    return load(text, { schema: CORE_SCHEMA, maxDepth, maxAliases: 0 });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const { mark } = error;
    const isInside = mark !== undefined;
    throw new YamlError(
      isInside ? `cannot be read at line ${mark.line + 1}, column ${mark.column + 1}` : 'is not one document',
    );
  }
}

function textOf(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new YamlError('is not UTF-8');
  }
}
