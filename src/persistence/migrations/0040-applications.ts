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
       acts_on varchar(10),
       similarity varchar(64) NOT NULL,
       created_at datetime(3) NOT NULL,
       submitted_at datetime(3),
       body longtext NOT NULL`,
    );
    await sql.createIndex('applications_by_number', 'applications', 'number', 'unique');
    // Every list finds and counts its rows in one of these alone; only the page itself reads rows.
    const lists: Record<string, string> = {
      applicant: 'applicant, created_at, id, state, due',
      holder: 'holder, created_at, id, submitted_at, state, due',
      turn: 'turn_organisation, turn_role, created_at, id, submitted_at, assignee, state, due',
      substitute: 'substitute_organisation, substitute_role, created_at, id, submitted_at, state, due',
      due: 'due, id, submitted_at, applicant',
      state: 'state, created_at, id, submitted_at, applicant',
      age: 'created_at, id, submitted_at, applicant',
      bundle: 'bundle, created_at, id',
    };
    for (const [name, columns] of Object.entries(lists))
      await sql.createIndex(`applications_by_${name}`, 'applications', columns);
    await sql.createIndex('applications_by_acts_on', 'applications', 'acts_on, id');
    await sql.createIndex('applications_by_similarity', 'applications', 'applicant, similarity, created_at');
    await sql.createTable('application_numbers', 'year bigint NOT NULL PRIMARY KEY, given bigint NOT NULL');
  },
  async (sql) => {
    for (const table of ['application_numbers', 'applications']) await sql.dropTable(table);
  },
);
