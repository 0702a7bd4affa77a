import type { TombstoneStore } from '../tombstone-store.js';
import { TombstoneRow, tombstoneTable } from './tombstone-row.js';

/** Tombstones in either database. */
export const databaseTombstoneStore: TombstoneStore = {
  findMany: (reader, datasets) => tombstoneTable.findMany(reader, datasets),
  list: async (reader, { since, after }, limit) => {
    const query = reader.manager.createQueryBuilder(TombstoneRow, 't').where('1 = 1');
    if (since !== null) query.andWhere('t.at >= :since', { since: reader.instantValue(since) });
    const total = await query.getCount();
    if (after !== null) {
      const behind = { at: reader.instantValue(after.at), id: after.id };
      query.andWhere('(t.at > :at OR (t.at = :at AND t.id > :id))', behind);
    }
    const rows = await query.orderBy('t.at', 'ASC').addOrderBy('t.id', 'ASC').limit(limit).getMany();
    return { rows, total };
  },
  insert: (tx, row) => tombstoneTable.insert(tx, [row]),
  update: async (tx, row) => void (await tombstoneTable.update(tx, row)),
};
