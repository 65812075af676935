import { join } from 'node:path';

/** The path of one of our compiled entry files, which Node can run, also when this very file runs from `src` (jest). */
export function builtFile(path: string): string {
  return join(import.meta.dirname, '..', 'dist', path);
}
