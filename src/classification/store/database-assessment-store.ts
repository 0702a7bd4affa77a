import { In, MoreThan } from 'typeorm';
import type { Reader } from '../../persistence/index.js';
import type { AssessmentFilter, AssessmentGroup, AssessmentStore } from '../assessment-store.js';
import { AssessmentRow, assessmentTable } from './assessment-row.js';

const CHUNK = 500;

async function byKey(
  reader: Reader,
  column: 'current_key' | 'open_key',
  datasets: readonly string[],
): Promise<AssessmentRow[]> {
  const rows: AssessmentRow[] = [];
  for (let start = 0; start < datasets.length; start += CHUNK)
    rows.push(...(await reader.manager.findBy(AssessmentRow, { [column]: In(datasets.slice(start, start + CHUNK)) })));
  return rows;
}

const where = ({ state, group, dataset, publisher }: AssessmentFilter): Record<string, string> => ({
  ...(state === undefined ? {} : { state }),
  ...(group === undefined ? {} : { group_key: group }),
  ...(dataset === undefined ? {} : { dataset }),
  ...(publisher === undefined ? {} : { publisher }),
});

/** Assessments in either database, through the one table whose changes the log names. */
export const databaseAssessmentStore: AssessmentStore = {
  find: (reader, id) => assessmentTable.find(reader, id),
  findMany: (reader, ids) => assessmentTable.findMany(reader, ids),
  current: (reader, datasets) => byKey(reader, 'current_key', datasets),
  open: (reader, datasets) => byKey(reader, 'open_key', datasets),
  openOfGroup: (reader, group, limit) =>
    reader.manager.find(AssessmentRow, {
      where: { group_key: group, state: 'proposed' },
      order: { dataset: 'ASC' },
      take: limit,
    }),
  list: async (reader, filter, { offset, limit }) => {
    const [rows, total] = await reader.manager.findAndCount(AssessmentRow, {
      where: where(filter),
      order: { created_at: 'DESC', id: 'DESC' },
      skip: offset,
      take: limit,
    });
    return { rows, total };
  },
  groups: async (reader, filter, limit) => {
    const rows: { group: string; count: string | number; sample: string }[] = await reader.manager
      .createQueryBuilder(AssessmentRow, 'assessment')
      .select('assessment.group_key', 'group')
      .addSelect('COUNT(*)', 'count')
      .addSelect('MAX(assessment.id)', 'sample')
      .where(where(filter))
      .groupBy('assessment.group_key')
      .orderBy('COUNT(*)', 'DESC')
      .addOrderBy('assessment.group_key', 'ASC')
      .limit(limit)
      .getRawMany();
    return rows.map(({ group, count, sample }): AssessmentGroup => ({ group, count: Number(count), sample }));
  },
  scanCurrent: (reader, publisher, after, limit) =>
    reader.manager.find(AssessmentRow, {
      where: { current_key: MoreThan(after), ...(publisher === undefined ? {} : { publisher }) },
      order: { current_key: 'ASC' },
      take: limit,
    }),
  insert: (tx, rows) => assessmentTable.insert(tx, rows),
  update: (tx, row) => assessmentTable.update(tx, row),
  change: (tx, rows, change) => assessmentTable.changeMany(tx, rows, change),
};
