import { In, IsNull, MoreThan, Not } from 'typeorm';
import type { LearningStore } from '../learning/learning-store.js';
import { AssessmentRow } from './assessment-row.js';
import { LearnedModelRow, learnedModelTable } from './learned-model-row.js';

/** Decisions and models in either database. */
export const databaseLearningStore: LearningStore = {
  decided: (reader, pack, limit) =>
    reader.manager.find(AssessmentRow, {
      where: { pack, state: In(['confirmed', 'overridden']), current_key: Not(IsNull()) },
      order: { created_at: 'DESC', id: 'DESC' },
      take: limit,
    }),
  waiting: (reader, pack, after, limit) =>
    reader.manager.find(AssessmentRow, {
      where: { pack, state: 'proposed', id: MoreThan(after) },
      order: { id: 'ASC' },
      take: limit,
    }),
  stillWaiting: async (reader, ids) => {
    const where = { id: In([...ids]), state: 'proposed' as const };
    const rows = await reader.manager.find(AssessmentRow, { select: { id: true }, where });
    return new Set(rows.map(({ id }) => id));
  },
  versions: async (reader) => {
    const select = { id: true, version: true };
    const rows = await reader.manager.find(LearnedModelRow, { select, order: { id: 'ASC' } });
    return rows.map(({ id, version }) => `${id}/${version}`).join();
  },
  models: (reader) => reader.manager.find(LearnedModelRow, { order: { pack: 'ASC', publisher: 'ASC' } }),
  insert: (tx, rows) => learnedModelTable.insert(tx, rows),
  update: (tx, row) => learnedModelTable.update(tx, row),
};
