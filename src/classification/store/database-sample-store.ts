import type { Sample } from '../domain/sample.js';
import type { SampleFilter, SampleStore } from '../sample-store.js';
import { SampleRow, sampleTable } from './sample-row.js';

const rowOf = (sample: Sample): SampleRow => ({
  id: sample.id,
  version: sample.version,
  dataset: sample.dataset,
  publisher: sample.publisher,
  state: sample.state,
  open_key: sample.state === 'running' ? sample.dataset : null,
  bytes: sample.bytes,
  host: sample.host,
  process_id: sample.processId,
  submitted_by: sample.submittedBy,
  failure: sample.failure,
  created_at: sample.createdAt,
  deadline_at: sample.deadlineAt,
  ended_at: sample.endedAt,
});

const sampleOf = (row: SampleRow): Sample => ({
  id: row.id,
  version: row.version,
  dataset: row.dataset,
  publisher: row.publisher,
  state: row.state,
  bytes: row.bytes,
  host: row.host,
  processId: row.process_id,
  submittedBy: row.submitted_by,
  failure: row.failure,
  createdAt: row.created_at,
  deadlineAt: row.deadline_at,
  endedAt: row.ended_at,
});

const where = ({ dataset, publisher, state }: SampleFilter): Record<string, string> => ({
  ...(dataset === undefined ? {} : { dataset }),
  ...(publisher === undefined ? {} : { publisher }),
  ...(state === undefined ? {} : { state }),
});

/** Samples in either database. */
export const databaseSampleStore: SampleStore = {
  find: async (reader, id) => {
    const row = await sampleTable.find(reader, id);
    return row === null ? null : sampleOf(row);
  },
  running: async (reader) => {
    const rows = await reader.manager.find(SampleRow, { where: { state: 'running' }, order: { id: 'ASC' } });
    return rows.map(sampleOf);
  },
  isRunning: (reader, dataset) => reader.manager.existsBy(SampleRow, { open_key: dataset }),
  list: async (reader, filter, { offset, limit }) => {
    const [rows, total] = await reader.manager.findAndCount(SampleRow, {
      where: where(filter),
      order: { created_at: 'DESC', id: 'DESC' },
      skip: offset,
      take: limit,
    });
    return { samples: rows.map(sampleOf), total };
  },
  insert: (tx, sample) => sampleTable.insert(tx, [rowOf(sample)]),
  update: async (tx, sample) => sampleOf(await sampleTable.update(tx, rowOf(sample))),
};
