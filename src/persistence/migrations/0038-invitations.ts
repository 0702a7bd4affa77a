import { migration } from './dialect.js';

/** Invitations of organisations to their own people. */
export const Invitations0038 = migration(
  '0038',
  'Invitations',
  async (sql) => {
    await sql.createTable(
      'invitations',
      `id varchar(26) NOT NULL PRIMARY KEY,
       version bigint NOT NULL,
       organisation varchar(26) NOT NULL,
       name longtext NOT NULL,
       address varchar(254),
       language varchar(8) NOT NULL,
       role varchar(16),
       authorisation longtext,
       invited_by varchar(26) NOT NULL,
       state varchar(16) NOT NULL,
       ticket varchar(26),
       hash varchar(64),
       sends bigint NOT NULL,
       misses bigint NOT NULL,
       made_at datetime(3) NOT NULL,
       sent_at datetime(3) NOT NULL,
       expires_at datetime(3) NOT NULL,
       person varchar(26),
       decided_by varchar(26),
       reason longtext`,
    );
    await sql.createIndex('invitations_by_ticket', 'invitations', 'ticket', 'unique');
    await sql.createIndex('invitations_by_organisation', 'invitations', 'organisation, id');
    await sql.createIndex('invitations_by_role', 'invitations', 'role, state, id');
  },
  async (sql) => {
    await sql.dropTable('invitations');
  },
);
