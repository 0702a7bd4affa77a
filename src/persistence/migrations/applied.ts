import type { DataSource } from 'typeorm';

/** The database was made by a later version of the product than this one. */
export class NewerDatabase extends Error {
  constructor(readonly unknown: readonly string[]) {
    super(`the database is newer than this version of the product: it has ${unknown.join(', ')}`);
  }
}

/** The names of the migrations a database has, in order. */
export async function appliedNames(source: DataSource): Promise<readonly string[]> {
  const rows: { name: string }[] = await source.query('SELECT name FROM migrations ORDER BY id').catch(() => []);
  return rows.map(({ name }) => name);
}

/** Throws when the database has migrations this code does not know: it would misread what they left. */
export async function refuseNewer(source: DataSource): Promise<void> {
  const known = new Set(source.migrations.map(({ name }) => name));
  const unknown = (await appliedNames(source)).filter((name) => !known.has(name));
  if (unknown.length > 0) throw new NewerDatabase(unknown);
}
