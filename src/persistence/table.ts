import { type DataSource, type EntityTarget, In, type ObjectLiteral } from 'typeorm';
import { insertRows, rewriteRows } from './insert-rows.js';
import { places } from './places.js';
import { changedTexts, hashOfTexts, type RowTexts, rowTexts, textOfRow } from './row-hash.js';
import { StoredRow, StoredRows } from './stored-row.js';
import type { Reader, Transaction } from './transaction.js';

export interface Versioned extends ObjectLiteral {
  id: string;
  version: number;
}

/** Someone else changed the row since it was read: the unit of work runs again from its reads. */
export class LostUpdate extends Error {}

const CHUNK = 200;

/**
 * A table whose every change the log names: rows go in and out as plain objects, an update checks the version it
 * started from. `kind` is the word the log uses for its rows.
 */
export class Table<Row extends Versioned> {
  private readonly readings = new WeakMap<DataSource, StoredRows<Row>>();

  constructor(
    readonly kind: string,
    readonly entity: EntityTarget<Row>,
  ) {}

  async find(reader: Reader, id: string): Promise<Row | null> {
    return (await this.findMany(reader, [id]))[0] ?? null;
  }

  async findMany(reader: Reader, ids: readonly string[]): Promise<Row[]> {
    return (await this.findStored(reader, ids)).map((stored) => stored.readable);
  }

  /** Rows by a hand-written condition, in which columns have their names in the database. */
  async where(reader: Reader, condition: string, values: readonly unknown[]): Promise<Row[]> {
    return (await this.stored(reader).where(reader.manager, condition, values)).map((stored) => stored.readable);
  }

  /** Which of these ids have a row. */
  async present(reader: Reader, ids: readonly string[]): Promise<ReadonlySet<string>> {
    const present = new Set<string>();
    for (let start = 0; start < ids.length; start += CHUNK) {
      const where = { id: In(ids.slice(start, start + CHUNK)) } as never;
      for (const { id } of await reader.manager.find(this.entity, { select: { id: true } as never, where }))
        present.add(id);
    }
    return present;
  }

  async insert(tx: Transaction, rows: readonly Row[]): Promise<void> {
    await insertRows(tx.manager, this.entity, rows);
    for (const row of rows) tx.wrote(this.kind, row.id, this.hash(tx, row));
  }

  /** Writes the row as its next version and returns it; throws LostUpdate when the stored version is another. */
  async update(tx: Transaction, row: Row): Promise<Row> {
    const [next] = await this.updateMany(tx, [row]);
    return next as Row;
  }

  /** Writes each row as its next version, all of them held against what is stored by one reading. */
  async updateMany(tx: Transaction, rows: readonly Row[]): Promise<Row[]> {
    await this.noteFound(
      tx,
      rows.filter(({ id }) => !tx.hasWritten(this.kind, id)),
    );
    const written = rows.map((row) => ({ ...row, version: row.version + 1 }));
    const [first, ...more] = written;
    if (first !== undefined && more.length === 0) {
      const { id: _, ...columns } = this.plain(tx, first);
      await this.write(tx, [first.id], first.version - 1, columns);
    } else await rewriteRows(tx, this.entity, written);
    for (const row of written) tx.wrote(this.kind, row.id, this.hash(tx, row));
    this.remember(tx, written);
    return written;
  }

  /**
   * Makes the same change to rows as this command read them, each becoming its next version, with one statement for each
   * version they stand at. Other columns are not written: what somebody edited meanwhile stays, and is told by the log.
   * Throws LostUpdate when the stored version of one is another.
   */
  async changeMany(tx: Transaction, rows: readonly Row[], change: Partial<Row>): Promise<void> {
    for (const version of new Set(rows.map((row) => row.version))) {
      const same = rows.filter((row) => row.version === version);
      const changed = { ...change, version: version + 1 };
      const texts = same.map((row) => rowTexts(this.plain(tx, row)));
      for (const [at, { id }] of same.entries()) {
        const found = hashOfTexts(this.kind, texts[at] as RowTexts);
        this.found(tx, id, (hash) => hash === found);
      }
      const ids = same.map(({ id }) => id);
      await this.write(tx, ids, version, changed);
      for (const [at, id] of ids.entries())
        tx.wrote(this.kind, id, hashOfTexts(this.kind, changedTexts(texts[at] as RowTexts, changed)));
    }
  }

