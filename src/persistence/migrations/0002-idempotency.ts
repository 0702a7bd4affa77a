import { migration } from './dialect.js';

/** First answers by idempotency key, kept 24 hours, written in the transaction of the command they answer. */
export const Idempotency0002 = migration(
  '0002',
  'Idempotency',
  async (sql) => {
    await sql.createTable(
      'idempotency',
      `id varchar(64) NOT NULL PRIMARY KEY,
       request_hash varchar(64) NOT NULL,
       answer longtext,
       created_at datetime(3) NOT NULL`,
    );
    await sql.createIndex('idempotency_by_age', 'idempotency', 'created_at');
  },
  async (sql) => sql.dropTable('idempotency'),
);
