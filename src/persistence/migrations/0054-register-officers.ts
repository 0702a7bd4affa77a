import { migration } from './dialect.js';

/** Who advised and who ruled, by which officers compare themselves; everything is counted anew to know it. */
export const RegisterOfficers0054 = migration(
  '0054',
  'RegisterOfficers',
  async (sql) => {
    for (const column of ['advised_by varchar(26)', 'advice varchar(32)', 'ruled_by varchar(26)'])
      await sql.addColumn('register_matters', column);
    await sql.run('DELETE FROM register_cursor');
  },
  async (sql) => {
    for (const column of ['ruled_by', 'advice', 'advised_by']) await sql.dropColumn('register_matters', column);
  },
);
