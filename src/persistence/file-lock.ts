import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { EmbeddedConnection } from './embedded-connection.js';

/** Another process holds the file: two writers would each believe to be alone. */
export class DatabaseInUse extends Error {}

/**
 * Holds `<file>-lock` for this process and gives how to let go. The lock is SQLite's own on a file of its own: the
 * system takes it back when the process ends, however it ends, so that no lock is left behind, and a process number that
 * another program (or the same container) was given again means nothing. The number inside only serves the message.
 */
export function lockFile(path: string): () => void {
  mkdirSync(dirname(path), { recursive: true });
  const lock = new EmbeddedConnection(path, { timeout: 0 });
  try {
    lock.exec(`BEGIN IMMEDIATE; PRAGMA user_version = ${process.pid}; COMMIT; BEGIN IMMEDIATE`);
    return () => lock.close();
  } catch (error) {
    const holder = holderOf(lock);
    lock.close();
    if (!/locked|busy/i.test((error as Error).message)) throw error;
    throw new DatabaseInUse(`process ${holder} holds ${path}`);
  }
}

function holderOf(lock: EmbeddedConnection): string {
  try {
    const [row] = lock.pragma('user_version') as { user_version: number }[];
    return String(row?.user_version);
  } catch {
    return '(another)';
  }
}
