import type { ChangeKind, RehearsedChange } from '../domain/rehearsal.js';
import type { RehearsalStore } from '../rehearsal-store.js';
import { RehearsalChangeRow, RehearsalRow, rehearsalTable } from './rehearsal-row.js';

const CHUNK = 200;

/** Rehearsals in either database. */
export const databaseRehearsalStore: RehearsalStore = {
  find: (reader, id) => rehearsalTable.find(reader, id),
  ofDraft: (reader, draft) =>
    reader.manager.find(RehearsalRow, { where: { draft }, order: { created_at: 'DESC', id: 'DESC' } }),
  isDone: (reader, draft, hash, against) =>
    reader.manager.existsBy(RehearsalRow, { draft, hash, against, state: 'done' }),
  running: (reader) => reader.manager.find(RehearsalRow, { where: { state: 'running' }, order: { id: 'ASC' } }),
  insert: (tx, row) => rehearsalTable.insert(tx, [row]),
  update: (tx, row) => rehearsalTable.update(tx, row),
  addChanges: async (tx, id, before, changes) => {
    const next: Record<string, number> = { ...before };
    const rows = changes.map(({ kind, subject, data }) => {
      next[kind] = (next[kind] ?? 0) + 1;
      return { rehearsal: id, kind, seq: next[kind], subject, data };
    });
    for (let start = 0; start < rows.length; start += CHUNK)
      await tx.manager.insert(RehearsalChangeRow, rows.slice(start, start + CHUNK) as never);
  },
  changes: async (reader, id, kind, { offset, limit }) => {
    const [rows, total] = await reader.manager.findAndCount(RehearsalChangeRow, {
      where: { rehearsal: id, kind },
      order: { seq: 'ASC' },
      skip: offset,
      take: limit,
    });
    return {
      changes: rows.map(
        (row): RehearsedChange => ({ kind: row.kind as ChangeKind, subject: row.subject, data: row.data }),
      ),
      total,
    };
  },
};
