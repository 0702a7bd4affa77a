import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Config } from './config.js';
import { ConfigFault } from './load-config.js';

const SHORTEST = 32;

/**
 * The key that seals signing keys in the database: from the environment, from a file, or, in demo mode only, from a
 * file made beside the embedded database (readable by its owner alone).
 */
export function readSecret(config: Config): string {
  if (config.secret !== undefined) return config.secret;
  if (config.secretFile !== undefined) return fromFile(resolve(config.secretFile));
  if (config.databaseUrl === 'sqlite::memory:') return randomBytes(48).toString('base64');
  const file = demoFile(config);
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, randomBytes(48).toString('base64'), { mode: 0o600, flag: 'wx' });
  }
  return fromFile(file);
}

const demoFile = ({ databaseUrl }: Config): string =>
  databaseUrl.startsWith('sqlite:')
    ? `${resolve(databaseUrl.slice('sqlite:'.length))}.secret`
    : resolve('./data/demo.secret');

function fromFile(file: string): string {
  const secret = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
  if (secret.length >= SHORTEST) return secret;
  throw new ConfigFault([`TIERGATE_SECRET_FILE: ${file} must hold at least ${SHORTEST} characters`]);
}
