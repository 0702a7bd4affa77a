import { migration } from './dialect.js';

/** Daily counts of what portals asked with each of their keys, and when last (milliseconds since 1970). */
export const PortalUses0075 = migration(
  '0075',
  'PortalUses',
  async (sql) => {
    await sql.createTable(
      'portal_uses',
      `day varchar(10) NOT NULL,
       portal varchar(64) NOT NULL,
       credential varchar(64) NOT NULL,
       reason varchar(64) NOT NULL,
       permit tinyint NOT NULL,
       count bigint NOT NULL,
       last_at bigint NOT NULL,
       PRIMARY KEY (day, portal, credential, reason, permit)`,
    );
  },
  async (sql) => {
    await sql.dropTable('portal_uses');
  },
);
