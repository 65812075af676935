import type { Finding } from './finding.ts';
import type { SourceFile } from './sourceFile.ts';

/** What a command needs of its surroundings. */
export type Terminal = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  readonly fetch: typeof globalThis.fetch;
};

/** How a command ended, as CI sees it. */
export const exitCodes = {
  fine: 0,
  /** A file has faults, or the mediator refused it. */
  refused: 1,
  /** The command was called in a way that cannot work. */
  usage: 2,
  /** The mediator could not be reached, or is too busy: the same may succeed later. */
  away: 3,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export type Strictness = { readonly strict: boolean };

/** Tells what was found, and whether that is a reason to fail. */
export function tellFindings(
  { error }: Terminal,
  file: SourceFile,
  findings: readonly Finding[],
  { strict }: Strictness,
): boolean {
  for (const finding of findings) error(findingLine(file, finding));
  return findings.some(({ severity }) => strict || severity === 'error');
}

/** One line that editors and CI can follow: `widget.yaml:12:5: error: /spec/minItems: must be at most 50`. */
function findingLine({ path, locate }: SourceFile, { severity, pointer, detail }: Finding): string {
  const { line, column } = locate(pointer);
  return `${path}:${line}:${column}: ${severity}: ${pointer === '' ? '' : `${pointer}: `}${detail}`;
}
