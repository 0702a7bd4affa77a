import type { Connection, RowDataPacket } from 'mysql2/promise';
import { LIMITS, TimeUp, type Watch } from '../limits.js';
import type { TableFault } from '../rows.js';
import type { TabularColumn } from '../tabular.js';
import type { Mark } from '../text-pieces.js';
import { cellText } from './clean-cell.js';
import { codeOf, connectTo, type ServerAddress, ServerRefused, ServerTable, timeLimit } from './server-table.js';
import { matches, sqlName } from './sql-text.js';

/** Types that hold no text, dates or numbers: pictures, archives, shapes. */
const BINARY = /blob|binary|geometry|point|polygon|linestring|bit/i;

interface ColumnRow extends RowDataPacket {
  readonly name: string;
  readonly kind: string;
  readonly note: string;
}

/** One view of the table for all questions, and no way to write. */
async function begin(connection: Connection, watch: Watch): Promise<boolean> {
  const [[row]] = await connection.query<(RowDataPacket & { version: string })[]>('SELECT VERSION() AS version');
  const maria = /maria/i.test(row?.version ?? '');
  await connection.query("SET SESSION sql_mode = 'STRICT_ALL_TABLES', SESSION group_concat_max_len = 1024");
  if (watch.left !== Number.POSITIVE_INFINITY) await connection.query(timeLimit(maria, Math.max(1, watch.left)));
  await connection.query('START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY');
  return maria;
}

async function columnsOf(connection: Connection, { database }: ServerAddress, table: string): Promise<ColumnRow[]> {
  const [rows] = await connection.query<ColumnRow[]>(
    `SELECT COLUMN_NAME AS name, DATA_TYPE AS kind, COLUMN_COMMENT AS note FROM information_schema.COLUMNS
      WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? ORDER BY ORDINAL_POSITION`,
    [database, table],
  );
  return rows;
}

const headingOf = ({ name, note }: ColumnRow): string => (note === '' ? name : `${name} ${note}`).slice(0, 200);

/** Whether a mark stands in a name, a comment or a cell; the server stops at the first. */
async function isMarked(table: ServerTable, headings: readonly string[], mark: Mark): Promise<boolean> {
  if (mark === null) return false;
  if (headings.some((heading) => mark.test(heading))) return true;
  for (const { sql } of table.columns)
    if (
      (await table.ask(`SELECT 1 AS found FROM ${table.relation} WHERE ${matches(cellText(sql), mark)} LIMIT 1`))
        .length > 0
    )
      return true;
  return false;
}

async function opened(
  connection: Connection,
  address: ServerAddress,
  name: string,
  { watch, mark }: { readonly watch: Watch; readonly mark: Mark },
): Promise<ServerTable | TableFault> {
  const maria = await begin(connection, watch);
  const described = await columnsOf(connection, address, name);
  if (described.length === 0)
    return { code: 'no-such-table', detail: 'the database shows no table of that name to this user' };
  if (described.length > LIMITS.columns) return { code: 'too-many-columns', detail: `${described.length} columns` };
  const readable = described.filter(({ kind }) => !BINARY.test(kind));
  const columns: TabularColumn[] = readable.map((column) => ({ name: headingOf(column), sql: sqlName(column.name) }));
  const relation = `${sqlName(address.database)}.${sqlName(name)}`;
  const table = (rows: number): ServerTable =>
    new ServerTable(connection, address, maria, watch, relation, columns, rows);
  const [row] = await table(0).ask<{ n: number }>(`SELECT COUNT(*) AS n FROM ${relation}`);
  const counted = table(Number(row?.n ?? 0));
  if (await isMarked(counted, [name, ...described.map(headingOf)], mark))
    return { code: 'state-secret', detail: 'the table carries a secrecy mark' };
  return counted.rows === 0 ? { code: 'no-rows', detail: 'there is no row of data' } : counted;
}

/** Opens a table inside MySQL or MariaDB to ask it, its columns named with their comments; close it. Nothing is written, and no row is taken out. */
export async function openServerTable(
  address: ServerAddress,
  name: string,
  allowed: { readonly watch: Watch; readonly mark: Mark },
): Promise<ServerTable | TableFault> {
  const { watch } = allowed;
  const connection = await connectTo(address).catch((error: unknown) => codeOf(error));
  if (typeof connection === 'string')
    return { code: 'no-connection', detail: `the server does not let in: ${connection}` };
  connection.on('error', () => undefined);
  const outcome = await opened(connection, address, name, allowed).catch(async (error: unknown) => {
    await connection.end().catch(() => undefined);
    watch.check();
    throw error instanceof ServerRefused || error instanceof TimeUp ? error : new ServerRefused(codeOf(error));
  });
  if ('code' in outcome) await connection.end();
  return outcome;
}
