import { migration } from './dialect.js';

/** Who registers beside enterprises: unincorporated organisations, and natural persons by a document. */
export const Applicants0053 = migration(
  '0053',
  'IdentityApplicants',
  async (sql) => {
    await sql.addColumn('registrations', 'kind varchar(16)');
    await sql.addColumn('registrations', 'identity longtext');
    await sql.addColumn('organisations', 'identity_key varchar(64)');
    await sql.createIndex('organisations_by_identity_key', 'organisations', 'identity_key', 'unique');
  },
  async (sql) => {
    await sql.dropIndex('organisations_by_identity_key', 'organisations');
    await sql.dropColumn('organisations', 'identity_key');
    await sql.dropColumn('registrations', 'identity');
    await sql.dropColumn('registrations', 'kind');
  },
);
