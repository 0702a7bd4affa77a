import { migration } from './dialect.js';

/** Who wants mail, and what is on its way. */
export const Mail0044 = migration(
  '0044',
  'Mail',
  async (sql) => {
    await sql.createTable(
      'mail_preferences',
      `id varchar(26) NOT NULL PRIMARY KEY,
       version bigint NOT NULL,
       address varchar(254),
       mode varchar(16) NOT NULL,
       language varchar(8) NOT NULL`,
    );
    await sql.createIndex('mail_preferences_by_mode', 'mail_preferences', 'mode, id');
    await sql.createTable(
      'mails',
      `id varchar(26) NOT NULL PRIMARY KEY,
       person varchar(26) NOT NULL,
       kind varchar(16) NOT NULL,
       about varchar(26) NOT NULL,
       state varchar(16) NOT NULL,
       tries bigint NOT NULL,
       made_at datetime(3) NOT NULL,
       next_at datetime(3) NOT NULL,
       settled_at datetime(3),
       last_error varchar(400)`,
    );
    await sql.createIndex('mails_once', 'mails', 'person, kind, about', 'unique');
    await sql.createIndex('mails_by_next', 'mails', 'state, next_at, id');
    await sql.createIndex('mails_by_state', 'mails', 'state, id');
  },
  async (sql) => {
    for (const table of ['mails', 'mail_preferences']) await sql.dropTable(table);
  },
);
