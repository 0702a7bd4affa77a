import { migration } from './dialect.js';

/** Objections to tiers: who objects to what and why, and how an officer decided it. One open at a time of one body on one dataset. */
export const Objections0035 = migration(
  '0035',
  'ClassificationObjections',
  async (sql) => {
    await sql.createTable(
      'objections',
      `id varchar(26) NOT NULL PRIMARY KEY,
       version bigint NOT NULL,
       dataset varchar(26) NOT NULL,
       publisher varchar(26) NOT NULL,
       state varchar(16) NOT NULL,
       open_key varchar(64),
       objector varchar(26) NOT NULL,
       organisation varchar(26) NOT NULL,
       natural_person tinyint NOT NULL,
       standing varchar(16) NOT NULL,
       claimed_right varchar(32),
       in_force_tier varchar(16) NOT NULL,
       wanted_tier varchar(16) NOT NULL,
       reason text NOT NULL,
       legal_basis text,
       evidence text,
       decision longtext,
       filed_at datetime(3) NOT NULL,
       ended_at datetime(3)`,
    );
    await sql.createIndex('objection_open', 'objections', 'open_key', 'unique');
    await sql.createIndex('objections_by_time', 'objections', 'filed_at, id');
    await sql.createIndex('objections_by_state', 'objections', 'state, filed_at, id');
    await sql.createIndex('objections_by_dataset', 'objections', 'dataset, state, filed_at, id');
    await sql.createIndex('objections_of_publisher', 'objections', 'publisher, filed_at, id');
    await sql.createIndex('objections_of_organisation', 'objections', 'organisation, filed_at, id');
  },
  async (sql) => sql.dropTable('objections'),
);
