import { monotonicFactory } from 'ulid';
import { schema } from '../../ormconfig.js';
import { type App, createApp } from '../app.js';
import { type Config, ConfigFault, loadConfig } from '../config/index.js';
import { createLogger, type Logger } from '../operations/index.js';
import {
  type Database,
  DatabaseInUse,
  DatabaseUnavailable,
  NoSuchDatabase,
  openDatabase,
  openForReading,
} from '../persistence/index.js';
import { type Call, CannotRun } from './command.js';

/** The configuration of this environment; what is wrong in it is told in one list. */
export function configOf(call: Call): Config {
  try {
    return loadConfig(call.environment);
  } catch (error) {
    if (error instanceof ConfigFault) throw new CannotRun({ en: error.message, zh: error.message });
    throw error;
  }
}

const inWords = (error: unknown): unknown => {
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
  const next = monotonicFactory();
  const { seeded = false, log = createLogger('error') } = more;
  const clock = { now: () => Date.now() };
  const open = () => createApp({ config, schema, log, seeded, clock, ids: { next: () => next() } });
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

/** The database for looking only, also while a server runs. */
export function withReading<T>(call: Call, work: (database: Database, config: Config) => Promise<T>): Promise<T> {
  const config = configOf(call);
  return closing(
    () => openForReading(config.databaseUrl, schema),
    (database) => work(database, config),
  );
}
