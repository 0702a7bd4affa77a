import { schema } from '../../ormconfig.js';
import { type App, createApp } from '../app.js';
import { ulids } from '../composition/ulids.js';
import { type Config, ConfigFault, loadConfig } from '../config/index.js';
import { SteadyClock } from '../kernel/steady-clock.js';
import { createLogger, type Logger } from '../operations/index.js';
import {
  type Database,
  DatabaseInUse,
  DatabaseUnavailable,
  NewerDatabase,
  NoSuchDatabase,
  openDatabase,
  openForReading,
} from '../persistence/index.js';
import { type Call, CannotRun } from './command.js';
import { pendingMigrations } from './pending-migrations.js';

/** The configuration of this environment; what is wrong in it is told in one list. */
export function configOf(call: Call): Config {
  try {
    return loadConfig(call.environment);
  } catch (error) {
    if (error instanceof ConfigFault) throw new CannotRun({ en: error.message, zh: error.message });
    throw error;
  }
}

export const inWords = (error: unknown): unknown => {
  const message = (error as Error).message;
  if (error instanceof DatabaseInUse)
    return new CannotRun({
      en: `a running server holds this database (${message}). Stop it first, or use the running server: --server <address>, where the command has that option`,
      zh: `数据库正由运行中的服务占用（${message}）。请先停止服务；带有 --server <地址> 选项的命令也可以交给运行中的服务执行`,
    });
  if (error instanceof NoSuchDatabase)
    return new CannotRun({
      en: `${message}. Set DATABASE_URL, or start the server once (npm start) to create it`,
      zh: `${message}。请设置 DATABASE_URL，或者先启动一次服务（npm start）`,
    });
  if (error instanceof DatabaseUnavailable)
    return new CannotRun({
      en: `${message}. Check that the server of DATABASE_URL runs and that user, password and name are right`,
      zh: `${message}。请检查 DATABASE_URL 指向的数据库是否在运行，用户名、密码和库名是否正确`,
    });
  if (error instanceof NewerDatabase)
    return new CannotRun({
      en: `${error.message}. Install the version that made it, or restore the backup from before the upgrade`,
      zh: `数据库由更新的版本建立（${error.unknown.join('、')}）。请安装该版本，或者恢复升级前的备份`,
    });
  return error;
};

async function closing<Held extends { close(): Promise<void> }, T>(
  open: () => Promise<Held>,
  work: (held: Held) => Promise<T>,
): Promise<T> {
  try {
    const held = await open();
    try {
      return await work(held);
    } finally {
      await held.close();
    }
  } catch (error) {
    throw inWords(error);
  }
}

/** The whole product without a listening server; refuses while a server holds the embedded file. Seeds only when told. */
export function withApp<T>(
  call: Call,
  work: (app: App, config: Config) => Promise<T>,
  more: { readonly seeded?: boolean; readonly log?: Logger } = {},
): Promise<T> {
  const config = configOf(call);
  const { seeded = false, log = createLogger('error') } = more;
  const clock = new SteadyClock(Date.now, () => performance.now());
  const open = () => createApp({ config, schema, log, seeded, clock, ids: ulids() });
  return closing(open, (app) => work(app, config));
}

/** The bare database, for migrations. */
export function withDatabase<T>(call: Call, work: (database: Database, config: Config) => Promise<T>): Promise<T> {
  const config = configOf(call);
  const options = { poolSize: 2, deadline: config.databaseDeadline };
  return closing(
    () => openDatabase(config.databaseUrl, schema, options),
    (database) => work(database, config),
  );
}

/** The database for looking at its rows: its schema has to be the one this code knows. */
export function withCurrent<T>(call: Call, work: (database: Database, config: Config) => Promise<T>): Promise<T> {
  return withReading(call, async (database, config) => {
    const missing = pendingMigrations(await database.appliedMigrations());
    if (missing.length > 0)
      throw new CannotRun({
        en: `the database is older than this version (not applied: ${missing.join(', ')}). Back up, then: tiergate migrate up`,
        zh: `数据库结构旧于当前版本（未执行：${missing.join('、')}）。请先备份，再运行 tiergate migrate up`,
      });
    return work(database, config);
  });
}

/** The database for looking only, also while a server runs. */
export function withReading<T>(call: Call, work: (database: Database, config: Config) => Promise<T>): Promise<T> {
  const config = configOf(call);
  return closing(
    () => openForReading(config.databaseUrl, schema),
    async (database) => {
      await database.refuseNewer();
      return work(database, config);
    },
  );
}
