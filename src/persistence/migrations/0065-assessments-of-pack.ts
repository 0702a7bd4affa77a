import { migration } from './dialect.js';

/** Which tiers an earlier version of a pack gave, and how many, without reading an assessment. */
export const AssessmentsOfPack0065 = migration(
  '0065',
  'AssessmentsOfPack',
  (sql) => sql.createIndex('assessments_of_pack', 'assessments', 'pack, current_key, pack_version'),
  (sql) => sql.dropIndex('assessments_of_pack', 'assessments'),
);
