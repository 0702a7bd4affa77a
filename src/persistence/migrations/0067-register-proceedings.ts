import { migration } from './dialect.js';

/** Reconsideration and litigation on record; cases that were counted before have none. */
export const RegisterProceedings0067 = migration(
  '0067',
  'RegisterProceedings',
  async (sql) => {
    await sql.addColumn('register_matters', 'proceedings text');
  },
  async (sql) => {
    await sql.dropColumn('register_matters', 'proceedings');
  },
);
