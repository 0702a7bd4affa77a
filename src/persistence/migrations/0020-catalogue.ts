import { migration } from './dialect.js';

/** Datasets, agreement templates by version, sources, imports and what they have to tell. */
export const Catalogue0020 = migration(
  '0020',
  'Catalogue',
  async (sql) => {
    await sql.createTable(
      'datasets',
      `id varchar(26) NOT NULL PRIMARY KEY,
       version bigint NOT NULL,
       origin varchar(64) NOT NULL,
       identifier varchar(255) NOT NULL,
       source varchar(64) NOT NULL,
       publisher varchar(26) NOT NULL,
       state varchar(16) NOT NULL,
       tier varchar(16) NOT NULL,
       body longtext NOT NULL`,
    );
    await sql.createIndex('datasets_by_identifier', 'datasets', 'origin, identifier', 'unique');
    await sql.createIndex('datasets_by_publisher', 'datasets', 'publisher, identifier');
    await sql.createIndex('datasets_by_source', 'datasets', 'source, id');
    await sql.createIndex('datasets_in_order', 'datasets', 'identifier, id');
    await sql.createTable(
      'agreements',
      `id varchar(26) NOT NULL PRIMARY KEY,
       version bigint NOT NULL,
       template varchar(26) NOT NULL,
       number bigint NOT NULL,
       is_current tinyint NOT NULL,
       title longtext NOT NULL,
       text longtext NOT NULL,
       hash varchar(64) NOT NULL,
       published_at datetime(3) NOT NULL`,
    );
    await sql.createIndex('agreements_by_number', 'agreements', 'template, number', 'unique');
    await sql.createTable(
      'catalogue_sources',
      `id varchar(26) NOT NULL PRIMARY KEY,
       version bigint NOT NULL,
       code varchar(64) NOT NULL,
       format varchar(32) NOT NULL,
       profile varchar(64) NOT NULL,
       created_at datetime(3) NOT NULL`,
    );
    await sql.createIndex('catalogue_sources_by_code', 'catalogue_sources', 'code', 'unique');
    await sql.createTable(
      'catalogue_imports',
      `id varchar(26) NOT NULL PRIMARY KEY,
       version bigint NOT NULL,
       source varchar(64) NOT NULL,
       format varchar(32) NOT NULL,
       profile varchar(64) NOT NULL,
       state varchar(16) NOT NULL,
       open_key varchar(64),
       started_by varchar(26) NOT NULL,
       counts longtext NOT NULL,
       failure longtext,
       created_at datetime(3) NOT NULL,
       heartbeat_at datetime(3) NOT NULL`,
    );
    await sql.createIndex('catalogue_imports_one_running', 'catalogue_imports', 'open_key', 'unique');
    await sql.createTable(
      'catalogue_import_issues',
      `import_id varchar(26) NOT NULL,
       seq bigint NOT NULL,
       identifier varchar(255) NOT NULL,
       code varchar(64) NOT NULL,
       detail longtext NOT NULL,
       PRIMARY KEY (import_id, seq)`,
    );
  },
  async (sql) => {
    for (const table of ['catalogue_import_issues', 'catalogue_imports', 'catalogue_sources', 'agreements', 'datasets'])
      await sql.dropTable(table);
  },
);
