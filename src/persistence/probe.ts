import type { EntityManager } from 'typeorm';
import type { Instant } from '../kernel/time.js';
import type { Database } from './database.js';

/** A setting of the database server that decides whether acknowledged writes survive, and what it has to be. */
export interface DatabaseFlag {
  readonly name: string;
  readonly value: string;
  readonly wanted: string;
  readonly holds: boolean;
}

/** How a database stands, for `tiergate doctor`. */
export interface DatabaseProbe {
  readonly flags: readonly DatabaseFlag[];
  /** The database's own clock; `null` where it has none of its own. */
  readonly clock: Instant | null;
}

const flag = (name: string, value: unknown, wanted: string, holds = String(value) === wanted): DatabaseFlag => ({
  name,
  value: String(value),
  wanted,
  holds,
});

async function embeddedFlags(manager: EntityManager): Promise<DatabaseFlag[]> {
  const [journal] = await manager.query('PRAGMA journal_mode');
  return [flag('journal_mode', journal?.journal_mode, 'wal')];
}

async function serverFlags(manager: EntityManager): Promise<DatabaseFlag[]> {
  const [row] = await manager.query(
    'SELECT @@innodb_flush_log_at_trx_commit AS flushing, @@innodb_doublewrite AS doublewrite',
  );
  const doublewrite = String(row.doublewrite);
  return [
    flag('innodb_flush_log_at_trx_commit', row.flushing, '1'),
    flag('innodb_doublewrite', doublewrite, 'ON', doublewrite === '1' || doublewrite === 'ON'),
  ];
}

/** The settings without which a write that was acknowledged may be lost, where they do not hold. */
export async function lossyFlags(database: Database): Promise<readonly DatabaseFlag[]> {
  // An embedded database in memory has no journal and loses everything by intent.
  if (database.dialect === 'sqlite') return [];
  return (await database.read(serverFlags)).filter(({ holds }) => !holds);
}

async function probeEmbedded(manager: EntityManager): Promise<DatabaseProbe> {
  const [check] = await manager.query('PRAGMA quick_check(1)');
  return { flags: [...(await embeddedFlags(manager)), flag('quick_check', check?.quick_check, 'ok')], clock: null };
}

async function probeServer(manager: EntityManager): Promise<DatabaseProbe> {
  return { flags: await serverFlags(manager), clock: await serverTime(manager) };
}

async function serverTime(manager: EntityManager): Promise<Instant> {
  const [row] = await manager.query('SELECT CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS UNSIGNED) AS now');
  return Number(row.now);
}

/** Looks at the settings and the clock of the database. */
export const probe = (database: Database): Promise<DatabaseProbe> =>
  database.read((manager) => (database.dialect === 'sqlite' ? probeEmbedded(manager) : probeServer(manager)));

/** The time of a database server; null where the database is in this process and has none of its own. */
export async function timeOf(database: Database): Promise<Instant | null> {
  if (database.dialect === 'sqlite') return null;
  return database.read(serverTime);
}
