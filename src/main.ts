import { mkdirSync } from 'node:fs';
import type { Server } from 'node:http';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { schema } from '../ormconfig.js';
import { type App, createApp } from './app.js';
import { ulids } from './composition/ulids.js';
import { type Config, loadConfig, readSecret } from './config/index.js';
import { httpServer } from './http/index.js';
import { SteadyClock } from './kernel/steady-clock.js';
import { VERSION } from './kernel/version.js';
import { createLogger, faultFields, type Logger, type WorkerLink, whileStarting } from './operations/index.js';
import { DatabaseUnavailable } from './persistence/index.js';

/** Running requests have this long to end, closing included. */
const DRAIN_LIMIT = 10_000;
const CUT_AFTER = 8000;
const RETRY_AFTER = 1000;

export interface Running {
  readonly app: App;
  readonly address: string;
  readonly log: Logger;
  readonly link: WorkerLink | null;
  /** Not ready at once, no new connections, running requests end, everything closes: within ten seconds. */
  stop(): Promise<void>;
}

/**
 * Starts the product. The port is taken first, so that a second start fails before it touches anything, and answers "not
 * ready" until database, migrations and indexes stand; a database that does not answer yet is waited for. A worker that
 * joins others takes the port last: until then they answer.
 */
export async function serve(
  environment: Readonly<Record<string, string | undefined>>,
  link: WorkerLink | null = null,
): Promise<Running> {
  const config = loadConfig(environment);
  const log = createLogger(config.logLevel, readSecret(config), link?.id);
  prepareFolder(config);
  const server = httpServer();
  const starting = whileStarting(VERSION);
  const early = link?.takesPortFirst === false ? undefined : await listen(server.on('request', starting), config);
  const parts = {
    config,
    schema,
    log,
    server,
    link,
    clock: new SteadyClock(Date.now, () => performance.now()),
    ids: ulids(),
  };
  try {
    const app = await onceDatabaseAnswers(() => createApp(parts), log);
    server.off('request', starting);
    const address = early ?? (await listen(server, config));
    log.info('listening', { address, database: app.database.description, mode: config.mode });
    link?.ready(address);
    return { app, address, log, link, stop: () => stop(app, log) };
  } catch (error) {
    server.close();
    server.closeAllConnections();
    throw error;
  }
}

async function listen(server: Server, { port, host }: Config): Promise<string> {
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  const bound = server.address();
  const taken = typeof bound === 'object' && bound !== null ? bound.port : port;
  return `http://${host.includes(':') ? `[${host}]` : host}:${taken}`;
}

/** Refused credentials or a missing database do not mend themselves; a server that does not answer may be on its way. */
const COMES_BACK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'PROTOCOL_CONNECTION_LOST',
  'ER_CON_COUNT_ERROR',
  'ER_SERVER_SHUTDOWN',
]);

async function onceDatabaseAnswers<T>(start: () => Promise<T>, log: Logger): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await start();
    } catch (error) {
      const { code } = ((error as Error).cause ?? error) as { code?: string };
      if (!(error instanceof DatabaseUnavailable) || !COMES_BACK.has(code ?? '')) throw error;
      if (attempt % 30 === 0) log.warn('waiting for the database', { message: error.message });
      await sleep(RETRY_AFTER);
    }
  }
}

async function stop(app: App, log: Logger): Promise<void> {
  app.drain();
  const { server } = app;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // A connection kept alive would otherwise stay, and bring new requests.
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const cut = setTimeout(() => server.closeAllConnections(), CUT_AFTER);
  const tooLate = sleep(DRAIN_LIMIT, 'late' as const, { ref: false });
  const outcome = await Promise.race([closed.then(() => app.close()), tooLate]);
  clearInterval(idle);
  clearTimeout(cut);
  if (outcome === 'late') log.warn('stopped before everything had ended', {});
}

function prepareFolder(config: Config): void {
  const file = config.databaseUrl.startsWith('sqlite:') ? config.databaseUrl.slice('sqlite:'.length) : ':memory:';
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
}

/**
 * SIGTERM and SIGINT stop gracefully; a second signal ends at once. A worker takes its orders from the process that keeps
 * it, and goes on ending when a signal to the whole group comes on top. An error that nobody caught leaves nobody knows what
 * behind: it is logged, running requests end, and the process ends with 1 for its supervisor to start a new one.
 */
export function stopOnSignals(running: Running): void {
  let stopping = false;
  const end = (code: number): void => {
    if (stopping && running.link !== null) return;
    if (stopping) process.exit(1);
    stopping = true;
    running.stop().then(
      () => process.exit(code),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', () => end(0));
  process.on('SIGINT', () => end(0));
  running.link?.whenTold(() => end(0));
  process.on('uncaughtException', (error) => {
    running.log.error('unhandled', faultFields(error));
    if (!stopping) end(1);
  });
}
