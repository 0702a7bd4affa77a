import { migration } from './dialect.js';

/** Objections to the quality of data, complaints about rights, and the numbers that are given to them. */
export const Complaints0072 = migration(
  '0072',
  'Complaints',
  async (sql) => {
    await sql.createTable(
      'complaints',
      `id varchar(26) NOT NULL PRIMARY KEY,
       version bigint NOT NULL,
       number varchar(32) NOT NULL,
       about varchar(16) NOT NULL,
       state varchar(16) NOT NULL,
       dataset varchar(26) NOT NULL,
       holder varchar(26) NOT NULL,
       person varchar(26),
       organisation varchar(26),
       filed_at datetime(3) NOT NULL,
       ended_at datetime(3),
       unfounded tinyint NOT NULL,
       due varchar(10),
       acts_on varchar(10),
       body longtext NOT NULL`,
    );
    await sql.createIndex('complaints_by_state', 'complaints', 'about, state, id');
    await sql.createIndex('complaints_by_dataset', 'complaints', 'dataset, state, id');
    await sql.createIndex('complaints_by_holder', 'complaints', 'holder, state, id');
    await sql.createIndex('complaints_by_person', 'complaints', 'person, state, id');
    await sql.createIndex('complaints_by_organisation', 'complaints', 'organisation, id');
    await sql.createIndex('complaints_by_filing', 'complaints', 'filed_at');
    await sql.createIndex('complaints_by_due', 'complaints', 'due, id');
    await sql.createIndex('complaints_by_acting', 'complaints', 'acts_on, id');
    await sql.createTable(
      'complaint_numbers',
      `about varchar(16) NOT NULL,
       year bigint NOT NULL,
       given bigint NOT NULL,
       PRIMARY KEY (about, year)`,
    );
  },
  async (sql) => {
    await sql.dropTable('complaint_numbers');
    await sql.dropTable('complaints');
  },
);
