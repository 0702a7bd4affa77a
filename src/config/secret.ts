import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Config } from './config.js';

/**
 * The key that seals signing keys in the database: the one that was set, or, in demo mode only, one made beside the
 * embedded database (readable by its owner alone).
 */
export function readSecret(config: Config): string {
  if (config.secret !== undefined) return config.secret;
  if (config.databaseUrl === 'sqlite::memory:') return randomBytes(48).toString('base64');
  const file = demoFile(config);
  if (!existsSync(file)) makeDemoFile(file);
  return readFileSync(file, 'utf8').trim();
}

/** Whole or not at all, and the first of two that start at once wins. */
function makeDemoFile(file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, randomBytes(48).toString('base64'), { mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
}

const demoFile = ({ databaseUrl }: Config): string =>
  databaseUrl.startsWith('sqlite:')
    ? `${resolve(databaseUrl.slice('sqlite:'.length))}.secret`
    : resolve('./data/demo.secret');
