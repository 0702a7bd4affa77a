import { migration } from './dialect.js';

/** Violations and the measures that follow them, with what lists, time and the decision index look up. */
export const Supervision0070 = migration(
  '0070',
  'Supervision',
  async (sql) => {
    await sql.createTable(
      'violations',
      `id varchar(26) NOT NULL PRIMARY KEY,
       version bigint NOT NULL,
       kind varchar(32) NOT NULL,
       organisation varchar(26) NOT NULL,
       holder varchar(26),
       grant_id varchar(26),
       state varchar(16) NOT NULL,
       reported_at datetime(3) NOT NULL,
       ruled_at datetime(3),
       due_at datetime(3),
       body longtext NOT NULL`,
    );
    await sql.createIndex('violations_by_state', 'violations', 'state, id');
    await sql.createIndex('violations_by_organisation', 'violations', 'organisation, kind, id');
    await sql.createIndex('violations_by_holder', 'violations', 'holder, id');
    await sql.createIndex('violations_by_grant', 'violations', 'grant_id, id');
    await sql.createIndex('violations_by_due', 'violations', 'due_at');
    await sql.createTable(
      'sanctions',
      `id varchar(26) NOT NULL PRIMARY KEY,
       version bigint NOT NULL,
       violation varchar(26) NOT NULL,
       organisation varchar(26) NOT NULL,
       grant_id varchar(26),
       step varchar(16) NOT NULL,
       state varchar(16) NOT NULL,
       imposed_at datetime(3) NOT NULL,
       ends_at datetime(3),
       due_at datetime(3),
       datasets longtext NOT NULL,
       body longtext NOT NULL`,
    );
    await sql.createIndex('sanctions_by_state', 'sanctions', 'state, step, id');
    await sql.createIndex('sanctions_by_organisation', 'sanctions', 'organisation, state, id');
    await sql.createIndex('sanctions_by_violation', 'sanctions', 'violation, id');
    await sql.createIndex('sanctions_by_due', 'sanctions', 'due_at');
  },
  async (sql) => {
    for (const table of ['sanctions', 'violations']) await sql.dropTable(table);
  },
);
