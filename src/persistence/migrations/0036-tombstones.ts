import { migration } from './dialect.js';

/** What was public and no longer is, by dataset: identifiers only, so that whoever harvested it knows what to drop. */
export const Tombstones0036 = migration(
  '0036',
  'CatalogueTombstones',
  async (sql) => {
    await sql.createTable(
      'tombstones',
      `id varchar(26) NOT NULL PRIMARY KEY,
       version bigint NOT NULL,
       identifier varchar(255) NOT NULL,
       source varchar(64) NOT NULL,
       publisher varchar(26) NOT NULL,
       state varchar(16) NOT NULL,
       was varchar(16) NOT NULL,
       gone varchar(16),
       cause varchar(16) NOT NULL,
       at datetime(3) NOT NULL`,
    );
    await sql.createIndex('tombstones_by_time', 'tombstones', 'at, id');
  },
  async (sql) => sql.dropTable('tombstones'),
);
