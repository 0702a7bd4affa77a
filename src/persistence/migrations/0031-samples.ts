import { migration } from './dialect.js';

/** Samples: files of which content evidence is taken; at most one of a dataset is worked on. Nothing of a file stands here. */
export const Samples0031 = migration(
  '0031',
  'Samples',
  async (sql) => {
    await sql.createTable(
      'samples',
      `id varchar(26) NOT NULL PRIMARY KEY,
       version bigint NOT NULL,
       dataset varchar(26) NOT NULL,
       publisher varchar(26) NOT NULL,
       state varchar(16) NOT NULL,
       open_key varchar(26),
       bytes bigint NOT NULL,
       host varchar(255) NOT NULL,
       process_id bigint NOT NULL,
       submitted_by varchar(26) NOT NULL,
       failure longtext,
       created_at datetime(3) NOT NULL,
       deadline_at datetime(3) NOT NULL,
       ended_at datetime(3)`,
    );
    await sql.createIndex('sample_open', 'samples', 'open_key', 'unique');
    await sql.createIndex('sample_by_dataset', 'samples', 'dataset, created_at');
    await sql.createIndex('sample_by_publisher', 'samples', 'publisher, created_at');
  },
  async (sql) => sql.dropTable('samples'),
);
