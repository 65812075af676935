/** What of JSON Schema (2020-12) the contract and the settings make use of. */
export interface JsonSchema {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly oneOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly $ref?: string;
}

const slugPattern = '^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$';
const longestListOfValues = 7;

/** A schema's type and limits in a few plain words. References must have been followed. */
export function typeInWords(schema: JsonSchema): string {
  if (schema.const !== undefined) return code(schema.const);
  if (schema.enum !== undefined) return enumInWords(schema.enum);
  switch (schema.type ?? 'object') {
    case 'string':
      return stringInWords(schema);
    case 'integer':
      return `whole number${rangeInWords(schema)}`;
    case 'number':
      return `number${rangeInWords(schema)}`;
    case 'boolean':
      return '`true` or `false`';
    case 'array':
      return `list${countInWords(schema)}`;
    default:
      return [...new Set(schema.anyOf?.map(typeInWords) ?? ['object'])].join(' or ');
  }
}

export const code = (value: unknown): string =>
  `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;

const grouped = (value: number): string => value.toLocaleString('en');

/** The only long enumeration is that of the verdicts. */
const enumInWords = (values: readonly unknown[]): string =>
  values.length > longestListOfValues ? 'a [verdict](../verdicts.md)' : values.map(code).join(', ');

function stringInWords({ format, pattern, minLength, maxLength }: JsonSchema): string {
  if (format === 'uri') return 'URL';
  if (format === 'date-time') return 'time (RFC 3339)';
  if (pattern === slugPattern) return 'name';
  if (minLength !== undefined && minLength > 1) return `text, at least ${minLength} characters`;
  return maxLength === undefined ? 'text' : `text, at most ${grouped(maxLength)} characters`;
}

function rangeInWords({ minimum, maximum, exclusiveMinimum }: JsonSchema): string {
  const from = minimum === undefined || minimum <= Number.MIN_SAFE_INTEGER ? undefined : grouped(minimum);
  const to = maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER ? undefined : grouped(maximum);
  if (from !== undefined && to !== undefined) return `, ${from} to ${to}`;
  if (from !== undefined) return `, at least ${from}`;
  const above = exclusiveMinimum === undefined ? '' : `, above ${exclusiveMinimum}`;
  return to === undefined ? above : `${above}, at most ${to}`;
}

function countInWords({ minItems, maxItems }: JsonSchema): string {
  if (minItems !== undefined && maxItems !== undefined) return ` of ${minItems} to ${maxItems}`;
  return maxItems === undefined ? '' : ` of at most ${maxItems}`;
}
