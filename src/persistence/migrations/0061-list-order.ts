import { migration } from './dialect.js';

/** Orders that lists are read in and that no index gave: grants of a state, all assessments from the newest. */
export const ListOrder0061 = migration(
  '0061',
  'ListOrder',
  async (sql) => {
    await sql.createIndex('grants_by_state', 'grants', 'state, id');
    await sql.createIndex('assessment_in_order', 'assessments', 'created_at, id');
  },
  async (sql) => {
    await sql.dropIndex('assessment_in_order', 'assessments');
    await sql.dropIndex('grants_by_state', 'grants');
  },
);
