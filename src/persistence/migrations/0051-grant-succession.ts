import { migration } from './dialect.js';

/** Which application renews or amends a grant; and the order in which grants of an organisation end. */
export const GrantSuccession0051 = migration(
  '0051',
  'GrantsSuccession',
  async (sql) => {
    await sql.addColumn('grants', 'succession varchar(26)');
    await sql.createIndex('grants_by_succession', 'grants', 'succession');
  },
  async (sql) => {
    await sql.dropIndex('grants_by_succession', 'grants');
    await sql.dropColumn('grants', 'succession');
  },
);
