import { migration } from './dialect.js';

/** Which decisions rested on the tiers of the items asked for; those that were there rested on that of their dataset. */
export const DecisionsByItems0068 = migration(
  '0068',
  'DecisionsByItems',
  async (sql) => {
    await sql.addColumn('decisions', 'by_items tinyint NOT NULL DEFAULT 0');
  },
  async (sql) => {
    await sql.dropColumn('decisions', 'by_items');
  },
);
