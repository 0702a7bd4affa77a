import { migration } from './dialect.js';

/** Decisions on record, their daily counts, and deliveries. */
export const Decisions0060 = migration(
  '0060',
  'Decisions',
  async (sql) => {
    await sql.createTable(
      'decisions',
      `id varchar(26) NOT NULL PRIMARY KEY,
       at datetime(3) NOT NULL,
       asker_kind varchar(16) NOT NULL,
       asker varchar(64) NOT NULL,
       permit tinyint NOT NULL,
       row_id varchar(64) NOT NULL,
       reason varchar(64) NOT NULL,
       tier varchar(16) NOT NULL,
       policy_version varchar(64) NOT NULL,
       revision bigint NOT NULL,
       low bigint NOT NULL,
       high bigint NOT NULL,
       organisation varchar(64),
       person varchar(64),
       dataset varchar(64),
       grant_id varchar(26),
       valid_until datetime(3) NOT NULL,
       question longtext NOT NULL`,
    );
    await sql.createIndex('decisions_by_time', 'decisions', 'at');
    await sql.createTable(
      'decision_counts',
      `day varchar(10) NOT NULL,
       tier varchar(16) NOT NULL,
       reason varchar(64) NOT NULL,
       count bigint NOT NULL,
       PRIMARY KEY (day, tier, reason)`,
    );
    await sql.createTable(
      'deliveries',
      `id varchar(26) NOT NULL PRIMARY KEY,
       version bigint NOT NULL,
       at datetime(3) NOT NULL,
       evaluation varchar(26) NOT NULL,
       dataset varchar(64) NOT NULL,
       distribution varchar(64) NOT NULL,
       grant_id varchar(26),
       bytes bigint,
       portal varchar(64) NOT NULL`,
    );
    await sql.createIndex('deliveries_once', 'deliveries', 'evaluation, distribution', 'unique');
    await sql.createIndex('deliveries_by_grant', 'deliveries', 'grant_id');
  },
  async (sql) => {
    for (const table of ['deliveries', 'decision_counts', 'decisions']) await sql.dropTable(table);
  },
);
