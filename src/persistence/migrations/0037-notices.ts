import { migration } from './dialect.js';

/** Numbered notices, what they were written from, and how many numbers each body has given in each year. */
export const Notices0037 = migration(
  '0037',
  'Notices',
  async (sql) => {
    await sql.createTable(
      'notices',
      `id varchar(26) NOT NULL PRIMARY KEY,
       version bigint NOT NULL,
       kind varchar(48) NOT NULL,
       number varchar(64) NOT NULL,
       year bigint NOT NULL,
       serial bigint NOT NULL,
       issuer varchar(26) NOT NULL,
       addressee varchar(26) NOT NULL,
       about_kind varchar(16) NOT NULL,
       about_id varchar(26) NOT NULL,
       grant_id varchar(26),
       cause varchar(64) NOT NULL,
       template varchar(64) NOT NULL,
       facts longtext NOT NULL,
       issued_at datetime(3) NOT NULL,
       hash varchar(64) NOT NULL`,
    );
    await sql.createIndex('notices_by_number', 'notices', 'issuer, year, serial', 'unique');
    await sql.createIndex('notices_by_hash', 'notices', 'hash', 'unique');
    await sql.createIndex('notices_about', 'notices', 'about_id, id');
    await sql.createIndex('notices_of_grant', 'notices', 'grant_id, id');
    await sql.createIndex('notices_to', 'notices', 'addressee, id');
    await sql.createTable(
      'notice_templates',
      `hash varchar(64) NOT NULL PRIMARY KEY,
       kind varchar(48) NOT NULL,
       version bigint NOT NULL,
       frame bigint NOT NULL,
       body longtext NOT NULL`,
    );
    await sql.createTable(
      'notice_series',
      `id varchar(32) NOT NULL PRIMARY KEY,
       issuer varchar(26) NOT NULL,
       year bigint NOT NULL,
       given bigint NOT NULL`,
    );
  },
  async (sql) => {
    for (const table of ['notice_series', 'notice_templates', 'notices']) await sql.dropTable(table);
  },
);
