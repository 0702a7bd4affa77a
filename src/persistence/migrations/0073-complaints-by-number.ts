import { migration } from './dialect.js';

/** A visitor follows an objection by its number. */
export const ComplaintsByNumber0073 = migration(
  '0073',
  'ComplaintsByNumber',
  (sql) => sql.createIndex('complaints_by_number', 'complaints', 'number'),
  (sql) => sql.dropIndex('complaints_by_number', 'complaints'),
);
