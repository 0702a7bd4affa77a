import { randomBytes } from 'node:crypto';
import { refusal } from '../../kernel/refusal.js';
import { err, ok, type Result } from '../../kernel/result.js';
import { insertRows, type Journal, type RecordedEntry, type Transaction } from '../../persistence/index.js';
import type { LogEntry } from '../domain/entry.js';
import { commitmentOf, leafOf } from '../leaf.js';
import { newestMarksOfEach } from './log-reader.js';
import { LogPersonalRecord, LogRecord, LogRowRecord } from './log-entities.js';

/**
 * Appends what a command did. The position comes from the single head row and is taken after all other work of the
 * command, so positions have no gaps and appear in the order of commit.
 */
export class LogJournal implements Journal {
  constructor(private readonly afterCommit: (position: number) => Promise<void>) {}

  async admit(tx: Transaction): Promise<Result<void>> {
    const found = tx.foundRows;
    const marks = await newestMarksOfEach(tx, found);
    const edited = found.find((row) => !row.isOf(marks.get(row.kind)?.get(row.id)?.hash));
    if (edited !== undefined)
      return err(refusal('record-tampered', `${edited.kind} ${edited.id} is not as the log left it.`));
    return ok(undefined);
  }

  async append(tx: Transaction, entries: readonly RecordedEntry[]): Promise<number> {
    const last = await this.advanceHead(tx, entries.length);
    const written = entries.map((entry, index) => this.entryAt(tx, entry, last - entries.length + 1 + index));
    await insertRows(
      tx.manager,
      LogRecord,
      written.map(({ record }) => record),
    );
    await insertRows(
      tx.manager,
      LogRowRecord,
      written.flatMap(({ rows }) => rows),
    );
    await insertRows(
      tx.manager,
      LogPersonalRecord,
      written.flatMap(({ personal }) => personal),
    );
    return last;
  }

  committed(position: number): Promise<void> {
    return this.afterCommit(position);
  }

  private async advanceHead(tx: Transaction, by: number): Promise<number> {
    if (tx.dialect === 'mysql') {
      const result = await tx.manager.query(
        'UPDATE log_head SET position = LAST_INSERT_ID(position + ?) WHERE id = 1',
        [by],
      );
      return Number(result.insertId);
    }
    const [head] = await tx.manager.query(
      'UPDATE log_head SET position = position + ? WHERE id = 1 RETURNING position',
      [by],
    );
    return Number(head.position);
  }

  private entryAt(tx: Transaction, entry: RecordedEntry, position: number) {
    const personal = Object.entries(entry.personal ?? {}).map(([name, value]) => ({
      position,
      name,
      value,
      salt: randomBytes(16).toString('hex'),
    }));
    const commitments = Object.fromEntries(personal.map(({ name, salt, value }) => [name, commitmentOf(salt, value)]));
    const { event, subject, actor, rows } = entry;
    // Through JSON once, so that the leaf is taken over exactly what is stored.
    const data = JSON.parse(JSON.stringify(entry.data)) as Record<string, unknown>;
    const whole: LogEntry = { position, at: tx.now, event, subject, actor, data, commitments, rows };
    const record = {
      position,
      at: tx.now,
      event,
      subjectKind: subject.kind,
      subjectId: subject.id,
      actor,
      data,
      commitments,
      leaf: leafOf(whole),
    };
    return { record, rows: rows.map(({ kind, id, hash }) => ({ kind, rowId: id, position, hash })), personal };
  }
}
