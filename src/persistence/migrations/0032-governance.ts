import { migration } from './dialect.js';

/**
 * Tiers as governed acts and packs as governed law: what a change of tier did to whom, rule packs with who proposed and
 * who published them, rehearsals with what they found, and when somebody has to look at a tier again.
 */
export const Governance0032 = migration(
  '0032',
  'Governance',
  async (sql) => {
    await sql.createTable(
      'reclassifications',
      `id varchar(26) NOT NULL PRIMARY KEY,
       version bigint NOT NULL,
       dataset varchar(26) NOT NULL,
       publisher varchar(26) NOT NULL,
       from_tier varchar(16) NOT NULL,
       to_tier varchar(16) NOT NULL,
       assessment varchar(26),
       actor varchar(64) NOT NULL,
       pack varchar(64) NOT NULL,
       pack_version bigint NOT NULL,
       fate varchar(16),
       impact longtext NOT NULL,
       at datetime(3) NOT NULL`,
    );
    await sql.createIndex('reclassifications_by_dataset', 'reclassifications', 'dataset, at, id');
    await sql.createIndex('reclassifications_by_publisher', 'reclassifications', 'publisher, at, id');
    await sql.createIndex('reclassifications_by_time', 'reclassifications', 'at, id');
    await sql.createTable(
      'rule_packs',
      `id varchar(26) NOT NULL PRIMARY KEY,
       version bigint NOT NULL,
       pack varchar(64) NOT NULL,
       number bigint NOT NULL,
       state varchar(16) NOT NULL,
       published_key varchar(96),
       based_on varchar(64) NOT NULL,
       hash varchar(64) NOT NULL,
       content longtext NOT NULL,
       reason text NOT NULL,
       author varchar(26) NOT NULL,
       proposed_by varchar(26),
       published_by varchar(26),
       seal varchar(64),
       created_at datetime(3) NOT NULL,
       proposed_at datetime(3),
       published_at datetime(3)`,
    );
    await sql.createIndex('rule_packs_published', 'rule_packs', 'published_key', 'unique');
    await sql.createIndex('rule_packs_of_pack', 'rule_packs', 'pack, state, number');
    await sql.createIndex('rule_packs_by_time', 'rule_packs', 'created_at, id');
    await sql.createTable(
      'rehearsals',
      `id varchar(26) NOT NULL PRIMARY KEY,
       version bigint NOT NULL,
       draft varchar(26) NOT NULL,
       pack varchar(64) NOT NULL,
       hash varchar(64) NOT NULL,
       against varchar(64) NOT NULL,
       state varchar(16) NOT NULL,
       started_by varchar(26) NOT NULL,
       counts longtext NOT NULL,
       created_at datetime(3) NOT NULL,
       heartbeat_at datetime(3) NOT NULL`,
    );
    await sql.createIndex('rehearsals_of_draft', 'rehearsals', 'draft, created_at, id');
    await sql.createIndex('rehearsals_by_state', 'rehearsals', 'state, id');
    await sql.createTable(
      'rehearsal_changes',
      `rehearsal varchar(26) NOT NULL,
       kind varchar(16) NOT NULL,
       seq bigint NOT NULL,
       subject varchar(26) NOT NULL,
       data longtext NOT NULL,
       PRIMARY KEY (rehearsal, kind, seq)`,
    );
    await sql.createTable(
      'reevaluations',
      `id varchar(26) NOT NULL PRIMARY KEY,
       version bigint NOT NULL,
       publisher varchar(26) NOT NULL,
       state varchar(16) NOT NULL,
       cause varchar(32) NOT NULL,
       note text,
       due_at datetime(3) NOT NULL,
       since datetime(3)`,
    );
    await sql.createIndex('reevaluations_queue', 'reevaluations', 'state, due_at, id');
    await sql.createIndex('reevaluations_of_publisher', 'reevaluations', 'publisher, state, due_at, id');
  },
  async (sql) => {
    for (const table of ['reevaluations', 'rehearsal_changes', 'rehearsals', 'rule_packs', 'reclassifications'])
      await sql.dropTable(table);
  },
);
