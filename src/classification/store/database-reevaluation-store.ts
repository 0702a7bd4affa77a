import { In } from 'typeorm';
import type { Reader } from '../../persistence/index.js';
import type { ReevaluationStore, ReviewFilter } from '../reevaluation-store.js';
import { AssessmentRow } from './assessment-row.js';
import { ReevaluationRow, reevaluationTable } from './reevaluation-row.js';

const asked = (reader: Reader, { state, until, publisher }: ReviewFilter) => {
  const query = reader.manager.createQueryBuilder(ReevaluationRow, 'r').where('r.state = :state', { state });
  if (until !== undefined) query.andWhere('r.due_at <= :until', { until: reader.instantValue(until) });
  if (publisher !== undefined) query.andWhere('r.publisher = :publisher', { publisher });
  return query;
};

/** Reviews in either database. */
export const databaseReevaluationStore: ReevaluationStore = {
  find: (reader, dataset) => reevaluationTable.find(reader, dataset),
  findMany: (reader, datasets) => reader.manager.findBy(ReevaluationRow, { id: In([...datasets]) }),
  list: async (reader, filter, { offset, limit }) => {
    const [rows, total] = await asked(reader, filter)
      .orderBy('r.due_at', 'ASC')
      .addOrderBy('r.id', 'ASC')
      .offset(offset)
      .limit(limit)
      .getManyAndCount();
    return { rows, total };
  },
  unscheduled: async (reader, limit) => {
    const rows: { dataset: string }[] = await reader.manager
      .createQueryBuilder(AssessmentRow, 'a')
      .select('a.current_key', 'dataset')
      .leftJoin(ReevaluationRow, 'r', 'r.id = a.current_key')
      .where('a.current_key IS NOT NULL AND r.id IS NULL')
      .orderBy('a.current_key', 'ASC')
      .limit(limit)
      .getRawMany();
    return rows.map(({ dataset }) => dataset);
  },
  behind: async (reader, pack, version, limit) => {
    const rows: { dataset: string }[] = await reader.manager
      .createQueryBuilder(AssessmentRow, 'a')
      .select('a.current_key', 'dataset')
      .where('a.current_key IS NOT NULL AND a.pack = :pack AND a.pack_version < :version', { pack, version })
      .orderBy('a.current_key', 'ASC')
      .limit(limit)
      .getRawMany();
    return rows.map(({ dataset }) => dataset);
  },
  insert: (tx, rows) => reevaluationTable.insert(tx, rows),
  update: (tx, row) => reevaluationTable.update(tx, row),
};
