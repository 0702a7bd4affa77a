import { migration } from './dialect.js';

/** Who was told of which event, and what was reminded of before its day. */
export const Notifications0043 = migration(
  '0043',
  'Notifications',
  async (sql) => {
    await sql.createTable(
      'notifications',
      `id varchar(26) NOT NULL PRIMARY KEY,
       person varchar(26) NOT NULL,
       template varchar(96) NOT NULL,
       about_kind varchar(16) NOT NULL,
       about_id varchar(26) NOT NULL,
       filled longtext NOT NULL,
       told_at datetime(3) NOT NULL,
       read_at datetime(3)`,
    );
    await sql.createIndex('notifications_of_person', 'notifications', 'person, id');
    await sql.createIndex('notifications_unread', 'notifications', 'person, read_at, id');
    await sql.createIndex('notifications_by_age', 'notifications', 'told_at');
    await sql.createTable(
      'reminders',
      `id varchar(26) NOT NULL PRIMARY KEY,
       version bigint NOT NULL,
       what varchar(16) NOT NULL,
       subject varchar(26) NOT NULL,
       day varchar(10) NOT NULL`,
    );
    await sql.createIndex('reminders_once', 'reminders', 'subject, what, day', 'unique');
  },
  async (sql) => {
    for (const table of ['reminders', 'notifications']) await sql.dropTable(table);
  },
);
