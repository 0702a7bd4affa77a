import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's folder, found upwards, so that compiled and direct runs agree. */
export const projectRoot: string = (() => {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'biome.json'))) folder = dirname(folder);
  return folder;
})();

export const inProject = (...parts: string[]): string => join(projectRoot, ...parts);
