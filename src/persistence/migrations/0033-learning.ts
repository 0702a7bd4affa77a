import { migration } from './dialect.js';

/** What was learned from decisions: one model of each publisher and pack, and one from all publishers together. */
export const ClassificationLearning0033 = migration(
  '0033',
  'ClassificationLearning',
  async (sql) => {
    await sql.createTable(
      'learned_models',
      `id varchar(26) NOT NULL PRIMARY KEY,
       version bigint NOT NULL,
       pack varchar(64) NOT NULL,
       publisher varchar(26) NOT NULL,
       hash varchar(64) NOT NULL,
       own bigint NOT NULL,
       others bigint NOT NULL,
       model longtext NOT NULL,
       trained_at datetime(3) NOT NULL`,
    );
    await sql.createIndex('learned_model_of', 'learned_models', 'pack, publisher', 'unique');
  },
  async (sql) => sql.dropTable('learned_models'),
);
