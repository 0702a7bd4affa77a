import { monotonicFactory } from 'ulid';
import { schema } from '../../ormconfig.js';
import { Follower, LogJournal } from '../../src/log/index.js';
import { type Database, openDatabase, Reactions, UnitOfWork } from '../../src/persistence/index.js';
import type { Backend } from './databases.js';

/** A migrated, empty database with its unit of work, log and follower, and a clock the test sets. */
export interface TestUnit {
  readonly database: Database;
  readonly unit: UnitOfWork;
  follower: Follower;
  readonly reactions: Reactions;
  readonly clock: { now: () => number; at: number };
  readonly ids: { next: () => string };
  close(): Promise<void>;
}

export async function openUnit(backend: Backend, at = Date.parse('2026-12-01T02:00:00Z')): Promise<TestUnit> {
  const place = await backend.fresh();
  const database = await openDatabase(place.url, schema);
  await database.migrate();
  const clock = { at, now: (): number => clock.at };
  const reactions = new Reactions();
  const reading: { follower?: Follower } = {};
  const journal = new LogJournal((position) => reading.follower?.advanceTo(position) ?? Promise.resolve());
  const unit = new UnitOfWork(database, journal, reactions, clock);
  const faults: unknown[] = [];
  const follower = new Follower(
    (work) => unit.read(work),
    (error) => void faults.push(error),
  );
  reading.follower = follower;
  const next = monotonicFactory();
  const close = async (): Promise<void> => {
    follower.stop();
    await database.close();
    await place.dispose();
  };
  return { database, unit, follower, reactions, clock, ids: { next: () => next() }, close };
}
