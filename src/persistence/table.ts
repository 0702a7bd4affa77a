import { type EntityTarget, In, MoreThan, type ObjectLiteral } from 'typeorm';
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
  constructor(
    readonly kind: string,
    readonly entity: EntityTarget<Row>,
  ) {}

  async find(reader: Reader, id: string): Promise<Row | null> {
    return reader.manager.findOneBy(this.entity, { id } as never);
  }

  async findMany(reader: Reader, ids: readonly string[]): Promise<Row[]> {
    const rows: Row[] = [];
    for (let start = 0; start < ids.length; start += CHUNK) {
      rows.push(...(await reader.manager.findBy(this.entity, { id: In(ids.slice(start, start + CHUNK)) } as never)));
    }
    return rows;
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
    for (let start = 0; start < rows.length; start += CHUNK) {
      await tx.manager
        .createQueryBuilder()
        .insert()
        .into(this.entity)
        .values(rows.slice(start, start + CHUNK) as never)
        .updateEntity(false)
        .execute();
    }
    for (const row of rows) tx.wrote(this.kind, row.id, this.plain(tx, row));
  }

  /** Writes the row as its next version and returns it; throws LostUpdate when the stored version is another. */
  async update(tx: Transaction, row: Row): Promise<Row> {
    const next = { ...row, version: row.version + 1 };
    const { id, ...columns } = this.plain(tx, next) as Row;
    if (!tx.hasWritten(this.kind, id)) await this.noteFound(tx, row);
    const result = await tx.manager.update(
      this.entity,
      { id: row.id, version: row.version } as never,
      columns as never,
    );
    if (result.affected !== 1) throw new LostUpdate(`${this.kind} ${id}`);
    tx.wrote(this.kind, row.id, { id, ...columns });
    return next;
  }

  /** What stands in the database, not what the command believes: somebody may have edited it in between. */
  private async noteFound(tx: Transaction, { id, version }: Row): Promise<void> {
    const stored = await tx.manager.findOneBy(this.entity, { id, version } as never);
    if (stored === null) throw new LostUpdate(`${this.kind} ${id}`);
    tx.found(this.kind, id, this.plain(tx, stored));
  }

  /** Rows after an id, in order of id; for verification and for filling indexes. */
  async scan(reader: Reader, afterId: string, limit: number): Promise<Row[]> {
    return reader.manager.find(this.entity, {
      where: { id: MoreThan(afterId) } as never,
      order: { id: 'ASC' } as never,
      take: limit,
    });
  }

  /** The row as the log hashes it: exactly the table's columns. */
  plain(reader: Reader, row: Row): Record<string, unknown> {
    const columns = reader.manager.connection.getMetadata(this.entity).columns;
    return Object.fromEntries(
      columns.map((column) => [column.propertyName, (row as Record<string, unknown>)[column.propertyName] ?? null]),
    );
  }
}
