import { migration } from './dialect.js';

/** What applicants of a purpose are asked, each published version a row; the number is unique in its purpose. */
export const ApplicationForms0041 = migration(
  '0041',
  'ApplicationForms',
  async (sql) => {
    await sql.createTable(
      'application_forms',
      `id varchar(26) NOT NULL PRIMARY KEY,
       version bigint NOT NULL,
       purpose varchar(32) NOT NULL,
       number bigint NOT NULL,
       is_current tinyint NOT NULL,
       obligatory tinyint NOT NULL,
       title longtext NOT NULL,
       fields longtext NOT NULL,
       published_at datetime(3) NOT NULL`,
    );
    await sql.createIndex('application_forms_by_number', 'application_forms', 'purpose, number', 'unique');
  },
  async (sql) => {
    await sql.dropTable('application_forms');
  },
);
