import { DataSource, type MixedList } from 'typeorm';
import { applicationEntities, applicationTables } from './src/applications/index.js';
import { catalogueEntities, catalogueTables } from './src/catalogue/index.js';
import {
  classificationEntities,
  classificationTables,
  learningEntities,
  learningTables,
} from './src/classification/index.js';
import { colleagueEntities, colleagueTables } from './src/colleagues/index.js';
import { evidenceEntities, evidenceTables } from './src/evidence/index.js';
import { decisionEntities, decisionTables } from './src/decisions/index.js';
import { grantEntities, grantTables } from './src/grants/index.js';
import { identityEntities, identityTables } from './src/identity/index.js';
import { logEntities, type verifyLog } from './src/log/index.js';
import { noticeEntities, noticeTables } from './src/notices/index.js';
import { notificationEntities, notificationTables } from './src/notifications/index.js';
import { registerEntities } from './src/register/index.js';
import { supervisionEntities, supervisionTables } from './src/supervision/index.js';
import { IdempotencyRecord, migrations, type Schema } from './src/persistence/index.js';

/** Every entity and migration of the product, for both databases. A slice adds its entities here. */
export const schema: Schema = {
  entities: [
    IdempotencyRecord,
    ...logEntities,
    ...identityEntities,
    ...colleagueEntities,
    ...catalogueEntities,
    ...classificationEntities,
    ...learningEntities,
    ...evidenceEntities,
    ...applicationEntities,
    ...grantEntities,
    ...supervisionEntities,
    ...noticeEntities,
    ...notificationEntities,
    ...registerEntities,
    ...decisionEntities,
  ],
  migrations,
};

/** Every table whose rows the log names: `audit verify` holds each row against it. A slice adds its tables here. */
export const loggedTables: Parameters<typeof verifyLog>[1] = [
  ...identityTables,
  ...colleagueTables,
  ...catalogueTables,
  ...classificationTables,
  ...learningTables,
  ...evidenceTables,
  ...applicationTables,
  ...grantTables,
  ...supervisionTables,
  ...noticeTables,
  ...notificationTables,
  ...decisionTables,
];

/** For TypeORM's own command line against a database server: `typeorm -d dist/ormconfig.js migration:show`. */
export default new DataSource({
  type: 'mariadb',
  connectorPackage: 'mysql2',
  url: process.env['DATABASE_URL']?.replace(/^mysql:/, 'mariadb:') ?? 'mariadb://127.0.0.1/tiergate',
  timezone: 'Z',
  charset: 'utf8mb4',
  migrationsTableName: 'migrations',
  entities: schema.entities as MixedList<Function>,
  migrations: schema.migrations as MixedList<Function>,
} as never);
