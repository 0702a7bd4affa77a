import { migration } from './dialect.js';

/** Evidence of organisations: by whom, for which kind of condition, and when time changes it. */
export const ApplicationEvidence0047 = migration(
  '0047',
  'ApplicationEvidence',
  async (sql) => {
    await sql.createTable(
      'evidence',
      `id varchar(26) NOT NULL PRIMARY KEY,
       version bigint NOT NULL,
       organisation varchar(26) NOT NULL,
       kind varchar(64) NOT NULL,
       state varchar(16) NOT NULL,
       filed_at datetime(3) NOT NULL,
       due_at datetime(3),
       body longtext NOT NULL`,
    );
    await sql.createIndex('evidence_by_organisation', 'evidence', 'organisation, kind, id');
    await sql.createIndex('evidence_by_state', 'evidence', 'state, id');
    await sql.createIndex('evidence_by_due', 'evidence', 'due_at, id');
  },
  async (sql) => sql.dropTable('evidence'),
);
