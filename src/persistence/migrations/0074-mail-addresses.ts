import { migration } from './dialect.js';

/** Since when an address waits for its owner to confirm it; those that were there before are believed. */
export const MailAddresses0074 = migration(
  '0074',
  'MailAddresses',
  async (sql) => {
    await sql.addColumn('mail_preferences', 'asked_at datetime(3)');
  },
  async (sql) => {
    await sql.dropColumn('mail_preferences', 'asked_at');
  },
);
