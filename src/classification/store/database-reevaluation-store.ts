import { In } from 'typeorm';
import type { Reader } from '../../persistence/index.js';
import type { ReevaluationStore, ReviewFilter } from '../reevaluation-store.js';
import { AssessmentRow } from './assessment-row.js';
import { ReevaluationRow, reevaluationTable } from './reevaluation-row.js';

const asked = (reader: Reader, { state, until, publisher, cause }: ReviewFilter) => {
  const query = reader.manager.createQueryBuilder(ReevaluationRow, 'r').where('r.state = :state', { state });
  if (until !== undefined) query.andWhere('r.due_at <= :until', { until: reader.instantValue(until) });
  if (publisher !== undefined) query.andWhere('r.publisher = :publisher', { publisher });
  if (cause !== undefined) query.andWhere('r.cause = :cause', { cause });
  return query;
};

/** Assessments that explain a tier, in order of dataset; an id is never empty. */
const currents = (reader: Reader, after: string, limit: number) =>
  reader.manager
    .createQueryBuilder(AssessmentRow, 'a')
    .select('a.current_key', 'dataset')
    .where('a.current_key > :after', { after })
    .orderBy('a.current_key', 'ASC')
    .limit(limit);

const datasetsOf = async (query: ReturnType<typeof currents>): Promise<string[]> =>
  (await query.getRawMany<{ dataset: string }>()).map(({ dataset }) => dataset);

/** Reviews in either database. */
export const databaseReevaluationStore: ReevaluationStore = {
  find: (reader, dataset) => reevaluationTable.find(reader, dataset),
  findMany: (reader, datasets) => reader.manager.findBy(ReevaluationRow, { id: In([...datasets]) }),
  list: async (reader, filter, { offset, limit }) => {
    const [rows, total] = await asked(reader, filter)
      .orderBy("CASE WHEN r.cause = 'late-update' THEN 1 ELSE 0 END", 'ASC')
      .addOrderBy('r.due_at', 'ASC')
      .addOrderBy('r.id', 'ASC')
      .offset(offset)
      .limit(limit)
      .getManyAndCount();
    return { rows, total };
  },
  unscheduled: (reader, after, limit) =>
    datasetsOf(
      currents(reader, after, limit).leftJoin(ReevaluationRow, 'r', 'r.id = a.current_key').andWhere('r.id IS NULL'),
    ),
  behind: (reader, outdated, after, limit) =>
    datasetsOf(
      currents(reader, after, limit).andWhere('a.pack = :pack AND a.pack_version < :version', { ...outdated }),
    ),
  reach: async (reader, { pack, version }) => {
    const given = reader.manager
      .createQueryBuilder(AssessmentRow, 'a')
      .where("a.pack = :pack AND a.current_key > ''", { pack });
    const total = await given.getCount();
    return { total, behind: await given.andWhere('a.pack_version < :version', { version }).getCount() };
  },
  insert: (tx, rows) => reevaluationTable.insert(tx, rows),
  update: (tx, row) => reevaluationTable.update(tx, row),
  change: (tx, rows, change) => reevaluationTable.changeMany(tx, rows, change),
};
