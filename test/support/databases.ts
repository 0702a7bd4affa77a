import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freshDatabase, testMariaDb } from './mariadb.js';
import { skipSuite } from './skip.js';

/** An empty database of one kind; `url` is what `DATABASE_URL` takes. */
export interface TestDatabase {
  readonly url: string;
  dispose(): Promise<void>;
}

/** One of the kinds of database the product runs on. */
export interface Backend {
  readonly name: 'embedded in memory' | 'embedded on file' | 'MariaDB';
  readonly dialect: 'sqlite' | 'mysql';
  /** Keeps what was written when the process ends. */
  readonly durable: boolean;
  /** A fresh, empty database: about 0, 1 and 15 ms. Dispose of it after closing what uses it. */
  fresh(): Promise<TestDatabase>;
}

const inMemory: Backend = {
  name: 'embedded in memory',
  dialect: 'sqlite',
  durable: false,
  fresh: () => Promise.resolve({ url: 'sqlite::memory:', dispose: () => Promise.resolve() }),
};

const onFile: Backend = {
  name: 'embedded on file',
  dialect: 'sqlite',
  durable: true,
  fresh: () => {
    const folder = mkdtempSync(join(tmpdir(), 'tiergate-file-'));
    const dispose = () => Promise.resolve(rmSync(folder, { recursive: true, force: true }));
    return Promise.resolve({ url: `sqlite:${join(folder, 'tiergate.db')}`, dispose });
  },
};

export const mariaDb: Backend = {
  name: 'MariaDB',
  dialect: 'mysql',
  durable: true,
  fresh: async () => {
    const server = testMariaDb();
    if (server === undefined) throw new Error('TIERGATE_TEST_MARIADB is not set');
    const { url, drop } = await freshDatabase(server);
    return { url, dispose: drop };
  },
};

export const backends: readonly Backend[] = [inMemory, onFile, mariaDb];

/** Whether this run can use the backend. */
export const isAvailable = (backend: Backend): boolean => backend !== mariaDb || testMariaDb() !== undefined;

/**
 * Describes the suite once per kind of database. MariaDB is skipped, with the reason printed, where `npm test` found
 * none (in continuous integration that is a failure of the run). `only` narrows to kinds by a reason of the suite.
 */
export function eachBackend(suite: (backend: Backend) => void, only: (backend: Backend) => boolean = () => true): void {
  for (const backend of backends.filter(only)) {
    describe(`on ${backend.name}`, function () {
      if (!isAvailable(backend)) skipSuite(this, 'no MariaDB: TIERGATE_TEST_MARIADB is not set');
      suite(backend);
    });
  }
}

/**
 * Once per database system: what is asked over HTTP is answered by the same code whether SQLite keeps its pages in memory
 * or in a file, and the stores themselves are held to one behaviour on all three in test/conformance.
 */
export const eachDialect = (suite: (backend: Backend) => void): void =>
  eachBackend(suite, ({ name }) => name !== 'embedded on file');
