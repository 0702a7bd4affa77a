import type { DataSource, EntityManager, EntityMetadata, EntityTarget, ObjectLiteral } from 'typeorm';
import { canonicalJson } from '../kernel/canonical.js';
import { canonical, json } from './columns.js';
import { hashOfText, rowHash } from './row-hash.js';

type Cells = Readonly<Record<string, unknown>>;

/** How one column of a row in the database becomes a member of a row in memory. */
interface Member {
  readonly name: string;
  /** What stands before its value in the text of a row. */
  readonly start: string;
  readonly column: string;
  /** Undefined where the cell cannot be read. */
  readonly valueOf: (cell: unknown) => unknown;
  /** What stands there is the canonical text of the member already, unless it is older than that. */
  readonly isText: boolean;
}

/** A row as it stands in the database. */
export class StoredRow<Row> {
  constructor(
    private readonly kind: string,
    readonly row: Row,
    /** The members' texts as they stand, put together like the canonical text of a row. */
    private readonly text: () => string,
    /** False where a text is no JSON, which nobody but a hand writes: the member is null, and no hash is this row's. */
    readonly isReadable = true,
  ) {}

  /** For whoever does not hold it against the log: what nobody can read is no row. */
  get readable(): Row {
    if (!this.isReadable) throw new Error(`a row of kind ${this.kind} is not readable: a text in it is no JSON`);
    return this.row;
  }

  /**
   * Whether this row, to the letter, is what left the hash behind. Texts are taken as they stand: each of them is JSON
   * by itself, so together they are the canonical text of one row only. Those in another spelling, which were stored
   * before texts were canonical, are spelt anew.
   */
  isOf(hash: string | null | undefined): boolean {
    if (hash === null || hash === undefined || !this.isReadable) return false;
    return hashOfText(this.kind, this.text()) === hash || rowHash(this.kind, this.row as Cells) === hash;
  }
}

/** Reads whole rows by hand-written conditions: what an entity manager does for each cell takes longer than all of this. */
export class StoredRows<Row extends ObjectLiteral> {
  private readonly members: readonly Member[];
  private readonly select: string;

  constructor(
    private readonly kind: string,
    connection: DataSource,
    entity: EntityTarget<Row>,
  ) {
    const { driver } = connection;
    const { columns, tableName } = connection.getMetadata(entity);
    this.members = columns.map((column) => memberOf(connection, column)).sort((a, b) => (a.name < b.name ? -1 : 1));
    const names = columns.map(({ databaseName }) => driver.escape(databaseName));
    this.select = `SELECT ${names.join(', ')} FROM ${driver.escape(tableName)}`;
  }

  async where(manager: EntityManager, condition: string, values: readonly unknown[]): Promise<StoredRow<Row>[]> {
    const found = (await manager.query(`${this.select} WHERE ${condition}`, [...values])) as Cells[];
    return found.map((cells) => this.stored(cells));
  }

  private stored(cells: Cells): StoredRow<Row> {
    const row: Record<string, unknown> = {};
    let isReadable = true;
    for (const { name, column, valueOf } of this.members) {
      const value = valueOf(cells[column]);
      if (value === undefined) isReadable = false;
      row[name] = value ?? null;
    }
    return new StoredRow(this.kind, row as Row, () => this.textOf(row, cells), isReadable);
  }

  private textOf(row: Readonly<Record<string, unknown>>, cells: Cells): string {
    let text = '';
    for (const { name, start, column, isText } of this.members) {
      const value = row[name];
      if (value === null) continue;
      text += text === '' ? start : `,${start}`;
      text += isText ? (cells[column] as string) : canonicalJson(value);
    }
    return `{${text}}`;
  }
}

function memberOf({ driver }: DataSource, column: EntityMetadata['columns'][number]): Member {
  const isText = column.transformer === canonical;
  const isJson = isText || column.transformer === json;
  const plain = (cell: unknown): unknown => driver.prepareHydratedValue(cell, column) ?? null;
  const name = column.propertyName;
  return {
    name,
    start: `${JSON.stringify(name)}:`,
    column: column.databaseName,
    valueOf: isJson ? parsed : plain,
    isText,
  };
}

function parsed(cell: unknown): unknown {
  if (cell === null || cell === undefined) return null;
  try {
    return JSON.parse(cell as string);
  } catch {
    return undefined;
  }
}
