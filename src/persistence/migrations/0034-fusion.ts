import { migration } from './dialect.js';

/** What datasets tell when they are joined: counts and names of columns. `fusion_datasets` finds them by dataset. */
export const Fusion0034 = migration(
  '0034',
  'ClassificationFusion',
  async (sql) => {
    await sql.createTable(
      'fusions',
      `id varchar(26) NOT NULL PRIMARY KEY,
       version bigint NOT NULL,
       state varchar(16) NOT NULL,
       open_key varchar(64),
       datasets longtext NOT NULL,
       pairs longtext NOT NULL,
       bytes bigint NOT NULL,
       host varchar(255) NOT NULL,
       process_id bigint NOT NULL,
       submitted_by varchar(26) NOT NULL,
       failure longtext,
       created_at datetime(3) NOT NULL,
       deadline_at datetime(3) NOT NULL,
       ended_at datetime(3)`,
    );
    await sql.createIndex('fusion_open', 'fusions', 'open_key', 'unique');
    await sql.createTable(
      'fusion_datasets',
      `fusion varchar(26) NOT NULL,
       dataset varchar(26) NOT NULL,
       publisher varchar(26) NOT NULL,
       PRIMARY KEY (fusion, dataset)`,
    );
    await sql.createIndex('fusion_by_dataset', 'fusion_datasets', 'dataset, fusion');
    await sql.createIndex('fusion_by_publisher', 'fusion_datasets', 'publisher, fusion');
  },
  async (sql) => {
    await sql.dropTable('fusion_datasets');
    await sql.dropTable('fusions');
  },
);
