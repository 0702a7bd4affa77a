import { migration } from './dialect.js';

/** Grants: one per approved dataset of an application, with what lists, time and the decision index look up. */
export const Grants0050 = migration(
  '0050',
  'Grants',
  async (sql) => {
    await sql.createTable(
      'grants',
      `id varchar(26) NOT NULL PRIMARY KEY,
       version bigint NOT NULL,
       application varchar(26) NOT NULL,
       organisation varchar(26) NOT NULL,
       holder varchar(26) NOT NULL,
       dataset varchar(26) NOT NULL,
       state varchar(16) NOT NULL,
       purpose varchar(32) NOT NULL,
       delivery varchar(16) NOT NULL,
       quota bigint,
       starts_at datetime(3) NOT NULL,
       ends_at datetime(3) NOT NULL,
       due_at datetime(3),
       conditions_until datetime(3),
       items longtext NOT NULL,
       members longtext NOT NULL,
       agreement_template varchar(64),
       agreement_version bigint,
       premises longtext NOT NULL`,
    );
    await sql.createIndex('grants_one_per_dataset', 'grants', 'application, dataset', 'unique');
    await sql.createIndex('grants_by_organisation', 'grants', 'organisation, id, state, dataset');
    await sql.createIndex('grants_by_holder', 'grants', 'holder, id, state, dataset');
    await sql.createIndex('grants_by_dataset', 'grants', 'dataset, id');
    await sql.createIndex('grants_by_due', 'grants', 'due_at');
  },
  async (sql) => sql.dropTable('grants'),
);
