import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { hashOf } from './file-hash.js';
import { headerOf } from './header.js';
import { LIMITS, OutOfMemory } from './limits.js';
import { asked, privateDatabase, quotedName, quotedText, toldOn } from './private-database.js';
import { PrivateTable } from './private-table.js';
import { PLAIN, type Reading, type Task } from './reading.js';
import type { TableFault } from './rows.js';
import type { Tabular, TabularColumn } from './tabular.js';
import { Marked } from './text-pieces.js';

/** A Parquet file that is asked where it lies: no cell is held but those a question needs. */
export interface OpenParquet {
  readonly table: Tabular;
  readonly reading: Reading;
  /** Hands every row on. */
  readonly pour: () => Promise<void>;
}

const BROKEN: TableFault = { code: 'broken-parquet', detail: 'the Parquet file is damaged, or cut off' };

/** A name for the file that no pattern of names can be read into; removed with `forget`. */
async function plainName(path: string): Promise<{ readonly name: string; readonly forget: () => Promise<void> }> {
  const full = resolve(path);
  if (!/[*?[\]{}]/.test(full)) return { name: full, forget: async () => undefined };
  const folder = await mkdtemp(join(tmpdir(), 'tiergate-parquet-'));
  const name = join(folder, 'table.parquet');
  await symlink(full, name);
  return { name, forget: () => rm(folder, { recursive: true, force: true }) };
}

/** Types of which two values are the same exactly where their texts are; for fractions they are not (NaN, -0). */
const EXACT = /^(BOOLEAN|U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|DATE|UUID|DECIMAL\(\d+,\d+\))$/;

/** Makes the view `cells` over the file, every cell as text, and names its columns as files of text do. */
async function viewed(connection: DuckDBConnection, name: string): Promise<Header | TableFault> {
  const from = `read_parquet(${quotedText(name)})`;
  const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${from}`);
  const own = described.getRows().map(([column]) => String(column));
  const types = described.getRows().map(([, type]) => String(type));
  if (own.length > LIMITS.columns)
    return { code: 'too-many-columns', detail: `${own.length} columns, at most ${LIMITS.columns}` };
  const { names, duplicates, unnamed } = headerOf(own);
  const columns = names.map((column, index): TabularColumn => {
    const sql = `c${index}`;
    return EXACT.test(types[index] ?? '') ? { name: column, sql, exact: `e${index}` } : { name: column, sql };
  });
  const cells = own.map((column, index) => `NULLIF(CAST(${quotedName(column)} AS VARCHAR), '') AS c${index}`);
  const exact = columns.flatMap((column, index) =>
    column.exact === undefined ? [] : [`${quotedName(own[index] ?? '')} AS ${column.exact}`],
  );
  await connection.run(`CREATE VIEW cells AS SELECT ${[...cells, ...exact].join(', ')} FROM ${from}`);
  return { columns, duplicateColumns: duplicates, unnamedColumns: unnamed };
}
interface Header {
  readonly columns: readonly TabularColumn[];
  readonly duplicateColumns: readonly string[];
  readonly unnamedColumns: readonly number[];
}

/** Looks for a mark in names and cells; the database stops at the first. */
async function search(connection: DuckDBConnection, { columns }: Header, { mark, watch }: Task): Promise<void> {
  if (mark === null) return;
  if (columns.some(({ name }) => mark.test(name))) throw new Marked();
  const list = columns.map(({ sql }) => sql).join(', ');
  const marked = `regexp_matches(concat_ws(chr(9), ${list}), ${quotedText(mark.source)})`;
  if ((await asked(connection, `SELECT 1 AS found FROM cells WHERE ${marked} LIMIT 1`, watch)).length > 0)
    throw new Marked();
}

async function pour(connection: DuckDBConnection, { columns }: Header, { sink, watch, file }: Task): Promise<void> {
  for (const { name } of columns) sink.column(name);
  const total = Math.max(1, await rowsOf(connection, watch));
  const result = await connection.stream(`SELECT ${columns.map(({ sql }) => sql).join(', ')} FROM cells`);
  let rows = 0;
  for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    for (const row of chunk.getRows()) await sink.row(row.map((cell) => (cell === null ? '' : String(cell))));
    rows += chunk.rowCount;
    watch.tell({ phase: 'reading', bytes: Math.floor((rows / total) * file.bytes), of: file.bytes });
  }
}

const rowsOf = async (connection: DuckDBConnection, watch: Task['watch']): Promise<number> =>
  (await asked<{ n: number }>(connection, 'SELECT count(*) AS n FROM cells', watch))[0]?.n ?? 0;

/** Opens a Parquet file as a table; close the table. */
export async function openParquet(task: Task): Promise<OpenParquet | TableFault> {
  const { file, watch } = task;
  const sha256 = await hashOf(file, watch);
  const { name, forget } = await plainName(file.path);
  const { connection, close } = await privateDatabase(task.memory, [name]);
  const end = async (): Promise<void> => {
    close();
    await forget();
  };
  try {
    const header = await viewed(connection, name);
    if ('code' in header) return await end().then(() => header);
    await search(connection, header, task);
    const rows = await rowsOf(connection, watch);
    const { columns, ...said } = header;
    if (rows === 0) return await end().then(() => ({ code: 'no-rows', detail: 'there is no row of data' }) as const);
    return {
      table: new PrivateTable(connection, watch, end, columns, rows),
      reading: {
        ...PLAIN,
        format: 'parquet',
        sha256,
        bytes: file.bytes,
        rows,
        brokenRows: 0,
        brokenCharacters: 0,
        ...said,
      },
      pour: () => pour(connection, header, task),
    };
  } catch (error) {
    await end();
    return faultOf(error);
  }
}

/** What the database says of a damaged file may quote it, so that it is not told on. */
function faultOf(error: unknown): TableFault {
  if (!(error instanceof Error)) throw error;
  if (['Marked', 'TimeUp', 'AbortError'].includes(error.name)) throw error;
  const known = toldOn(error);
  if (known instanceof OutOfMemory) throw known;
  return BROKEN;
}

/** Reads a Parquet file and hands its rows on. */
export async function readParquet(task: Task): Promise<Reading | TableFault> {
  const opened = await openParquet(task);
  if ('code' in opened) return opened;
  try {
    await opened.pour();
    return opened.reading;
  } catch (error) {
    return faultOf(error);
  } finally {
    await opened.table.close();
  }
}
