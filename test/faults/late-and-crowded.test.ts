import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { type Connection, createConnection, createPool } from 'mysql2/promise';
import type { EntityManager } from 'typeorm';
import { ok } from '../../src/kernel/result.js';
import {
  type Database,
  DatabaseUnavailable,
  openDatabase,
  Reactions,
  UnitOfWork,
} from '../../src/persistence/index.js';
import { freshDatabase, testMariaDb } from '../support/mariadb.js';
import { skipSuite } from '../support/skip.js';

const SCHEMA = { entities: [], migrations: [] };
const DEADLINE = 400;

const refused = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'answered',
    (error: unknown) => error,
  );

describe('units of work that are late, crowded or in each other’s way', function () {
  this.timeout(240_000);
  if (testMariaDb() === undefined) skipSuite(this, 'no MariaDB: TIERGATE_TEST_MARIADB is not set');
  let place: { url: string; drop(): Promise<void> };
  let database: Database;
  let other: Connection;

  const mark = (id: number) => (manager: EntityManager) =>
    manager.query('UPDATE marks SET n = n + 1 WHERE id = ?', [id]);
  const marks = async (): Promise<number[]> => {
    const [rows] = await other.query('SELECT n FROM marks ORDER BY id');
    return (rows as { n: number }[]).map(({ n }) => n);
  };
  const lockSecond = async (): Promise<() => Promise<void>> => {
    await other.query('START TRANSACTION');
    await other.query('SELECT n FROM marks WHERE id = 2 FOR UPDATE');
    return async () => void (await other.query('ROLLBACK'));
  };

  before(async () => {
    place = await freshDatabase(testMariaDb() ?? '');
  });
  after(() => place.drop());
  beforeEach(async () => {
    other = await createConnection(place.url.replace('mariadb:', 'mysql:'));
    await other.query('CREATE OR REPLACE TABLE marks (id int PRIMARY KEY, n int NOT NULL)');
    await other.query('INSERT INTO marks VALUES (1, 0), (2, 0)');
    database = await openDatabase(place.url, SCHEMA, { poolSize: 2, deadline: DEADLINE });
  });
  afterEach(async () => {
    await database.close();
    await other.end();
  });

  it('a unit refused for its lateness is never committed, whatever its connection does next', async () => {
    const unlock = await lockSecond();
    const late = await refused(
      database.write(async (manager) => {
        await mark(1)(manager);
        await mark(2)(manager);
      }),
    );
    expect(late).to.be.instanceOf(DatabaseUnavailable);
    await unlock();
    for (let again = 0; again < 6; again++) await database.write((manager) => manager.query('SELECT 1'));
    expect(await marks()).to.deep.equal([0, 0]);
  });

  it('without the cut half of it would be: the next transaction on the connection commits what the last left', async () => {
    const pool = createPool({ uri: place.url.replace('mariadb:', 'mysql:'), connectionLimit: 1 });
    const unlock = await lockSecond();
    const connection = await pool.getConnection();
    await connection.query('START TRANSACTION');
    await connection.query('UPDATE marks SET n = n + 1 WHERE id = 1');
    void connection.query('UPDATE marks SET n = n + 1 WHERE id = 2').catch(() => undefined);
    connection.release();
    await unlock();
    const next = await pool.getConnection();
    await next.query('START TRANSACTION');
    expect((await marks())[0]).to.equal(1);
    next.release();
    await pool.end();
  });

  it('what comes too late with its work, not with its queries, is not committed either', async () => {
    const late = await refused(
      database.write(async (manager) => {
        await mark(1)(manager);
        await sleep(DEADLINE * 2);
      }),
    );
    expect(late).to.be.instanceOf(DatabaseUnavailable);
    await sleep(DEADLINE * 2);
    expect(await marks()).to.deep.equal([0, 0]);
  });

  it('when every connection is taken the next is refused in time, and none is lost afterwards', async () => {
    for (let round = 0; round < 3; round++) {
      const unlock = await lockSecond();
      const taking = [mark(2), mark(2), mark(1), mark(1), mark(1)].map((work) => refused(database.write(work)));
      const outcomes = await Promise.all(taking);
      for (const outcome of outcomes) expect(outcome).to.be.instanceOf(DatabaseUnavailable);
      await unlock();
    }
    await Promise.all([1, 2, 3, 4].map(() => database.write(mark(1))));
    expect(await marks()).to.deep.equal([4, 0]);
  });

  it('two that deadlock both succeed: the one that was chosen runs again from its reads', async () => {
    const journal = {
      admit: async () => ok(undefined),
      append: () => Promise.resolve(0),
      committed: () => Promise.resolve(),
    };
    const unit = new UnitOfWork(database, journal, new Reactions(), { now: () => Date.now() });
    let runs = 0;
    const inOrder = (first: number, second: number) =>
      unit.run(async (tx) => {
        runs += 1;
        await mark(first)(tx.manager);
        await sleep(50);
        await mark(second)(tx.manager);
        return ok(null);
      });
    await Promise.all([inOrder(1, 2), inOrder(2, 1)]);
    expect(await marks()).to.deep.equal([2, 2]);
    expect(runs).to.be.greaterThan(2);
  });

  it('every connection of the pool is strict, in UTC, READ COMMITTED, with short waits and no idle transaction', async () => {
    const sql = `SELECT CONNECTION_ID() AS id, @@sql_mode AS mode, @@time_zone AS zone, @@tx_isolation AS isolation,
      @@innodb_lock_wait_timeout AS waiting, @@idle_transaction_timeout AS idle`;
    const seen = new Set<string>();
    const look = () =>
      database.write(async (manager) => {
        const [{ id, ...session }] = await manager.query(sql);
        seen.add(String(id));
        await sleep(100);
        return session;
      });
    for (const session of await Promise.all([look(), look()]))
      expect(session).to.deep.equal({
        mode: 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION',
        zone: '+00:00',
        isolation: 'READ-COMMITTED',
        waiting: '4',
        idle: '30',
      });
    expect(seen.size).to.equal(2);
  });

  it('a reading in a snapshot sees one state, however long it looks and whatever is committed meanwhile', async () => {
    await database.snapshot(async (manager) => {
      const first = await manager.query('SELECT n FROM marks');
      await database.write(mark(1));
      await sleep(DEADLINE * 2);
      expect(await manager.query('SELECT n FROM marks')).to.deep.equal(first);
      const write = await refused(manager.query('UPDATE marks SET n = 9'));
      expect(String(write)).to.match(/READ ONLY/i);
    });
    expect(await marks()).to.deep.equal([1, 0]);
  });
});
