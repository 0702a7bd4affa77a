import { migration } from './dialect.js';

/**
 * What is counted of cases, for the public register and the statistics: written from the log, and to be had from it
 * again. `register_cursor` says up to where.
 */
export const Register0045 = migration(
  '0045',
  'Register',
  async (sql) => {
    await sql.createTable(
      'register_matters',
      `application varchar(26) NOT NULL,
       dataset varchar(26) NOT NULL,
       round bigint NOT NULL,
       applicant varchar(26) NOT NULL,
       applicant_kind varchar(16) NOT NULL,
       holder varchar(26) NOT NULL,
       field varchar(32),
       tier varchar(16),
       purpose varchar(32) NOT NULL,
       submitted_on varchar(10) NOT NULL,
       ruled_on varchar(10),
       ended_on varchar(10),
       overdue_on varchar(10),
       ruling varchar(32),
       reasons longtext NOT NULL,
       step_acceptance bigint,
       step_holder bigint,
       step_authority bigint,
       days bigint,
       day_limit bigint,
       late tinyint NOT NULL,
       appealed_on varchar(10),
       appeal_outcome varchar(16),
       appeal_decided_on varchar(10),
       PRIMARY KEY (application, dataset, round)`,
    );
    await sql.createIndex('register_matters_ruled', 'register_matters', 'ruled_on');
    await sql.createIndex('register_matters_overdue', 'register_matters', 'overdue_on');
    await sql.createTable(
      'register_grants',
      `grant_id varchar(26) NOT NULL PRIMARY KEY,
       application varchar(26) NOT NULL,
       dataset varchar(26) NOT NULL,
       begun_on varchar(10) NOT NULL,
       uses longtext NOT NULL`,
    );
    await sql.createIndex('register_grants_of', 'register_grants', 'application, dataset');
    await sql.createTable(
      'register_cursor',
      `id bigint NOT NULL PRIMARY KEY,
       position bigint NOT NULL,
       complete_until datetime(3) NOT NULL`,
    );
  },
  async (sql) => {
    for (const table of ['register_cursor', 'register_grants', 'register_matters']) await sql.dropTable(table);
  },
);
