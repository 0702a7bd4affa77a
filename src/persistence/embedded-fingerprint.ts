import { existsSync, statSync } from 'node:fs';

/**
 * A database file as it stands at rest: another file, or one that anything was written to since, has another one. Null
 * where it is not known, or where it is not at rest: somebody has it open, or left it without closing it.
 */
export function fingerprintOf(file: string): string | null {
  const log = `${file}-wal`;
  if (!existsSync(file) || (existsSync(log) && statSync(log).size > 0)) return null;
  const { dev, ino, size, mtimeNs } = statSync(file, { bigint: true });
  return [dev, ino, size, mtimeNs].join(' ');
}
