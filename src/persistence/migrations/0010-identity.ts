import { migration } from './dialect.js';

/** Organisations, people, posts, portals; what proves who they are; sessions; registrations; sealed signing keys. */
export const Identity0010 = migration(
  '0010',
  'Identity',
  async (sql) => {
    await sql.createTable(
      'organisations',
      `id varchar(26) NOT NULL PRIMARY KEY,
       version bigint NOT NULL,
       name longtext NOT NULL,
       credit_code varchar(18),
       kind varchar(16) NOT NULL,
       state varchar(16) NOT NULL,
       parent varchar(26),
       suspended_at datetime(3),
       suspension_reason longtext`,
    );
    await sql.createIndex('organisations_by_credit_code', 'organisations', 'credit_code', 'unique');
    await sql.createIndex('organisations_by_kind', 'organisations', 'kind, id');
    await sql.createTable(
      'people',
      `id varchar(26) NOT NULL PRIMARY KEY,
       version bigint NOT NULL,
       username varchar(64) NOT NULL,
       name longtext NOT NULL,
       organisation varchar(26) NOT NULL,
       state varchar(16) NOT NULL`,
    );
    await sql.createIndex('people_by_username', 'people', 'username', 'unique');
    await sql.createIndex('people_by_organisation', 'people', 'organisation, id');
    await sql.createTable(
      'posts',
      `id varchar(26) NOT NULL PRIMARY KEY,
       version bigint NOT NULL,
       organisation varchar(26) NOT NULL,
       role varchar(16) NOT NULL,
       holder varchar(26) NOT NULL,
       deputy varchar(26),
       state varchar(16) NOT NULL`,
    );
    await sql.createIndex('posts_by_role', 'posts', 'role, organisation, id');
    await sql.createIndex('posts_by_organisation', 'posts', 'organisation, id');
    await sql.createIndex('posts_by_holder', 'posts', 'holder');
    await sql.createIndex('posts_by_deputy', 'posts', 'deputy');
    await sql.createTable(
      'portals',
      `id varchar(26) NOT NULL PRIMARY KEY,
       version bigint NOT NULL,
       client_id varchar(64) NOT NULL,
       name longtext NOT NULL,
       organisation varchar(26) NOT NULL,
       state varchar(16) NOT NULL`,
    );
    await sql.createIndex('portals_by_client_id', 'portals', 'client_id', 'unique');
    await sql.createTable(
      'credentials',
      `id varchar(26) NOT NULL PRIMARY KEY,
       version bigint NOT NULL,
       kind varchar(16) NOT NULL,
       owner varchar(26) NOT NULL,
       hash varchar(160) NOT NULL,
       label varchar(128) NOT NULL,
       created_at datetime(3) NOT NULL,
       expires_at datetime(3),
       revoked_at datetime(3)`,
    );
    await sql.createIndex('credentials_by_owner', 'credentials', 'owner, kind, id');
    await sql.createTable(
      'sessions',
      `id varchar(26) NOT NULL PRIMARY KEY,
       version bigint NOT NULL,
       person varchar(26) NOT NULL,
       organisation varchar(26) NOT NULL,
       channel varchar(16) NOT NULL,
       started_at datetime(3) NOT NULL,
       refreshed_at datetime(3) NOT NULL,
       refresh_token varchar(26) NOT NULL,
       ended_at datetime(3),
       end_reason varchar(32)`,
    );
    await sql.createIndex('sessions_by_person', 'sessions', 'person, ended_at');
    await sql.createIndex('sessions_by_organisation', 'sessions', 'organisation, ended_at');
    await sql.createTable(
      'registrations',
      `id varchar(26) NOT NULL PRIMARY KEY,
       version bigint NOT NULL,
       state varchar(16) NOT NULL,
       credit_code varchar(18) NOT NULL,
       name longtext NOT NULL,
       authorisation longtext NOT NULL,
       licence longtext,
       handler longtext NOT NULL,
       signatory longtext NOT NULL,
       submitted_at datetime(3) NOT NULL,
       decided_at datetime(3),
       decided_by varchar(26),
       reason longtext,
       organisation varchar(26)`,
    );
    await sql.createIndex('registrations_by_state', 'registrations', 'state, id');
    await sql.createTable(
      'signing_keys',
      `id varchar(26) NOT NULL PRIMARY KEY,
       version bigint NOT NULL,
       open_key varchar(16),
       public_key longtext NOT NULL,
       sealed longtext NOT NULL,
       created_at datetime(3) NOT NULL,
       retired_at datetime(3)`,
    );
    await sql.createIndex('signing_keys_one_open', 'signing_keys', 'open_key', 'unique');
    await sql.createTable(
      'sign_in_guesses',
      `id varchar(64) NOT NULL PRIMARY KEY,
       failures bigint NOT NULL,
       last_failure_at datetime(3) NOT NULL,
       locked_until datetime(3) NOT NULL`,
    );
    await sql.createIndex('sign_in_guesses_by_age', 'sign_in_guesses', 'last_failure_at');
  },
  async (sql) => {
    const tables = ['sign_in_guesses', 'signing_keys', 'registrations', 'sessions', 'credentials', 'portals'];
    for (const table of [...tables, 'posts', 'people', 'organisations']) await sql.dropTable(table);
  },
);
