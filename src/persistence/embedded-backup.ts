import { EmbeddedConnection } from './embedded-connection.js';

/** Writes the embedded database, as it stands at this moment, into a new file; also while a server writes to it. */
export function backUpEmbedded(file: string, target: string): void {
  const connection = new EmbeddedConnection(file);
  try {
    connection.prepare('VACUUM INTO ?').run(target);
  } finally {
    connection.close();
  }
}
