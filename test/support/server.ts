import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { schema } from '../../ormconfig.js';
import { type App, createApp } from '../../src/app.js';
import { ulids } from '../../src/composition/ulids.js';
import { loadConfig } from '../../src/config/index.js';
import type { Clock, Instant } from '../../src/kernel/time.js';
import { createLogger, type Logger } from '../../src/operations/index.js';
import type { Backend, TestDatabase } from './databases.js';
import { seededDatabase } from './seeded-database.js';

/** A clock that a test sets; it stands still unless told otherwise. */
export class TestClock implements Clock {
  constructor(private at: Instant = Date.parse('2026-11-24T01:00:00Z')) {}
  now(): Instant {
    return this.at;
  }
  advance(milliseconds: number): void {
    this.at += milliseconds;
  }
}

/** The whole product as `npm start` composes it, without a socket of its own. */
export interface OpenApp {
  readonly app: App;
  /** For supertest: `request(opened.listener)`. */
  readonly listener: RequestListener;
  /** Supertest on the product. */
  readonly http: ReturnType<typeof request>;
  readonly databaseUrl: string;
  /** Where the files of the example portal lie. */
  readonly files: string;
  /** Gives the product a socket on the loopback, and says its address; `close` takes it away. */
  listen(): Promise<string>;
  close(): Promise<void>;
}

export interface OpenOptions {
  /** With the demo's data in it, as `npm start` seeds it. */
  readonly seeded?: boolean;
  readonly clock?: Clock;
  /** A database of the caller's own, which `close` leaves: for looking at what a restart finds. */
  readonly database?: TestDatabase;
  /** More of the environment the product reads, e.g. `{ TIERGATE_STALENESS: '500' }`. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly log?: Logger;
}

/** What seals the keys of databases that two products of a test share, and of copied demos. */
const SECRET = 'a secret of demos in tests, forty characters';

/**
 * Builds the product on a fresh database of this kind; `close` ends it and drops the database. The demo's data is a copy
 * of what was seeded once under the same circumstances (test/conformance/seeds.test.ts seeds on each kind of database).
 */
export async function openApp(backend: Backend, options: OpenOptions = {}): Promise<OpenApp> {
  if (options.seeded !== true || options.database !== undefined) return open(backend, options);
  const circumstances = [{ ...options.environment, TIERGATE_MAIL_FOLDER: '' }, options.clock?.now()];
  const seed = async (url: string, files: string) =>
    (await open(backend, { ...options, database: borrowed(url) }, files)).close();
  const database = await seededDatabase(backend, circumstances, seed);
  const opened = await open(backend, { ...options, database }, database.files);
  return {
    ...opened,
    close: async () => {
      await opened.close();
      await database.dispose();
    },
  };
}

const borrowed = (url: string): TestDatabase => ({ url, dispose: async () => {} });

async function open(backend: Backend, options: OpenOptions, demoFiles?: string): Promise<OpenApp> {
  const database = options.database ?? (await backend.fresh());
  const folder = mkdtempSync(join(tmpdir(), 'tiergate-app-'));
  const config = loadConfig({
    DATABASE_URL: database.url,
    TIERGATE_SECRET: SECRET,
    TIERGATE_FILES: demoFiles ?? folder,
    TIERGATE_SPOOL: join(folder, 'spool'),
    TIERGATE_INDEX_FOLDER: join(folder, 'index'),
    TIERGATE_MAIL_FOLDER: join(folder, 'mail'),
    ...options.environment,
  });
  const app = await createApp({
    config,
    schema,
    clock: options.clock ?? { now: () => Date.now() },
    seeded: options.seeded ?? false,
    ids: ulids(),
    log: options.log ?? createLogger('silent'),
  });
  return {
    app,
    listener: app.listener,
    http: request(app.listener),
    databaseUrl: database.url,
    files: config.files,
    listen: async () => {
      await new Promise<void>((resolve) => app.server.listen(0, '127.0.0.1', resolve));
      return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
    },
    close: async () => {
      app.server.closeAllConnections();
      if (app.server.listening) await new Promise((resolve) => app.server.close(resolve));
      await app.close();
      if (options.database === undefined) await database.dispose();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
