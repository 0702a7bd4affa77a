import { createServer, type RequestListener, type Server } from 'node:http';
import type { Config } from './config/index.js';
import { expressApp, mountProblemPages, openApi, type Route } from './http/index.js';
import type { Ids } from './kernel/ids.js';
import { ANONYMOUS } from './kernel/principal.js';
import { ok } from './kernel/result.js';
import type { Clock } from './kernel/time.js';
import { Follower, headPosition, LogJournal } from './log/index.js';
import { type HealthPart, type Logger, Metrics, mountDocs, mountOperations } from './operations/index.js';
import { type Database, openDatabase, Reactions, type Schema, type Table, UnitOfWork } from './persistence/index.js';

export const VERSION = '0.1.0';

/** What a start may bring of its own: tests bring a clock, ids and a silent log. */
export interface AppOptions {
  readonly config: Config;
  readonly schema: Schema;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
}

export interface App {
  readonly server: Server;
  readonly listener: RequestListener;
  readonly unit: UnitOfWork;
  readonly database: Database;
  readonly follower: Follower;
  readonly routes: readonly Route[];
  readonly document: () => Record<string, unknown>;
  /** Every table whose rows the log names; `audit verify` walks them. */
  // oxlint-disable-next-line typescript/no-explicit-any -- rows of every kind
  readonly tables: readonly Table<any>[];
  /** From now on not ready; then close. */
  drain(): void;
  close(): Promise<void>;
}

/** The composition root: database → stores → services → routes, and who reacts to whose events. */
export async function createApp(options: AppOptions): Promise<App> {
  const { config, clock, ids, log } = options;
  const database = await openDatabase(config.databaseUrl, options.schema, {
    poolSize: config.databasePool,
    deadline: config.databaseDeadline,
  });
  const migrated = await database.migrate();
  if (migrated.length > 0) log.info('migrated', { database: database.description, migrations: migrated });

  const reactions = new Reactions();
  const reading: { follower?: Follower } = {};
  const journal = new LogJournal((position) => reading.follower?.advanceTo(position) ?? Promise.resolve());
  const unit = new UnitOfWork(database, journal, reactions, clock);
  const follower = new Follower(
    (work) => unit.read(work),
    (error) => log.warn('could not follow the log', { message: (error as Error).message }),
  );
  reading.follower = follower;
  const metrics = new Metrics();
  metrics.gauge('tiergate_revision', 'Position of the log that answers reflect', () => follower.position);
  metrics.gauge('tiergate_revision_age_seconds', 'Time since the position was confirmed', () => follower.age() / 1000);

  // --- slices, in their order: identity, catalogue, classification, applications, grants, decisions, directory
  // --- end of slices

  const routes: Route[] = [];
  const tables: App['tables'] = [];
  const parts: HealthPart[] = [
    { name: 'database', check: async () => ((await unit.read(headPosition)) >= 0 ? 'ok' : 'down') },
    { name: 'log', check: async () => (follower.age() <= config.staleness ? 'ok' : 'degraded') },
  ];
  let draining = false;
  const document = () => openApi(routes, VERSION);
  const express = expressApp(
    {
      unit,
      clock,
      ids,
      log,
      authenticate: async () => ok(ANONYMOUS),
      permits: () => false,
      observe: (route, method, status, seconds) => metrics.observe(route, method, status, seconds),
    },
    {
      routes,
      plain: [
        mountOperations({ metrics, parts, draining: () => draining, openApi: document, version: VERSION }),
        mountDocs(document),
        mountProblemPages,
      ],
    },
  );
  const listener: RequestListener = (request, response) => express(request, response);
  await follower.begin();
  follower.start(config.poll);

  return {
    server: createServer(listener),
    listener,
    unit,
    database,
    follower,
    routes,
    document,
    tables,
    drain: () => {
      draining = true;
    },
    close: async () => {
      follower.stop();
      await database.close();
    },
  };
}
