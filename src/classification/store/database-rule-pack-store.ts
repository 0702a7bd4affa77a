import { missingRows, provenRows } from '../../log/index.js';
import type { RulePackStore } from '../rule-pack-store.js';
import { RulePackRow, rulePackTable } from './rule-pack-row.js';

const MISSING = 1000;

/** Versions of rule packs in either database. */
export const databaseRulePackStore: RulePackStore = {
  find: (reader, id) => rulePackTable.find(reader, id),
  list: async (reader, filter, { offset, limit }) => {
    const columns = reader.manager.connection.getMetadata(RulePackRow).columns.map(({ propertyName }) => propertyName);
    const [rows, total] = await reader.manager.findAndCount(RulePackRow, {
      select: Object.fromEntries(columns.filter((name) => name !== 'content').map((name) => [name, true])),
      where: { ...filter },
      order: { created_at: 'DESC', id: 'DESC' },
      skip: offset,
      take: limit,
    });
    return { rows, total };
  },
  idsOf: async (reader, pack) =>
    (await reader.manager.find(RulePackRow, { select: { id: true }, where: { pack } })).map(({ id }) => id),
  newest: (reader, pack) =>
    reader.manager.findOne(RulePackRow, { where: { pack, state: 'published' }, order: { number: 'DESC' } }),
  published: async (reader) => {
    const order = { pack: 'ASC', number: 'ASC' } as const;
    const rows = await reader.manager.find(RulePackRow, { where: { state: 'published' }, order });
    const stored = rows.map((row) => rulePackTable.asStored(reader, row));
    return provenRows(reader, rulePackTable, stored);
  },
  missing: async (reader) => (await missingRows(reader, rulePackTable, '', MISSING)).missing.map(({ id }) => id),
  insert: (tx, row) => rulePackTable.insert(tx, [row]),
  update: (tx, row) => rulePackTable.update(tx, row),
};
