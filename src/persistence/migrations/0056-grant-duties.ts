import { migration } from './dialect.js';

/** The day by which something is owed under a grant: what is overdue is found by it. */
export const GrantDuties0056 = migration(
  '0056',
  'GrantDuties',
  async (sql) => {
    await sql.addColumn('grants', 'duty_by varchar(10)');
    await sql.createIndex('grants_by_duty', 'grants', 'duty_by');
  },
  async (sql) => {
    await sql.dropIndex('grants_by_duty', 'grants');
    await sql.dropColumn('grants', 'duty_by');
  },
);
