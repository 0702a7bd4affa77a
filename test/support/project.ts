import { execFileSync } from 'node:child_process';
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

/** Files the repository tracks or would track below a folder, sorted, relative to its root. */
export function projectFiles(folder: string, extension = ''): string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', folder], {
    cwd: projectRoot,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return listed
    .split('\0')
    .filter((file) => file !== '' && file.endsWith(extension) && existsSync(join(projectRoot, file)))
    .sort();
}
