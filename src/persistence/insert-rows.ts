import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import { places } from './places.js';
import type { Reader } from './transaction.js';

/** Rows in one statement; with it, values stay far below what SQLite binds at once (32,766). */
const CHUNK = 200;

/**
 * Adds rows in few statements. The statement is written here and not by TypeORM's builder, which names and looks up a
 * parameter for every cell: that took longer than the database did.
 */
export const insertRows = (
  manager: EntityManager,
  entity: EntityTarget<ObjectLiteral>,
  rows: readonly object[],
): Promise<void> => inStatements(manager, entity, rows, 'INSERT');

/** The same; those that are there already stay as they are. */
export const insertMissingRows = (
  { manager, dialect }: Pick<Reader, 'manager' | 'dialect'>,
  entity: EntityTarget<ObjectLiteral>,
  rows: readonly object[],
): Promise<void> => inStatements(manager, entity, rows, dialect === 'mysql' ? 'INSERT IGNORE' : 'INSERT OR IGNORE');

/** Writes rows that are there, and locked, as they are given, in few statements: no other way takes several rows at once. */
export function rewriteRows(
  { manager, dialect }: Pick<Reader, 'manager' | 'dialect'>,
  entity: EntityTarget<ObjectLiteral>,
  rows: readonly object[],
): Promise<void> {
  const { driver } = manager.connection;
  const set = manager.connection
    .getMetadata(entity)
    .columns.filter(({ isPrimary }) => !isPrimary)
    .map(({ databaseName }) => driver.escape(databaseName))
    .map((name) => `${name} = ${dialect === 'mysql' ? `VALUES(${name})` : `excluded.${name}`}`);
  const otherwise = dialect === 'mysql' ? 'ON DUPLICATE KEY UPDATE' : 'ON CONFLICT (id) DO UPDATE SET';
  return inStatements(manager, entity, rows, 'INSERT', `${otherwise} ${set.join(', ')}`);
}

async function inStatements(
  manager: EntityManager,
  entity: EntityTarget<ObjectLiteral>,
  rows: readonly object[],
  insert: 'INSERT' | 'INSERT IGNORE' | 'INSERT OR IGNORE',
  ending = '',
): Promise<void> {
  const { driver } = manager.connection;
  const { columns, tableName } = manager.connection.getMetadata(entity);
  const names = columns.map(({ databaseName }) => driver.escape(databaseName)).join(', ');
  const row = `(${places(columns)})`;
  for (let start = 0; start < rows.length; start += CHUNK) {
    const part = rows.slice(start, start + CHUNK);
    const values = part.flatMap((row) =>
      columns.map(
        (column) => driver.preparePersistentValue((row as ObjectLiteral)[column.propertyName], column) ?? null,
      ),
    );
    await manager.query(
      `${insert} INTO ${driver.escape(tableName)} (${names}) VALUES ${part.map(() => row).join(', ')} ${ending}`,
      values,
    );
  }
}
