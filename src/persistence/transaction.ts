import type { EntityManager } from 'typeorm';
import type { Instant } from '../kernel/time.js';
import type { NewEntry, RecordedEntry, RowMark } from './entry.js';
import { type LockKind, type LockMode, LockOrder, lockedTable } from './lock-order.js';
import { ok, type Result } from '../kernel/result.js';
import { places } from './places.js';
import { Recollection } from './recollection.js';

export type Dialect = 'sqlite' | 'mysql';

/** A view of the database for reading. Only `store/` folders look at `manager`. */
export class Reader {
  /** What it has read already of the rows others rest on. */
  readonly known = new Recollection();

  constructor(
    readonly manager: EntityManager,
    readonly dialect: Dialect,
    readonly now: Instant,
  ) {}

  /** Whether nobody else can change these rows until this ends: never so for whoever only reads. */
  holds(_kind: string, _ids: readonly string[]): boolean {
    return false;
  }

  /** An instant as a bound value of a hand-written condition. */
  instantValue(at: Instant): Date | string {
    return this.dialect === 'mysql' ? new Date(at) : new Date(at).toISOString().replace('T', ' ').replace('Z', '');
  }
}

type React = (tx: Transaction, entries: readonly RecordedEntry[]) => Promise<Result<void>>;

const REACTION_ROUNDS = 16;

/** A row that a command changed, as it found it. */
export interface FoundRow {
  readonly kind: string;
  readonly id: string;
  /** Whether this, to the letter, is the row that left the hash behind. */
  isOf(hash: string | null | undefined): boolean;
}

/** One command's transaction: an explicit argument, never ambient. */
export class Transaction extends Reader {
  private readonly order = new LockOrder();
  private readonly marks = new Map<string, RowMark>();
  /** Each row as it was before this command first changed it; `null` for a row it made. */
  private readonly before = new Map<string, FoundRow | null>();
  private readonly recorded: RecordedEntry[] = [];
  private settled = 0;

  constructor(
    manager: EntityManager,
    dialect: Dialect,
    now: Instant,
    private readonly react: React,
  ) {
    super(manager, dialect, now);
  }

  /** Locks rows in the one global order (lock-order.ts); on the embedded store the writer's mutex already holds all. */
  async lock(kind: LockKind, ids: readonly string[], mode: LockMode = 'update'): Promise<void> {
    const missing = this.order.admit(kind, ids, mode);
    if (this.dialect !== 'mysql' || missing.length === 0) return;
    const clause = mode === 'update' ? 'FOR UPDATE' : 'LOCK IN SHARE MODE';
    await this.manager.query(
      `SELECT id FROM ${lockedTable(kind)} WHERE id IN (${places(missing)}) ORDER BY id ${clause}`,
      [...missing],
    );
    this.known.changed(kind);
  }

  override holds(kind: string, ids: readonly string[]): boolean {
    return ids.every((id) => this.order.holds(kind, id, 'update'));
  }

  /** Whether this command has changed the row already: what it finds there now is its own. */
  hasWritten(kind: string, id: string): boolean {
    return this.before.has(`${kind}\n${id}`);
  }

  /** Notes a row before this command changes it; the log admits the change only if it knows that row. */
  found(kind: string, id: string, isOf: FoundRow['isOf']): void {
    this.before.set(`${kind}\n${id}`, { kind, id, isOf });
  }

  /** The rows this command changed, as it found them. */
  get foundRows(): readonly FoundRow[] {
    return [...this.before.values()].filter((row) => row !== null);
  }

  /** Notes the hash of a row this command leaves behind; the next entry names it. */
  wrote(kind: string, id: string, hash: string | null): void {
    const key = `${kind}\n${id}`;
    if (!this.before.has(key)) this.before.set(key, null);
    this.marks.set(key, { kind, id, hash });
    this.known.changed(kind);
  }

  /**
   * Tells the log what happened. Rows written since the entry before are named by this one; where `only` is given (rows
   * were written in bulk), those rows, and the others wait for an entry of their own.
   */
  append(entry: NewEntry, only?: readonly { readonly kind: string; readonly id: string }[]): void {
    const keys = only === undefined ? [...this.marks.keys()] : only.map(({ kind, id }) => `${kind}\n${id}`);
    const rows = keys.flatMap((key) => this.marks.get(key) ?? []);
    for (const key of keys) this.marks.delete(key);
    this.recorded.push({ ...entry, rows });
  }

  /** The entries so far, in order. */
  get entries(): readonly RecordedEntry[] {
    return this.recorded;
  }

  /**
   * Runs what follows from the entries so far. The unit does so before it commits; a command does so before it looks at
   * what it answers, so that the answer shows it.
   */
  async settle(): Promise<Result<void>> {
    for (let round = 0; round < REACTION_ROUNDS; round++) {
      const fresh = this.recorded.slice(this.settled);
      if (fresh.length === 0) return ok(undefined);
      this.settled += fresh.length;
      const outcome = await this.react(this, fresh);
      if (!outcome.ok) return outcome;
    }
    throw new Error('reactions do not come to rest');
  }

  /** No state changes without an entry. */
  assertAllTold(): void {
    if (this.marks.size > 0)
      throw new Error(`rows changed without a log entry: ${[...this.marks.keys()].join(', ').replaceAll('\n', ' ')}`);
  }
}