  /** What stands in the database, not what the command believes: somebody may have edited it in between. */
  private async noteFound(tx: Transaction, rows: readonly Row[]): Promise<void> {
    const ids = rows.map(({ id }) => id);
    // Rows that are rewritten together are held from here on: no version is looked at again when they are.
    const isHeld = ids.length === 1 || tx.holds(this.kind, ids);
    const stored = isHeld ? await this.findStored(tx, ids) : await this.findLocked(tx, ids);
    const versions = new Map(stored.map(({ readable: { id, version } }) => [id, version]));
    for (const { id, version } of rows) if (versions.get(id) !== version) throw new LostUpdate(`${this.kind} ${id}`);
    for (const one of stored) this.found(tx, one.row.id, (hash) => one.isOf(hash));
  }

  private findLocked(tx: Transaction, ids: readonly string[]): Promise<StoredRow<Row>[]> {
    return this.storedBy(tx, ids, tx.dialect === 'mysql' ? 'ORDER BY id FOR UPDATE' : '');
  }

  private found(tx: Transaction, id: string, isOf: (hash: string | null | undefined) => boolean): void {
    if (!tx.hasWritten(this.kind, id)) tx.found(this.kind, id, isOf);
  }

  private async write(tx: Transaction, ids: readonly string[], version: number, columns: object): Promise<void> {
    for (let start = 0; start < ids.length; start += CHUNK) {
      const part = ids.slice(start, start + CHUNK);
      const { affected } = await tx.manager.update(this.entity, { id: In(part), version } as never, columns as never);
      if (affected !== part.length) throw new LostUpdate(`${this.kind} ${part.join(' ')}`);
    }
  }

  private hash(reader: Reader, row: Row): string {
    return hashOfTexts(this.kind, rowTexts(this.plain(reader, row)));
  }

  /** Rows after an id, in order of id; for filling indexes. */
  async scan(reader: Reader, afterId: string, limit: number): Promise<Row[]> {
    return (await this.scanStored(reader, afterId, limit)).map(({ row }) => row);
  }

  /** The same as they stand, to be held against the log. */
  scanStored(reader: Reader, afterId: string, limit: number): Promise<StoredRow<Row>[]> {
    return this.stored(reader).where(reader.manager, `id > ? ORDER BY id LIMIT ${Math.trunc(limit)}`, [afterId]);
  }

  /** Rows by their ids as they stand, to be held against the log. Those that a command holds stand still: read once. */
  async findStored(reader: Reader, ids: readonly string[]): Promise<StoredRow<Row>[]> {
    if (!reader.holds(this.kind, ids)) return this.storedBy(reader, ids, '');
    const held = await reader.known.recallRows([this.kind], this.heldRows, ids, async (missing) =>
      (await this.storedBy(reader, missing, '')).map((stored) => ({ id: stored.row.id, stored })),
    );
    return held.map(({ stored }) => stored);
  }

  /** What a command wrote to rows that it holds stands there until it writes to them again. */
  private remember(tx: Transaction, rows: readonly Row[]): void {
    const held = rows.filter(({ id }) => tx.holds(this.kind, [id]));
    const known = held.map((row) => ({ id: row.id, stored: this.asStored(tx, this.plain(tx, row) as Row) }));
    tx.known.noteRows([this.kind], this.heldRows, known);
  }

  private get heldRows(): string {
    return `${this.kind} held`;
  }

  private async storedBy(reader: Reader, ids: readonly string[], clause: string): Promise<StoredRow<Row>[]> {
    const rows = this.stored(reader);
    const found: StoredRow<Row>[] = [];
    for (let start = 0; start < ids.length; start += CHUNK) {
      const part = ids.slice(start, start + CHUNK);
      found.push(...(await rows.where(reader.manager, `id IN (${places(part)}) ${clause}`, part)));
    }
    return found;
  }

  /** A row that was read by another way, as this one would have read it. */
  asStored(reader: Reader, row: Row): StoredRow<Row> {
    return new StoredRow(this.kind, row, () => textOfRow(rowTexts(this.plain(reader, row))));
  }

  private stored({ manager: { connection } }: Reader): StoredRows<Row> {
    const known = this.readings.get(connection);
    if (known !== undefined) return known;
    const reading = new StoredRows(this.kind, connection, this.entity);
    this.readings.set(connection, reading);
    return reading;
  }

  /** The row as the log hashes it: exactly the table's columns. */
  plain(reader: Reader, row: Row): Record<string, unknown> {
    const columns = reader.manager.connection.getMetadata(this.entity).columns;
    return Object.fromEntries(
      columns.map((column) => [column.propertyName, (row as Record<string, unknown>)[column.propertyName] ?? null]),
    );
  }
}
