import { migration } from './dialect.js';

/** How an agreement is concluded; those that were there are concluded by acceptance. */
export const AgreementExecution0066 = migration(
  '0066',
  'AgreementExecution',
  async (sql) => {
    await sql.addColumn('agreements', 'execution varchar(32)');
  },
  async (sql) => {
    await sql.dropColumn('agreements', 'execution');
  },
);
