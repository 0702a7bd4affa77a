import { createHash } from 'node:crypto';
import type { Id } from '../../kernel/ids.js';
import type { Reader } from '../../persistence/index.js';
import type { FusionAssessment } from '../domain/fusion-assessment.js';
import type { FusionFilter, FusionStore } from '../fusion-store.js';
import { FusionDatasetRow, FusionRow, fusionTable } from './fusion-row.js';

/** Datasets looked for in one question. */
const CHUNK = 500;

const keyOf = (datasets: readonly Id[]): string =>
  createHash('sha256')
    .update([...datasets].sort().join('\n'))
    .digest('hex');

const rowOf = (fusion: FusionAssessment): FusionRow => ({
  id: fusion.id,
  version: fusion.version,
  state: fusion.state,
  open_key: fusion.state === 'running' ? keyOf(fusion.datasets.map(({ dataset }) => dataset)) : null,
  datasets: fusion.datasets,
  pairs: fusion.pairs,
  bytes: fusion.bytes,
  host: fusion.host,
  process_id: fusion.processId,
  submitted_by: fusion.submittedBy,
  failure: fusion.failure,
  created_at: fusion.createdAt,
  deadline_at: fusion.deadlineAt,
  ended_at: fusion.endedAt,
});

const fusionOf = (row: FusionRow): FusionAssessment => ({
  id: row.id,
  version: row.version,
  state: row.state,
  datasets: row.datasets,
  pairs: row.pairs,
  bytes: row.bytes,
  host: row.host,
  processId: row.process_id,
  submittedBy: row.submitted_by,
  failure: row.failure,
  createdAt: row.created_at,
  deadlineAt: row.deadline_at,
  endedAt: row.ended_at,
});

/** Fusions that compare at least two of these datasets. */
async function comparing(reader: Reader, datasets: readonly Id[]): Promise<string[]> {
  const met = new Map<string, number>();
  for (let start = 0; start < datasets.length; start += CHUNK) {
    const rows: { fusion: string; met: number | string }[] = await reader.manager
      .createQueryBuilder(FusionDatasetRow, 'd')
      .select('d.fusion', 'fusion')
      .addSelect('COUNT(*)', 'met')
      .where('d.dataset IN (:...some)', { some: datasets.slice(start, start + CHUNK) })
      .groupBy('d.fusion')
      .getRawMany();
    for (const row of rows) met.set(row.fusion, (met.get(row.fusion) ?? 0) + Number(row.met));
  }
  return [...met].filter(([, count]) => count >= 2).map(([fusion]) => fusion);
}

const asked = (reader: Reader, { dataset, publisher, state }: FusionFilter) => {
  const query = reader.manager.createQueryBuilder(FusionRow, 'f');
  const having = (column: string, name: string): string =>
    `f.id IN ${query.subQuery().select('d.fusion').from(FusionDatasetRow, 'd').where(`d.${column} = :${name}`).getQuery()}`;
  if (state !== undefined) query.andWhere('f.state = :state', { state });
  if (dataset !== undefined) query.andWhere(having('dataset', 'dataset'), { dataset });
  if (publisher !== undefined) query.andWhere(having('publisher', 'publisher'), { publisher });
  return query;
};

/** What datasets tell together, in either database. */
export const databaseFusionStore: FusionStore = {
  find: async (reader, id) => {
    const row = await fusionTable.find(reader, id);
    return row === null ? null : fusionOf(row);
  },
  running: async (reader) => {
    const rows = await reader.manager.find(FusionRow, { where: { state: 'running' }, order: { id: 'ASC' } });
    return rows.map(fusionOf);
  },
  isRunning: (reader, datasets) => reader.manager.existsBy(FusionRow, { open_key: keyOf(datasets) }),
  among: async (reader, datasets, limit) => {
    const ids = (await comparing(reader, [...new Set(datasets)])).sort().reverse();
    const rows = await fusionTable.findMany(reader, ids.slice(0, limit));
    return rows
      .filter(({ state }) => state === 'done')
      .sort((a, b) => (a.id < b.id ? 1 : -1))
      .map(fusionOf);
  },
  list: async (reader, filter, { offset, limit }) => {
    const [rows, total] = await asked(reader, filter)
      .orderBy('f.created_at', 'DESC')
      .addOrderBy('f.id', 'DESC')
      .offset(offset)
      .limit(limit)
      .getManyAndCount();
    return { fusions: rows.map(fusionOf), total };
  },
  insert: async (tx, fusion) => {
    await fusionTable.insert(tx, [rowOf(fusion)]);
    await tx.manager.insert(
      FusionDatasetRow,
      fusion.datasets.map(({ dataset, publisher }) => ({ fusion: fusion.id, dataset, publisher })),
    );
  },
  update: async (tx, fusion) => fusionOf(await fusionTable.update(tx, rowOf(fusion))),
};
