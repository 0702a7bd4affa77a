import { migration } from './dialect.js';

/** Demands for data that is not listed or not open. */
export const Demands0071 = migration(
  '0071',
  'Demands',
  async (sql) => {
    await sql.createTable(
      'demands',
      `id varchar(26) NOT NULL PRIMARY KEY,
       version bigint NOT NULL,
       state varchar(16) NOT NULL,
       holder varchar(26) NOT NULL,
       dataset varchar(26),
       person varchar(26),
       organisation varchar(26),
       asked_at datetime(3) NOT NULL,
       due varchar(10) NOT NULL,
       acts_on varchar(10),
       body longtext NOT NULL`,
    );
    await sql.createIndex('demands_by_state', 'demands', 'state, id');
    await sql.createIndex('demands_by_holder', 'demands', 'holder, state, id');
    await sql.createIndex('demands_by_organisation', 'demands', 'organisation, id');
    await sql.createIndex('demands_by_acting', 'demands', 'acts_on, id');
  },
  async (sql) => sql.dropTable('demands'),
);
