import { In } from 'typeorm';
import type { ObjectionStore } from '../objection-store.js';
import { ObjectionRow, objectionTable } from './objection-row.js';

/** Objections in either database. */
export const databaseObjectionStore: ObjectionStore = {
  find: (reader, id) => objectionTable.find(reader, id),
  list: async (reader, { dataset, state, seenBy }, { offset, limit }) => {
    const query = reader.manager.createQueryBuilder(ObjectionRow, 'o').where('1 = 1');
    if (dataset !== undefined) query.andWhere('o.dataset = :dataset', { dataset });
    if (state !== undefined) query.andWhere('o.state = :state', { state });
    if (seenBy !== undefined) {
      const own = 'o.organisation = :organisation';
      query.andWhere(seenBy.publisher ? `(${own} OR o.publisher = :organisation)` : own, {
        organisation: seenBy.organisation,
      });
    }
    const [rows, total] = await query
      .orderBy('o.filed_at', 'DESC')
      .addOrderBy('o.id', 'DESC')
      .offset(offset)
      .limit(limit)
      .getManyAndCount();
    return { rows, total };
  },
  openOn: (reader, datasets) =>
    datasets.length === 0
      ? Promise.resolve([])
      : reader.manager.find(ObjectionRow, {
          where: { dataset: In([...datasets]), state: 'open' },
          order: { filed_at: 'ASC', id: 'ASC' },
        }),
  insert: (tx, row) => objectionTable.insert(tx, [row]),
  update: (tx, row) => objectionTable.update(tx, row),
};
