import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The `policies` folder of the installed product: beside the nearest package.json above this file. */
export function policiesFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) || !existsSync(join(folder, 'policies'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('the policies folder was not found beside package.json');
    folder = parent;
  }
  return join(folder, 'policies');
}
