import { migration } from './dialect.js';

/** Assessments: one run of the engine over one dataset; at most one explains its tier and one waits for an officer. */
export const Classification0030 = migration(
  '0030',
  'Classification',
  async (sql) => {
    await sql.createTable(
      'assessments',
      `id varchar(26) NOT NULL PRIMARY KEY,
       version bigint NOT NULL,
       dataset varchar(26) NOT NULL,
       publisher varchar(26) NOT NULL,
       state varchar(16) NOT NULL,
       current_key varchar(26),
       open_key varchar(26),
       pack varchar(64) NOT NULL,
       pack_version bigint NOT NULL,
       pack_hash varchar(64) NOT NULL,
       tier varchar(16) NOT NULL,
       proposed_tier varchar(16),
       group_key varchar(64) NOT NULL,
       replay_hash varchar(64) NOT NULL,
       facts longtext NOT NULL,
       evidence longtext,
       verdict longtext NOT NULL,
       proposal longtext NOT NULL,
       decision longtext,
       created_at datetime(3) NOT NULL,
       decided_at datetime(3)`,
    );
    await sql.createIndex('assessment_current', 'assessments', 'current_key', 'unique');
    await sql.createIndex('assessment_open', 'assessments', 'open_key', 'unique');
    await sql.createIndex('assessment_by_dataset', 'assessments', 'dataset, created_at');
    await sql.createIndex('assessment_queue', 'assessments', 'state, created_at, id');
    await sql.createIndex('assessment_queue_of_publisher', 'assessments', 'publisher, state, created_at');
    await sql.createIndex('assessment_group', 'assessments', 'group_key, state, dataset');
  },
  async (sql) => sql.dropTable('assessments'),
);
