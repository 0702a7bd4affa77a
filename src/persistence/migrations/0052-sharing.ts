import { migration } from './dialect.js';

/** Which applications a public body makes to another one; the others ask for opening. */
export const Sharing0052 = migration(
  '0052',
  'ApplicationsSharing',
  async (sql) => {
    await sql.addColumn('applications', 'kind varchar(16)');
  },
  async (sql) => {
    await sql.dropColumn('applications', 'kind');
  },
);
