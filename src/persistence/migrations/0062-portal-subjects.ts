import { migration } from './dialect.js';

/** Whom a portal is registered for; portals that were there before are registered for everyone. */
export const PortalSubjects0062 = migration(
  '0062',
  'PortalSubjects',
  async (sql) => {
    await sql.addColumn('portals', 'serves longtext');
  },
  async (sql) => {
    await sql.dropColumn('portals', 'serves');
  },
);
