import { migration } from './dialect.js';

/** The one append-only log, the rows each entry leaves behind, the personal values it commits to, and its head. */
export const Log0001 = migration(
  '0001',
  'Log',
  async (sql) => {
    await sql.createTable(
      'log',
      `position bigint NOT NULL PRIMARY KEY,
       at datetime(3) NOT NULL,
       event varchar(64) NOT NULL,
       subject_kind varchar(32) NOT NULL,
       subject_id varchar(64) NOT NULL,
       actor longtext NOT NULL,
       data longtext NOT NULL,
       commitments longtext NOT NULL,
       leaf varchar(64) NOT NULL`,
    );
    await sql.createIndex('log_by_subject', 'log', 'subject_kind, subject_id, position');
    await sql.createTable(
      'log_row',
      `kind varchar(32) NOT NULL,
       row_id varchar(64) NOT NULL,
       position bigint NOT NULL,
       hash varchar(64),
       PRIMARY KEY (kind, row_id, position)`,
    );
    await sql.createIndex('log_row_by_position', 'log_row', 'position');
    await sql.createTable(
      'log_personal',
      `position bigint NOT NULL,
       name varchar(64) NOT NULL,
       salt varchar(64) NOT NULL,
       value longtext,
       PRIMARY KEY (position, name)`,
    );
    await sql.createTable('log_head', 'id bigint NOT NULL PRIMARY KEY, position bigint NOT NULL');
    await sql.run(`INSERT INTO log_head (id, position)
       SELECT id, position FROM (SELECT 1 AS id, 0 AS position) first WHERE NOT EXISTS (SELECT 1 FROM log_head)`);
  },
  async (sql) => {
    for (const table of ['log_head', 'log_personal', 'log_row', 'log']) await sql.dropTable(table);
  },
);
