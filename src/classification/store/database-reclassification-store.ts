import type { ReclassificationStore } from '../reclassification-store.js';
import { ReclassificationRow, reclassificationTable } from './reclassification-row.js';

/** Recorded changes of tier in either database. */
export const databaseReclassificationStore: ReclassificationStore = {
  find: (reader, id) => reclassificationTable.find(reader, id),
  list: async (reader, filter, { offset, limit }) => {
    const [rows, total] = await reader.manager.findAndCount(ReclassificationRow, {
      where: { ...filter },
      order: { at: 'DESC', id: 'DESC' },
      skip: offset,
      take: limit,
    });
    return { rows, total };
  },
  insert: (tx, rows) => reclassificationTable.insert(tx, rows),
};
