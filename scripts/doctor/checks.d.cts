export interface Machine {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly cores: number;
  readonly freeBytes: number;
  /** How many example services there are. */
  readonly recommenders: number;
  /** The first executable of these names on PATH, or of these absolute paths. */
  find(names: readonly string[]): string | undefined;
  run(file: string, options: readonly string[]): { readonly ok: boolean; readonly output: string };
  isFree(port: number): Promise<boolean>;
}

export interface Check {
  readonly name: string;
  readonly status: 'ok' | 'missing' | 'optional-missing';
  readonly found: string;
  readonly neededFor: string;
  readonly get: { readonly debian: string; readonly macos: string };
}

export declare const CHROMIUM: readonly string[];
export declare const DEFAULT_PORTS: Readonly<Record<string, number>>;
/** Every check but Node's, in the order of the report. */
export declare function examine(machine: Machine): Promise<Check[]>;
