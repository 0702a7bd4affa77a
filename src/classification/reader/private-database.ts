import type { DuckDBConnection } from '@duckdb/node-api';
import { OutOfMemory, TimeUp, type Watch } from './limits.js';
import type { Answered } from './tabular.js';

/** The library with its engine: tens of megabytes, loaded by the first file that is read. */
export const duckdb = () => import('@duckdb/node-api');

/** Bytes a private database may hold in memory, and its threads. */
export const MEMORY = { limit: '256MB', threads: '2' } as const;

/** No file is written, none is read, nothing is fetched, and no question can change that. */
const settings = (limit: string = MEMORY.limit): Record<string, string> => ({
  memory_limit: limit,
  threads: MEMORY.threads,
  temp_directory: '',
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
});

/** A private database that may read these files and nothing else. */
export async function privateDatabase(
  limit: string = MEMORY.limit,
  files: readonly string[] = [],
): Promise<{ readonly connection: DuckDBConnection; readonly close: () => void }> {
  const { DuckDBInstance } = await duckdb();
  const instance = await DuckDBInstance.create(':memory:', settings(limit));
  const connection = await instance.connect();
  await connection.run(`SET allowed_paths = [${files.map(quotedText).join(', ')}]; SET enable_external_access = false;
    SET lock_configuration = true`);
  const close = (): void => {
    connection.closeSync();
    instance.closeSync();
  };
  return { connection, close };
}

export const quotedText = (text: string): string => `'${text.replaceAll("'", "''")}'`;
export const quotedName = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** The longest time a timer can wait. */
const LONGEST = 2_147_483_647;

/**
 * Asks, and interrupts the question when the time is up or it is cancelled. What the database complains of may quote cells,
 * so only its kind is told on.
 */
export async function asked<Row extends Answered>(
  connection: DuckDBConnection,
  sql: string,
  watch: Watch,
): Promise<readonly Row[]> {
  watch.check();
  const interrupt = (): void => connection.interrupt();
  const timer =
    watch.left === Number.POSITIVE_INFINITY ? undefined : setTimeout(interrupt, Math.min(watch.left, LONGEST));
  watch.signal?.addEventListener('abort', interrupt, { once: true });
  try {
    return plain<Row>((await connection.runAndReadAll(sql)).getRowObjectsJS());
  } catch (error) {
    watch.check();
    throw toldOn(error);
  } finally {
    clearTimeout(timer);
    watch.signal?.removeEventListener('abort', interrupt);
  }
}

/** The kind of a complaint, without its text. */
export function toldOn(error: unknown): Error {
  const text = error instanceof Error ? error.message : '';
  if (/^Out of Memory/i.test(text)) return new OutOfMemory();
  if (/^INTERRUPT/i.test(text)) return new TimeUp();
  return new Error(
    `the private database refused a question: ${/^([A-Z][A-Za-z ]*) Error/.exec(text)?.[1] ?? 'unknown'}`,
  );
}

const plain = <Row extends Answered>(rows: readonly object[]): readonly Row[] =>
  rows.map((row) => {
    const cells = Object.entries(row).map(([key, value]) => [key, typeof value === 'bigint' ? Number(value) : value]);
    return Object.fromEntries(cells) as Row;
  });
