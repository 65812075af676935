import { componentSchemas } from '../packages/contracts/src/index.ts';
import { code, type JsonSchema, typeInWords } from './jsonSchemaType.ts';

export interface TableOptions {
  /** Schemas that have a table of their own: they are named, not opened. */
  readonly elsewhere?: readonly string[];
  /** An answer has no defaults, and its reader needs to know only what may be absent. */
  readonly isAnswer?: boolean;
}

/** One field: its dotted path, its type in words, what absence means, what it is for. */
type Row = readonly [path: string, type: string, absent: string, meaning: string];

/** A table of every field of a schema of the contract, nested ones by their dotted path. */
export function schemaTable(id: string, { elsewhere = [], isAnswer = false }: TableOptions = {}): string {
  const schemas = componentSchemas() as Readonly<Record<string, JsonSchema>>;
  const rows = fieldsOf(resolve(`#/components/schemas/${id}`), '');
  const lines = rows.map(([path, type, absent, meaning]) =>
    isAnswer
      ? `| ${path} | ${absent === '' ? `${type}, optional` : type} | ${meaning} |`
      : `| ${path} | ${type} | ${absent} | ${meaning} |`,
  );
  const head = isAnswer
    ? ['| field | is | meaning |', '| --- | --- | --- |']
    : ['| field | is | if absent | meaning |', '| --- | --- | --- | --- |'];
  return [...head, ...lines].join('\n');

  function resolve(reference: string): JsonSchema {
    const found = schemas[nameOf(reference)];
    if (found === undefined) throw new Error(`the contract has no schema ${reference}`);
    return found;
  }

  function followed(schema: JsonSchema): JsonSchema {
    const { $ref, ...own } = schema;
    const whole = $ref === undefined ? own : { ...followed(resolve($ref)), ...own };
    return whole.anyOf === undefined ? whole : { ...whole, anyOf: whole.anyOf.map(followed) };
  }

  function fieldsOf(schema: JsonSchema, parent: string): Row[] {
    return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
      const isNeeded = schema.required?.includes(name) === true;
      return rowsOf(`${parent}${name}`, field, isNeeded ? 'needed' : '');
    });
  }

  function rowsOf(path: string, field: JsonSchema, need: string): Row[] {
    const schema = followed(field);
    const element = schema.items ?? field;
    const isClosed = element.$ref !== undefined && elsewhere.includes(nameOf(element.$ref));
    const absent = 'default' in schema ? defaultInWords(schema.default) : need;
    const meaning = schema.description ?? '';
    const own: Row[] = meaning === '' ? [] : [[code(path), typeInWords(schema), absent, meaning]];
    if (isClosed) return own;
    if (schema.items !== undefined) return [...own, ...fieldsOf(followed(schema.items), `${path}[].`)];
    const variants = schema.oneOf ?? schema.anyOf;
    if (variants !== undefined) return [...own, ...variantRows(path, variants.map(followed))];
    return [...own, ...fieldsOf(schema, `${path}.`)];
  }

  /** Where one field tells the variants apart, the fields of each are marked with its value. */
  function variantRows(path: string, variants: readonly JsonSchema[]): Row[] {
    const [tag] = Object.entries(variants[0]?.properties ?? {}).find(([, { const: only }]) => only) ?? [];
    const fields = variants.flatMap((variant) => {
      const value = tag === undefined ? undefined : variant.properties?.[tag]?.const;
      return fieldsOf(variant, `${path}.`)
        .filter(([field]) => field !== code(`${path}.${tag}`))
        .map(([field, ...rest]): Row => [typeof value === 'string' ? `${field} (${value})` : field, ...rest]);
    });
    if (tag === undefined) return fields;
    const values = variants.map(({ properties }) => code(properties?.[tag]?.const)).join(', ');
    return [[code(`${path}.${tag}`), values, 'needed', 'Which of these it is.'], ...fields];
  }
}

const nameOf = (reference: string): string => reference.replace('#/components/schemas/', '');

function defaultInWords(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(code).join(', ');
  const isEmpty = typeof value === 'object' && JSON.stringify(value) === '{}';
  return isEmpty ? 'the defaults below' : code(value);
}
