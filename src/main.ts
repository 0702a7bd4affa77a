import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { monotonicFactory } from 'ulid';
import { schema } from '../ormconfig.js';
import { type App, createApp } from './app.js';
import { type Config, loadConfig } from './config/index.js';
import { createLogger } from './operations/index.js';

const DRAIN_LIMIT = 10_000;

export interface Running {
  readonly app: App;
  readonly address: string;
  stop(): Promise<void>;
}

/** Starts the product: configuration, database, routes; resolves when it listens. */
export async function serve(environment: Readonly<Record<string, string | undefined>>): Promise<Running> {
  const config = loadConfig(environment);
  const log = createLogger(config.logLevel);
  prepareFolder(config);
  const next = monotonicFactory();
  const app = await createApp({ config, schema, log, clock: { now: () => Date.now() }, ids: { next: () => next() } });
  await new Promise<void>((resolve, reject) =>
    app.server.once('error', reject).listen(config.port, config.host, resolve),
  );
  const bound = app.server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : config.port;
  const address = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`;
  log.info('listening', { address, database: app.database.description, mode: config.mode });
  return { app, address, stop: () => stop(app) };
}

/** Not ready at once, no new connections, running requests finish within ten seconds. */
async function stop(app: App): Promise<void> {
  app.drain();
  const closed = new Promise<void>((resolve) => app.server.close(() => resolve()));
  app.server.closeIdleConnections();
  const cut = setTimeout(() => app.server.closeAllConnections(), DRAIN_LIMIT);
  await closed;
  clearTimeout(cut);
  await app.close();
}

function prepareFolder(config: Config): void {
  const file = config.databaseUrl.startsWith('sqlite:') ? config.databaseUrl.slice('sqlite:'.length) : ':memory:';
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
}

/** SIGTERM and SIGINT stop gracefully; a second signal ends at once. */
export function stopOnSignals(running: Running): void {
  let stopping = false;
  const onSignal = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    running.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}
