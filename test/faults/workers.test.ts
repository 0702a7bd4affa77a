import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { schema } from '../../ormconfig.js';
import { grouped } from '../../src/kernel/grouped.js';
import { openForReading } from '../../src/persistence/index.js';
import { Caller } from '../support/caller.js';
import { Clerk, expectAllKept } from '../support/clerk.js';
import { freshDatabase, testMariaDb } from '../support/mariadb.js';
import { Place, RunningProduct } from '../support/product.js';
import { skipSuite } from '../support/skip.js';

/** Every request on a connection of its own, so that workers take turns. */
const ALONE = { connection: 'close' };
const STALENESS = 2000;
const KILLS = 3;

interface Seen {
  /** Marks the process that decided: evaluation ids carry it. */
  readonly worker: string;
  readonly decision: boolean;
  readonly revision: number;
}

describe('several workers behind one port', function () {
  this.timeout(400_000);

  it('are refused on the embedded database, which one process alone may open, and say what to set', async () => {
    const place = new Place();
    const refused = await place.tiergate('serve', '--workers', '2');
    expect(refused.code).to.equal(3);
    expect(refused.err).to.contain('TIERGATE_WORKERS: the embedded database is open to one process alone');
    const nonsense = await place.tiergate('serve', '--workers', 'many');
    expect([nonsense.code, nonsense.err.includes('TIERGATE_WORKERS: ')]).to.deep.equal([3, true]);
    place.remove();
  });

  describe('on MariaDB', function () {
    if (testMariaDb() === undefined) skipSuite(this, 'no MariaDB: TIERGATE_TEST_MARIADB is not set');
    let database: Awaited<ReturnType<typeof freshDatabase>>;
    let place: Place;
    let product: RunningProduct;
    let portal: Caller;
    let supervisor: Caller;
    let grant: { id: string; organisation: string; dataset: string; purpose: string };

    const lines = (message: string): Record<string, unknown>[] =>
      product
        .log()
        .split('\n')
        .filter((line) => line.includes(`"message":"${message}"`))
        .map((line) => JSON.parse(line) as Record<string, unknown>);
    const pids = (): number[] => lines('worker started').map(({ pid }) => pid as number);
    const isThere = (pid: number): boolean => {
      try {
        return process.kill(pid, 0);
      } catch {
        return false;
      }
    };
    const until = async (holds: () => boolean | Promise<boolean>, what: string): Promise<void> => {
      const patience = performance.now() + 60_000;
      while (!(await holds())) {
        if (performance.now() > patience) throw new Error(`${what}: not within a minute\n${product.log()}`);
        await sleep(50);
      }
    };
    const ready = async (): Promise<{ status: string; parts: Record<string, string> }> =>
      (await Caller.anonymous(product.address).get('/health/ready', ALONE)).body;
    const ask = async (): Promise<Seen> => {
      const { organisation, dataset, purpose } = grant;
      const { body, text } = await portal.post(
        '/access/v1/evaluation',
        {
          subject: { type: 'organisation', id: organisation },
          resource: { type: 'dataset', id: dataset },
          action: { name: 'download' },
          context: { purpose },
        },
        ALONE,
      );
      if (body.context === undefined) throw new Error(text);
      const { evaluationId, revision } = body.context;
      return { worker: evaluationId.slice(10, 18), decision: body.decision, revision };
    };
    const command = async (name: 'suspend' | 'resume'): Promise<void> => {
      const answer = await supervisor.command(`/api/grants/${grant.id}`, name, { reason: 'A report' });
      if (answer.status !== 200) throw new Error(`${name}: ${answer.status} ${answer.text}`);
    };
    const figures = async (): Promise<(name: string) => number> => {
      const { text } = await Caller.anonymous(product.address).get('/metrics', ALONE);
      return (name) =>
        text
          .split('\n')
          .filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`))
          .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
    };

    before(async () => {
      database = await freshDatabase(testMariaDb() ?? '');
      place = new Place(database.url);
      Object.assign(place.environment, {
        TIERGATE_PUBLIC_URL: 'http://127.0.0.1',
        TIERGATE_SECRET: 'AZyOlN3vSgFqTqk0c2J5nBdXw8rHu1Mt',
        TIERGATE_LOG_LEVEL: 'info',
        TIERGATE_WORKERS: '2',
      });
      product = await RunningProduct.start(place);
      await until(async () => (await ready()).status === 'ok', 'both ready');
      portal = await Caller.portal(product.address);
      supervisor = await Caller.person(product.address, 'supervisor');
      const reading = await openForReading(database.url, schema);
      const rows = await reading.read((manager) =>
        manager.query(
          "SELECT id, organisation, dataset, purpose FROM grants WHERE state = 'active' AND delivery = 'download' ORDER BY id",
        ),
      );
      await reading.close();
      for (const row of rows) {
        grant = row;
        if ((await ask()).decision) break;
      }
      expect((await ask()).decision, 'a grant that is served').to.equal(true);
    });
    after(async () => {
      await product?.stop('SIGKILL');
      place?.remove();
      await database?.drop();
    });

    it('start one after the other: one migrates and seeds, each says so in one line', async () => {
      expect(lines('worker started').map(({ worker }) => worker)).to.deep.equal([1, 2]);
      expect(lines('listening').map(({ worker }) => worker)).to.deep.equal([1, 2]);
      expect(lines('migrated')).to.have.length(1);
      expect(new Set(pids()).size).to.equal(2);
      expect((await ready()).parts).to.deep.include({ workers: 'ok', database: 'ok', log: 'ok' });
    });

    it('decide alike, one revision one answer, and a revocation reaches each within the bound', async () => {
      const seen: Seen[] = [];
      let going = true;
      const asker = async (): Promise<void> => {
        while (going) seen.push(await ask());
      };
      const load = Array.from({ length: 4 }, asker);
      const reached: number[] = [];
      for (let round = 0; round < 5; round++) {
        await command('suspend');
        const acknowledged = performance.now();
        await until(async () => {
          const answers = await Promise.all(Array.from({ length: 6 }, ask));
          return new Set(answers.map(({ worker }) => worker)).size === 2 && answers.every(({ decision }) => !decision);
        }, 'both deny');
        reached.push(Math.round(performance.now() - acknowledged));
        await command('resume');
        await until(
          async () => (await Promise.all(Array.from({ length: 6 }, ask))).every(({ decision }) => decision),
          'on',
        );
      }
      going = false;
      await Promise.all(load);
      console.log(`      denied by both within ${reached.join(', ')} ms, under load`);
      expect(Math.max(...reached)).to.be.lessThan(STALENESS);
      const byRevision = grouped(seen, ({ revision }) => revision);
      const wavering = [...byRevision].filter(([, those]) => new Set(those.map(({ decision }) => decision)).size > 1);
      expect(wavering).to.deep.equal([]);
      const shared = [...byRevision.values()].filter((those) => new Set(those.map(({ worker }) => worker)).size === 2);
      expect(shared.length, 'revisions from which both answered').to.be.greaterThan(1);
    });

    it('know a decision of the other: on record and delivered at once, wherever it is asked for', async () => {
      const seen = new Map<string, Set<string>>();
      await until(async () => {
        const { organisation, dataset, purpose } = grant;
        const question = {
          subject: { type: 'organisation', id: organisation },
          resource: { type: 'dataset', id: dataset },
          action: { name: 'download' },
          context: { purpose },
        };
        const { body } = await portal.post('/access/v1/evaluation', question, ALONE);
        const { evaluationId } = body.context;
        const [record, delivery] = await Promise.all([
          portal.get(`/api/decisions/${evaluationId}`, ALONE),
          portal.post('/access/v1/deliveries', { evaluationId, bytes: 1 }, ALONE),
        ]);
        expect([record.status, delivery.status], record.text + delivery.text).to.deep.equal([200, 201]);
        const worker = evaluationId.slice(10, 18);
        seen.set(worker, (seen.get(worker) ?? new Set()).add(evaluationId));
        return seen.size === 2 && [...seen.values()].every(({ size }) => size >= 8);
      }, 'asked of both');
    });

    it('are counted together: whichever is scraped, figures are those of all', async () => {
      const decisions = async (): Promise<number> => (await figures())('tiergate_decisions_total');
      const before = await decisions();
      // Which of them takes a connection is the kernel's choice: it may be one of them for a while.
      const asked: Seen[] = [];
      await until(async () => {
        asked.push(...(await Promise.all(Array.from({ length: 20 }, ask))));
        return new Set(asked.map(({ worker }) => worker)).size === 2;
      }, 'both asked');
      for (let scrape = 0; scrape < 6; scrape++) expect(await decisions()).to.equal(before + asked.length);
      const now = await figures();
      expect(now('tiergate_workers')).to.equal(2);
      expect(now('tiergate_revision'), 'the one that is furthest behind').to.be.within(1, (await ask()).revision);
    });

    it('killed one by one under load: no acknowledged write is lost, clients go on, each is replaced', async () => {
      const clerk = await Clerk.signIn(product.address);
      const scraped: number[] = [];
      for (let kill = 0; kill < KILLS; kill++) {
        clerk.begin(4, product.address);
        await sleep(400);
        scraped.push((await figures())('tiergate_decisions_total'));
        const before = clerk.acknowledged.size;
        const victim = pids().filter(isThere)[0] as number;
        process.kill(victim, 'SIGKILL');
        await until(() => clerk.acknowledged.size > before + 20, 'writes go on with the other');
        await until(async () => (await ready()).parts['workers'] === 'ok', 'replaced');
        await clerk.rest();
        scraped.push((await figures())('tiergate_decisions_total'));
        await clerk.settle();
      }
      expect(lines('worker ended').map(({ signal }) => signal)).to.deep.equal(Array(KILLS).fill('SIGKILL'));
      expect(scraped, 'what was counted stays counted').to.deep.equal(scraped.toSorted((a, b) => a - b));
      expect((await figures())('tiergate_workers_replaced_total')).to.equal(KILLS);
      expect(await expectAllKept(clerk, database.url)).to.be.greaterThan(80);
      expect(pids().filter(isThere)).to.have.length(2);
    });

    it('a worker told to end by itself ends what runs, and is replaced', async () => {
      const victim = pids().filter(isThere)[0] as number;
      process.kill(victim, 'SIGTERM');
      await until(() => !isThere(victim), 'ended');
      expect(lines('worker ended').at(-1)).to.deep.include({ code: 0 });
      await until(async () => (await ready()).parts['workers'] === 'ok', 'replaced');
    });

    it('end together on SIGTERM with 0, also where every process gets the signal, and leave a sound log', async () => {
      const last = pids().filter(isThere);
      const ended = product.stop();
      for (const pid of last) process.kill(pid, 'SIGTERM');
      expect(await ended).to.equal(0);
      expect(last.filter(isThere)).to.deep.equal([]);
      const audit = await place.tiergate('audit', 'verify');
      expect(audit.code, audit.out + audit.err).to.equal(0);
    });

    it('go with the process that keeps them when that one is killed', async () => {
      product = await RunningProduct.start(place);
      await until(async () => (await ready()).status === 'ok', 'both ready');
      const last = pids();
      await product.stop('SIGKILL');
      await until(() => last.every((pid) => !isThere(pid)), 'gone');
    });

    it('a start that fails fails once, with its reason and its exit code', async () => {
      const refused = await place.run(['serve', '--workers', '3'], { DATABASE_URL: `${database.url}-not-there` });
      expect(refused.code).to.equal(3);
      expect(refused.err.match(/Check that the server of DATABASE_URL runs/g)).to.have.length(1);
    });
  });
});
