import { migration } from './dialect.js';

/** How the public catalogue stood when a quarter was over: by field, holder and tier. */
export const CatalogueCounts0046 = migration(
  '0046',
  'CatalogueCounts',
  async (sql) => {
    await sql.createTable(
      'register_catalogue',
      `quarter varchar(8) NOT NULL PRIMARY KEY,
       counted_on varchar(10) NOT NULL,
       counts longtext NOT NULL`,
    );
  },
  async (sql) => sql.dropTable('register_catalogue'),
);
