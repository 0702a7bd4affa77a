import { schema } from '../../ormconfig.js';

/** A migration's name, as the database keeps it. */
const nameOf = (migration: Function): string => new (migration as new () => { name: string })().name;

/** The migrations that are not applied yet, in order. */
export const pendingMigrations = (applied: readonly string[]): string[] =>
  schema.migrations.map(nameOf).filter((name) => !applied.includes(name));
