import { migration } from './dialect.js';

/** Keys of grants among the credentials: of which grant, and in whose name where the grant names persons. */
export const GrantKeys0076 = migration(
  '0076',
  'GrantKeys',
  async (sql) => {
    await sql.addColumn('credentials', 'grant_id varchar(26)');
    await sql.addColumn('credentials', 'person varchar(26)');
    await sql.createIndex('credentials_by_grant', 'credentials', 'grant_id, id');
  },
  async (sql) => {
    await sql.dropIndex('credentials_by_grant', 'credentials');
    await sql.dropColumn('credentials', 'person');
    await sql.dropColumn('credentials', 'grant_id');
  },
);
