import type { Database } from './database.js';
import { EmbeddedDatabase, type Schema } from './embedded-database.js';
import { ServerDatabase } from './server-database.js';

/** `sqlite:<file>`, `sqlite::memory:`, `mysql://…` or `mariadb://…`. */
export async function openDatabase(
  url: string,
  schema: Schema,
  options = { poolSize: 10, deadline: 8000 },
): Promise<Database> {
  if (url.startsWith('sqlite:')) return EmbeddedDatabase.open(url.slice('sqlite:'.length), schema);
  if (url.startsWith('mysql://') || url.startsWith('mariadb://')) return ServerDatabase.open(url, schema, options);
  throw new Error(`DATABASE_URL ${url.split(':')[0]}: is not known; use sqlite:<file>, mysql:// or mariadb://`);
}

/** Opens for reading only, also while a server runs on the embedded file. */
export async function openForReading(url: string, schema: Schema, deadline = 8000): Promise<Database> {
  if (url.startsWith('sqlite:')) return EmbeddedDatabase.openForReading(url.slice('sqlite:'.length), schema);
  return openDatabase(url, schema, { poolSize: 2, deadline });
}
