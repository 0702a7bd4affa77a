import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { load } from 'js-yaml';
import type { UrlPattern } from './access/ports.js';

/** Reads `url-patterns.yaml`: which address stands for which distribution, for `GET /access/check`. */
export async function readUrlPatterns(folder: string): Promise<readonly UrlPattern[]> {
  const { patterns } = load(await readFile(join(folder, 'url-patterns.yaml'), 'utf8')) as {
    patterns: readonly UrlPattern[];
  };
  for (const { pattern, action } of patterns) {
    if (!pattern.startsWith('/')) throw new Error(`url-patterns.yaml: ${pattern} does not start with /`);
    if (!['download', 'api', 'sandbox'].includes(action))
      throw new Error(`url-patterns.yaml: ${pattern} has no known action`);
  }
  return patterns;
}
