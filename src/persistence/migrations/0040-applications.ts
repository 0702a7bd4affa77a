import { migration } from './dialect.js';

/** Applications as the fold of their events, with the columns their lists ask for, and the numbers given per year. */
export const Applications0040 = migration(
  '0040',
  'Applications',
  async (sql) => {
    await sql.createTable(
      'applications',
      `id varchar(26) NOT NULL PRIMARY KEY,
       version bigint NOT NULL,
       number varchar(32),
       state varchar(32) NOT NULL,
       stage varchar(16),
       applicant varchar(26) NOT NULL,
       holder varchar(26) NOT NULL,
       assignee varchar(26),
       bundle varchar(64),
       turn_role varchar(32),
       turn_organisation varchar(26),
       substitute_role varchar(32),
       substitute_organisation varchar(26),
       due varchar(10),
       similarity varchar(64) NOT NULL,
       created_at datetime(3) NOT NULL,
       submitted_at datetime(3),
       body longtext NOT NULL`,
    );
    await sql.createIndex('applications_by_number', 'applications', 'number', 'unique');
    await sql.createIndex('applications_by_applicant', 'applications', 'applicant, created_at, id');
    await sql.createIndex('applications_by_holder', 'applications', 'holder, created_at, id');
    await sql.createIndex('applications_by_turn', 'applications', 'turn_organisation, turn_role, created_at, id');
    await sql.createIndex('applications_by_due', 'applications', 'due, id');
    await sql.createIndex('applications_by_age', 'applications', 'created_at, id');
    await sql.createIndex('applications_by_similarity', 'applications', 'applicant, similarity, created_at');
    await sql.createTable('application_numbers', 'year bigint NOT NULL PRIMARY KEY, given bigint NOT NULL');
  },
  async (sql) => {
    for (const table of ['application_numbers', 'applications']) await sql.dropTable(table);
  },
);
