import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The built example services: the folders of services/recommenders with a dist/main.js, by name. */
export async function findRecommenders(root: string): Promise<string[]> {
  const folder = join(root, 'services', 'recommenders');
  if (!existsSync(folder)) return [];
  const names = await readdir(folder);
  return names.filter((name) => existsSync(join(folder, name, 'dist', 'main.js'))).sort();
}
