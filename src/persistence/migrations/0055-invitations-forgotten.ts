import { migration } from './dialect.js';

/** When letters of invitations went out, and which of them nobody came by. */
export const InvitationsForgotten0055 = migration(
  '0055',
  'InvitationsForgotten',
  async (sql) => {
    await sql.addColumn('invitations', 'letters longtext');
    await sql.createIndex('invitations_by_end', 'invitations', 'state, expires_at');
  },
  async (sql) => {
    await sql.dropIndex('invitations_by_end', 'invitations');
    await sql.dropColumn('invitations', 'letters');
  },
);
