import { readWorld } from '../../src/decisions/index.js';
import { type Backend, backends, isAvailable } from '../../test/support/databases.js';
import { openUnit, type TestUnit } from '../../test/support/unit.js';
import { DATASETS, idOf, NOW, ORGANISATIONS } from './bench-world.js';
import { MadeUpGrants } from './made-up-grants.js';

const CHUNK = 1000;

/** What a start does before the first answer: every grant read from the database, held against the log, and indexed. */
export interface DatabaseLoad {
  readonly database: Backend['name'];
  readonly grants: number;
  readonly seconds: number;
  /** Of this process, without what the database system uses. */
  readonly cpuSeconds: number;
  readonly indexMegabytes: number;
}

export async function* measureLoads(grants: number): AsyncGenerator<DatabaseLoad> {
  for (const backend of backends.filter((one) => one.durable && isAvailable(one))) {
    const test = await openUnit(backend, NOW);
    try {
      await fill(test, grants);
      yield await measure(backend, test);
    } finally {
      await test.close();
    }
  }
}

async function measure({ name }: Backend, { unit }: TestUnit): Promise<DatabaseLoad> {
  globalThis.gc?.();
  const used = process.cpuUsage();
  const started = performance.now();
  const world = await readWorld((work) => unit.read(work));
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(used);
  const { records, size, bytes } = world.grants;
  for (let row = 0; row < size; row++) if (!records.isIntact(row)) throw new Error('a row nobody touched is doubted');
  return {
    database: name,
    grants: size,
    seconds,
    cpuSeconds: (user + system) / 1e6,
    indexMegabytes: bytes / 2 ** 20,
  };
}

async function fill({ unit }: TestUnit, count: number): Promise<void> {
  const organisations = Array.from({ length: ORGANISATIONS }, (_, n) => idOf(1, n));
  const datasets = Array.from({ length: DATASETS }, (_, n) => idOf(2, n));
  const grants = new MadeUpGrants(unit, organisations, datasets);
  for (let made = 0; made < count; made += CHUNK) await grants.put(CHUNK);
}
