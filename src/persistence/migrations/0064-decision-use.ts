import { migration } from './dialect.js';

const PERMITTING = "'granted', 'granted-limited', 'shared', 'open-data', 'catalogue-record'";

/**
 * Daily counts of decisions by dataset, so that a holder sees the use of its own. What was counted before comes with it
 * and names no dataset; `decision_counts` stays as it was and is not written any more. Copied once, so that an
 * interrupted run can be repeated.
 */
export const DecisionUse0064 = migration(
  '0064',
  'DecisionUse',
  async (sql) => {
    await sql.createTable(
      'decision_uses',
      `day varchar(10) NOT NULL,
       dataset varchar(64) NOT NULL,
       tier varchar(16) NOT NULL,
       reason varchar(64) NOT NULL,
       permit tinyint NOT NULL,
       count bigint NOT NULL,
       PRIMARY KEY (day, dataset, tier, reason, permit)`,
    );
    await sql.run(
      `INSERT INTO decision_uses (day, dataset, tier, reason, permit, count)
       SELECT day, '', tier, reason, CASE WHEN reason IN (${PERMITTING}) THEN 1 ELSE 0 END, count FROM decision_counts
       WHERE NOT EXISTS (SELECT 1 FROM decision_uses)`,
    );
    await sql.createIndex('decision_uses_by_dataset', 'decision_uses', 'dataset, day');
    await sql.createIndex('deliveries_by_dataset', 'deliveries', 'dataset, at');
    await sql.createIndex('deliveries_by_time', 'deliveries', 'at, dataset');
  },
  async (sql) => {
    await sql.run('DELETE FROM decision_counts');
    await sql.run(
      `INSERT INTO decision_counts (day, tier, reason, count)
       SELECT day, tier, reason, SUM(count) FROM decision_uses GROUP BY day, tier, reason`,
    );
    await sql.dropIndex('deliveries_by_time', 'deliveries');
    await sql.dropIndex('deliveries_by_dataset', 'deliveries');
    await sql.dropTable('decision_uses');
  },
);
