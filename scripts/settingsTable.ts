import { code, type JsonSchema, typeInWords } from './jsonSchemaType.ts';

/** What of a zod schema a table needs: scripts have no zod of their own. */
interface Setting {
  readonly description?: string | undefined;
  safeParse(value: unknown): { readonly success: boolean; readonly data?: unknown };
  toJSONSchema(options: { io: 'input' | 'output'; unrepresentable: 'any' }): object;
}

/** The settings of a service, as its `config.ts` has them. */
export interface Settings {
  readonly shape: Readonly<Record<string, Setting>>;
}

/** A table of environment variables: what each means, its limits, and what holds when it is not set. */
export function settingsTable({ shape }: Settings): string {
  const rows = Object.entries(shape).map(([name, setting]) => {
    if (setting.description === undefined) throw new Error(`the setting ${name} does not say what it means`);
    return `| ${code(name)} | ${typeOf(setting)} | ${defaultOf(setting)} | ${setting.description} |`;
  });
  return ['| variable | is | default | meaning |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

/** What comes out of parsing has the limits; where that cannot be described (a transform), what goes in has them. */
function typeOf(setting: Setting): string {
  const describe = (io: 'input' | 'output') =>
    setting.toJSONSchema({ io, unrepresentable: 'any' }) as JsonSchema;
  return typeInWords({ ...describe('input'), ...describe('output') });
}

/** Asked of the schema itself, so that it is what really holds. */
function defaultOf(setting: Setting): string {
  const { success, data } = setting.safeParse(undefined);
  if (!success) return 'needed';
  return data === undefined || (Array.isArray(data) && data.length === 0) ? 'none' : code(data);
}
