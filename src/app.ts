import type { RequestListener, Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import { loggedTables } from '../ormconfig.js';
import { SeedClock, seedDemo } from '../seeds/index.js';
import { refuseDemoAccounts } from './composition/demo-accounts.js';
import { demoPortal } from './composition/demo-portal.js';
import { KeptIndex } from './composition/kept-index.js';
import { housekeeping } from './composition/housekeeping.js';
import { keepTime, setTime } from './composition/keep-time.js';
import { mailing } from './composition/mailing.js';
import { sweepOf } from './composition/sweep.js';
import { besideRoutes, routesOf } from './composition/routes.js';
import { buildSlices, type Guarding, loadGuard, type Slices } from './composition/slices.js';
import { type Config, readSecret } from './config/index.js';
import { createConsole } from './console/index.js';
import { expressApp, httpServer, mountProblemPages, openApi, type Route } from './http/index.js';
import type { Ids } from './kernel/ids.js';
import type { Clock } from './kernel/time.js';
import { VERSION } from './kernel/version.js';
import { Follower, headPosition, LogJournal, type RowSweep } from './log/index.js';
import {
  faultFields,
  type HealthPart,
  type Logger,
  Metrics,
  mountDocs,
  mountOperations,
  type WorkerLink,
} from './operations/index.js';
import {
  type Database,
  type DatabaseFlag,
  lossyFlags,
  openDatabase,
  Reactions,
  type Schema,
  UnitOfWork,
} from './persistence/index.js';

/** What a start may bring of its own: tests bring a clock, ids and a silent log. */
export interface AppOptions {
  readonly config: Config;
  readonly schema: Schema;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
  /** The server that takes its requests; default: one of its own. */
  readonly server?: Server;
  /** Where this is one of several processes behind one port. */
  readonly link?: WorkerLink | null;
  /** Whether an empty database is filled with the demo; default: in demo mode. */
  readonly seeded?: boolean;
}

export interface App {
  readonly server: Server;
  readonly listener: RequestListener;
  readonly unit: UnitOfWork;
  readonly database: Database;
  readonly follower: Follower;
  /** Looks for rows changed behind the log. */
  readonly sweep: RowSweep;
  readonly slices: Slices;
  readonly routes: readonly Route[];
  readonly document: () => Record<string, unknown>;
  /** Every table whose rows the log names; `audit verify` walks them. */
  readonly tables: typeof loggedTables;
  /** From now on not ready; then close. */
  drain(): void;
  close(): Promise<void>;
}

const SHIPPED_POLICIES = fileURLToPath(new URL('../../policies', import.meta.url));

/** The composition root: database → slices → routes → listener, and what happens when the product starts and ends. */
export async function createApp(options: AppOptions): Promise<App> {
  const { config, schema } = options;
  const limits = { poolSize: config.databasePool, deadline: config.databaseDeadline };
  const index = new KeptIndex(config, String(schema.migrations.at(-1)?.name), options.log);
  const database = await openDatabase(config.databaseUrl, schema, limits);
  try {
    return await compose(options, database, index);
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function compose(options: AppOptions, database: Database, index: KeptIndex): Promise<App> {
  const { config, clock, ids, log, link = null } = options;
  await migrate(database, log);
  await setTime(clock, database);
  const lossy = await lossyFlags(database);
  for (const { name, value, wanted } of lossy)
    log.error('acknowledged writes can be lost', { name, detail: `is ${value}, set it to ${wanted}` });
  const reactions = new Reactions();
  const following: { follower?: Follower } = {};
  const journal = new LogJournal((position) => {
    link?.written(position);
    return following.follower?.advanceTo(position) ?? Promise.resolve();
  });
  const seedClock = new SeedClock(clock);
  const unit = new UnitOfWork(database, journal, reactions, seedClock);
  const follower = new Follower(
    (work) => unit.read(work),
    (error) =>
      error === null ? log.info('follows the log again', {}) : log.warn('could not follow the log', faultFields(error)),
  );
  const metrics = new Metrics();
  const policies = config.policies ?? SHIPPED_POLICIES;
  const guarding: Guarding = { guard: null };
  const base = (config.publicUrl ?? `http://localhost:${config.port}`).replace(/\/$/, '');
  const ground = {
    config,
    secret: readSecret(config),
    policies,
    base,
    unit,
    follower,
    reactions,
    clock,
    ids,
    metrics,
    log,
  };
  const slices = await buildSlices(ground, guarding);
  await slices.notices.service.begin(unit);
  if (config.mode === 'production') await refuseDemoAccounts(unit, slices.identity);
  const routes = routesOf(slices);
  guarding.guard = await loadGuard(policies, new Set(routes.map(({ permission }) => permission)), log);

  // The demo is told before anything follows the log: indexes then load it whole.
  if (options.seeded ?? config.mode === 'demo')
    await database.alone(() =>
      seedDemo({
        ...slices,
        unit,
        clock: seedClock,
        files: config.files,
        catalogue: { ...slices.catalogue, judge: slices.judge },
        progress: (message, count) => log.info(message, { count }),
      }),
    );
  await follower.begin();
  following.follower = follower;
  await slices.identity.open();
  await slices.classification.governing?.keeper.reload();
  const loaded = await slices.decisions.load(await index.taken(database, ground.secret));
  const { size: grants } = slices.decisions.world.grants;
  log.info(loaded === 'kept' ? 'decision index taken up' : 'decision index read', { grants });
  await slices.catalogue.begin();
  follower.start(config.poll);
  link?.whenWritten((position) => void follower.advanceTo(position).catch(() => undefined));
  await slices.learning.load(unit);
  const stopHousekeeping = housekeeping(unit, follower, slices, log);
  const stopMailing = mailing(unit, slices.notifications, metrics, log);
  const stopKeepingTime = keepTime(clock, database, log);
  const sweep = sweepOf(unit, slices, metrics, log);
  sweep.start();

  const listening: { server?: Server } = {};
  let draining = false;
  let made: Record<string, unknown> | undefined;
  // When it is first asked for: putting it together takes as long as opening the database does.
  const document = () => (made ??= openApi(routes, VERSION, besideRoutes(slices)));
  const express = expressApp(
    {
      unit,
      clock,
      ids,
      log,
      authenticate: (headers) => slices.identity.credentials.verify(headers),
      permits: (principal, permission) => guarding.guard?.permits(principal, permission) ?? false,
      observe: (route, method, status, seconds) => metrics.observe(route, method, status, seconds),
    },
    {
      routes,
      plain: [
        mountOperations({
          metrics,
          parts: [...healthParts(unit, follower, config, lossy), packsPart(slices)],
          draining: () => draining,
          openApi: document,
          version: VERSION,
          link,
        }),
        mountDocs(document),
        mountProblemPages,
        ...(config.mode === 'demo' ? [demoPortal(config, () => listening.server, clock)] : []),
        (app) => app.use(createConsole(config.mode)),
      ],
    },
  );
  metrics.gauge('tiergate_revision', 'Position of the log that answers reflect', () => follower.position, 'min');
  metrics.counts('tiergate_retries_total', 'Commands run again after a deadlock or a lost race', [], () => [
    { labels: {}, count: unit.retries },
  ]);
  metrics.gauge('tiergate_revision_age_seconds', 'Time since the position was confirmed', () => follower.age() / 1000);
  const listener = slices.decisions.inFrontOf((request, response) => express(request, response));
  const server = (options.server ?? httpServer()).on('request', listener);
  listening.server = server;
  return {
    server,
    listener,
    unit,
    database,
    follower,
    sweep,
    slices,
    routes,
    document,
    tables: loggedTables,
    drain: () => {
      draining = true;
      slices.decisions.release();
    },
    close: async () => {
      follower.stop();
      stopKeepingTime();
      await stopHousekeeping();
      await stopMailing();
      await sweep.stop();
      await slices.decisions.close();
      await slices.classification.governing?.rehearsing.stop();
      await slices.catalogue.importing.stop();
      await slices.classification.samples.stop();
      await slices.classification.fusing.service.stop();
      const kept = slices.decisions.keep();
      await index.close(database, kept, ground.secret);
    },
  };
}

async function migrate(database: Database, log: Logger): Promise<void> {
  const migrated = await database.migrate();
  if (migrated.length > 0) log.info('migrated', { database: database.description, migrations: migrated });
}

/** A published rule pack that is not believed: the last good one stays, and somebody has to look. */
const packsPart = ({ classification }: Slices): HealthPart => ({
  name: 'rule-packs',
  check: async () => ((classification.governing?.keeper.distrusted.length ?? 0) === 0 ? 'ok' : 'degraded'),
});

const healthParts = (
  unit: UnitOfWork,
  follower: Follower,
  { staleness, mode }: Config,
  lossy: readonly DatabaseFlag[],
): HealthPart[] => [
  { name: 'database', check: async () => ((await unit.read(headPosition)) >= 0 ? 'ok' : 'down') },
  { name: 'log', check: async () => (follower.age() <= staleness ? 'ok' : 'degraded') },
  // A demo may lose what it was told; production is not ready on such a database.
  { name: 'durability', check: async () => (lossy.length === 0 ? 'ok' : mode === 'demo' ? 'degraded' : 'down') },
];
