import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Backend, TestDatabase } from './databases.js';
import { copyDatabase, freshDatabase, testMariaDb } from './mariadb.js';

/** Fills the empty database at this address as the demo does, its files below the folder, and lets go of both. */
export type Seed = (database: string, files: string) => Promise<void>;

const ownFolders: string[] = [];
process.once('exit', () => {
  for (const folder of ownFolders) rmSync(folder, { recursive: true, force: true });
});

let own: string | undefined;
/** One for all processes of an `npm test`, which share a folder for their records; elsewhere one for this process. */
function shelf(): string {
  const shared = process.env['TIERGATE_TEST_RECORDS'];
  if (shared !== undefined) return shared;
  if (own === undefined) ownFolders.push((own = mkdtempSync(join(tmpdir(), 'tiergate-seeded-'))));
  return own;
}

/**
 * A demo that was seeded once and is copied from then on: seeding takes five seconds and more, a copy a tenth of that.
 * What is kept on the shelf: `files`, and the embedded database, or the name of that on the server. `circumstances` are
 * what the demo's data depend on, beside the day.
 */
async function keptDemo(backend: Backend, circumstances: unknown, seed: Seed): Promise<string> {
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  const words = JSON.stringify([backend.dialect, today, circumstances]);
  const kept = join(shelf(), `demo-${createHash('sha1').update(words).digest('hex')}`);
  if (existsSync(kept)) return kept;
  const draft = `${kept}.${process.pid}`;
  mkdirSync(join(draft, 'files'), { recursive: true });
  const database = await place(backend, draft);
  writeFileSync(join(draft, 'address'), database.url);
  try {
    await seed(database.url, join(draft, 'files'));
  } catch (error) {
    await database.dispose();
    rmSync(draft, { recursive: true, force: true });
    throw error;
  }
  try {
    renameSync(draft, kept);
  } catch {
    // Another process was first, and its demo is as good.
    await database.dispose();
    rmSync(draft, { recursive: true, force: true });
  }
  return kept;
}

/** Both kinds of embedded database are copied as a file: one in memory has nothing that could be copied. */
const place = async ({ dialect }: Backend, folder: string): Promise<TestDatabase> => {
  if (dialect === 'sqlite') return { url: `sqlite:${join(folder, EMBEDDED)}`, dispose: async () => {} };
  const { url, drop } = await freshDatabase(serverOfTests());
  return { url, dispose: drop };
};
const EMBEDDED = 'tiergate.db';

function serverOfTests(): string {
  const server = testMariaDb();
  if (server === undefined) throw new Error('TIERGATE_TEST_MARIADB is not set');
  return server;
}

/** A database of its own with the demo in it, and the demo's files, which are everybody's and only read. */
export interface SeededDatabase extends TestDatabase {
  readonly files: string;
}

export async function seededDatabase(backend: Backend, circumstances: unknown, seed: Seed): Promise<SeededDatabase> {
  const kept = await keptDemo(backend, circumstances, seed);
  const files = join(kept, 'files');
  if (backend.dialect === 'mysql') {
    const { url, drop } = await copyDatabase(serverOfTests(), readFileSync(join(kept, 'address'), 'utf8'));
    return { url, files, dispose: drop };
  }
  const folder = mkdtempSync(join(tmpdir(), 'tiergate-file-'));
  copyFileSync(join(kept, EMBEDDED), join(folder, EMBEDDED));
  return {
    url: `sqlite:${join(folder, EMBEDDED)}`,
    files,
    dispose: async () => rmSync(folder, { recursive: true, force: true }),
  };
}
