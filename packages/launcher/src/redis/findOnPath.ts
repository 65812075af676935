import { access, constants } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';

/** The first executable of one of these names in the folders of a PATH, names tried in order; undefined if none. */
export async function findOnPath<Name extends string>(
  names: readonly Name[],
  path: string,
): Promise<{ readonly name: Name; readonly file: string } | undefined> {
  const folders = path.split(delimiter).filter(isAbsolute);
  for (const name of names) {
    for (const folder of folders) {
      const file = join(folder, name);
      if (await isExecutable(file)) return { name, file };
    }
  }
  return undefined;
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
