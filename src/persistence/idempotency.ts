import { createHash } from 'node:crypto';
import { Entity, LessThan } from 'typeorm';
import { refusal } from '../kernel/refusal.js';
import { err, ok, type Result } from '../kernel/result.js';
import { CodeColumn, IdColumn, InstantColumn, NullableTextColumn } from './columns.js';
import { LostUpdate } from './table.js';
import type { Transaction } from './transaction.js';

@Entity('idempotency')
export class IdempotencyRecord {
  @IdColumn() id!: string;
  @CodeColumn() request_hash!: string;
  /** JSON as it was answered, its members in their order: the first answer is given again to the byte. */
  @NullableTextColumn() answer!: string | null;
  @InstantColumn() created_at!: number;
}

const KEPT = 24 * 3_600_000;
const digest = (...parts: readonly (string | Uint8Array)[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\n');
  return hash.digest('hex');
};

export interface KeyedRequest {
  readonly key: string;
  readonly caller: string;
  readonly method: string;
  readonly path: string;
  readonly body: Uint8Array;
}

/**
 * Same key and body: the first answer again; another body: refused. The record is inserted before the command runs and
 * in its transaction, so that a second call waits for the first, and a crash leaves neither effect nor record.
 */
export async function once<Answer extends object>(
  tx: Transaction,
  request: KeyedRequest,
  work: () => Promise<Result<Answer>>,
): Promise<Result<{ answer: Answer; replayed: boolean }>> {
  const id = digest(request.caller, request.key);
  const request_hash = digest(request.method, request.path, request.body);
  try {
    if (!(await taken(tx, id, request_hash))) {
      const before = await tx.manager.findOneBy(IdempotencyRecord, { id });
      if (before === null) throw new LostUpdate('idempotency key');
      if (before.created_at > tx.now - KEPT) return replay<Answer>(before, request_hash);
      await tx.manager.update(IdempotencyRecord, { id }, { request_hash, answer: null, created_at: tx.now });
    }
  } catch (error) {
    if ((error as { code?: string }).code === 'ER_LOCK_WAIT_TIMEOUT') return err(refusal('idempotency-key-busy'));
    throw error;
  }
  const outcome = await work();
  if (!outcome.ok) return outcome;
  await tx.manager.update(IdempotencyRecord, { id }, { answer: JSON.stringify(outcome.value) });
  return ok({ answer: outcome.value, replayed: false });
}

/** Whether the key was still to be had: nearly always, so that nothing is asked before. */
async function taken(tx: Transaction, id: string, request_hash: string): Promise<boolean> {
  const [once, told] = tx.dialect === 'mysql' ? ['INSERT IGNORE', ''] : ['INSERT OR IGNORE', 'RETURNING id'];
  const sql = `${once} INTO idempotency (id, request_hash, answer, created_at) VALUES (?, ?, NULL, ?) ${told}`;
  const found = await tx.manager.query(sql, [id, request_hash, tx.instantValue(tx.now)]);
  return tx.dialect === 'mysql' ? found.affectedRows === 1 : found.length === 1;
}

function replay<Answer>(before: IdempotencyRecord, hash: string): Result<{ answer: Answer; replayed: boolean }> {
  if (before.request_hash !== hash || before.answer === null) return err(refusal('idempotency-key-reused'));
  return ok({ answer: JSON.parse(before.answer) as Answer, replayed: true });
}

/** Forgets keys older than a day. */
export const forgetOldKeys = (tx: Transaction): Promise<unknown> =>
  tx.manager.delete(IdempotencyRecord, { created_at: LessThan(tx.now - KEPT) });
