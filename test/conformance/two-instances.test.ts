import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import type { Follower } from '../../src/log/index.js';
import { Caller } from '../support/caller.js';
import { type Backend, eachBackend } from '../support/databases.js';
import { type OpenApp, openApp } from '../support/server.js';

const BOUND = 400;

interface Seen {
  /** `unbound`: one whose bound on staleness is as good as switched off. */
  readonly instance: 'first' | 'second' | 'unbound';
  readonly revision: number;
  readonly decision: boolean;
  readonly reason: string;
}

/** Two instances on one database: what one writes, the other answers from, and neither wavers. */
describe('conformance: two instances', function () {
  this.timeout(240_000);

  eachBackend(
    (backend) => {
      const opened: OpenApp[] = [];
      const portals = {} as Record<Seen['instance'], Caller>;
      let supervisor: Caller;
      let grant: { id: string; organisation: string; dataset: string; purpose: string };
      let open: string;

      const addressOf = async ({ app }: OpenApp): Promise<string> => {
        await new Promise<void>((resolve) => app.server.listen(0, '127.0.0.1', resolve));
        return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
      };
      const ask = async (instance: Seen['instance'], context: object = {}, id = grant.dataset): Promise<Seen> => {
        const { body } = await portals[instance].post('/access/v1/evaluation', {
          subject: { type: 'organisation', id: grant.organisation },
          resource: { type: 'dataset', id },
          action: { name: 'download' },
          context: { purpose: grant.purpose, ...context },
        });
        return {
          instance,
          decision: body.decision,
          revision: body.context.revision,
          reason: body.context.reason.code,
        };
      };
      /** Cut off from the log while this goes on. */
      const cutOff = async (app: OpenApp | undefined, work: (follower: Follower) => Promise<void>): Promise<void> => {
        const { follower } = app?.app ?? expect.fail('no such instance');
        follower.stop();
        // A poll under way ends before the link is cut.
        await follower.poll();
        const { poll } = follower;
        follower.poll = () => Promise.reject(new Error('the database is gone'));
        try {
          await work(follower);
        } finally {
          follower.poll = poll;
          follower.start(50);
        }
      };
      /** What an instance says of a suspended grant once it has not heard of the log for longer than the bound. */
      const saidWithout = async (instance: 'second' | 'unbound', follower: Follower): Promise<string> => {
        while (follower.age() <= BOUND) await sleep(20);
        return (await ask(instance)).reason;
      };
      const command = async (name: 'suspend' | 'resume'): Promise<void> => {
        const answer = await supervisor.command(`/api/grants/${grant.id}`, name, { reason: 'A report' });
        if (answer.status !== 200) throw new Error(`${name}: ${answer.status} ${answer.text}`);
      };

      before(async () => {
        const first = await openApp(backend, { seeded: true });
        const same: Backend = { ...backend, fresh: async () => ({ url: first.databaseUrl, dispose: async () => {} }) };
        const second = await openApp(same, { environment: { TIERGATE_STALENESS: `${BOUND}` } });
        const unbound = await openApp(same, { environment: { TIERGATE_STALENESS: '60000' } });
        opened.push(second, unbound, first);
        const address = await addressOf(first);
        portals.first = await Caller.portal(address);
        portals.second = await Caller.portal(await addressOf(second));
        portals.unbound = await Caller.portal(await addressOf(unbound));
        supervisor = await Caller.person(address, 'supervisor');
        const rows = await first.app.unit.read((reader) =>
          reader.manager.query(
            "SELECT id, organisation, dataset, purpose FROM grants WHERE state = 'active' AND delivery = 'download' ORDER BY id",
          ),
        );
        for (const row of rows) {
          grant = row;
          if ((await ask('first')).decision) break;
        }
        const listed = await Caller.anonymous(address).get('/api/datasets?tier=open&limit=100');
        for (const { id } of listed.body.items as { id: string }[]) {
          open = id;
          if ((await ask('first', {}, id)).decision) break;
        }
      });
      after(async () => {
        for (const each of opened) {
          each.app.server.closeAllConnections();
          await new Promise((resolve) => each.app.server.close(resolve));
          await each.close();
        }
      });

      it('deny on the next request where it was written, soon elsewhere, and never waver, under load', async () => {
        const seen: Seen[] = [];
        let going = true;
        const asker = async (instance: Seen['instance']): Promise<void> => {
          let last = 0;
          while (going) {
            const answer = await ask(instance);
            expect(answer.revision, `${instance} never goes back`).to.be.at.least(last);
            last = answer.revision;
            seen.push(answer);
          }
        };
        const load = Array.from({ length: 6 }, (_, n) => asker(n % 2 === 0 ? 'first' : 'second'));
        for (let round = 0; round < 5; round++) {
          for (const [name, decision] of [
            ['suspend', false],
            ['resume', true],
          ] as const) {
            await command(name);
            const here = await ask('first');
            expect(here.decision, `${name}: the next request where it was written`).to.equal(decision);
            const there = await ask('second', { minRevision: here.revision });
            expect(there.decision, `${name}: elsewhere, for who brings the revision`).to.equal(decision);
            while ((await ask('second')).decision !== decision) await sleep(5);
          }
        }
        going = false;
        await Promise.all(load);
        const decisions = new Map<number, Set<boolean>>();
        // On a starved machine an instance may lose the log for longer than its bound: it then says so, and denies.
        for (const { revision, decision } of seen.filter((one) => one.reason !== 'stale'))
          decisions.set(revision, (decisions.get(revision) ?? new Set()).add(decision));
        const wavering = [...decisions].filter(([, said]) => said.size > 1);
        expect(wavering, 'one revision, one answer, on both instances').to.deep.equal([]);
        expect([...decisions.values()].map((said) => said.has(true))).to.include.members([true, false]);
      });

      it('without following the log the other would go on permitting; cut off from it, it soon denies all but open data', async () => {
        await cutOff(opened[0], async (follower) => {
          const heldAt = follower.age();
          await command('suspend');
          const before = await ask('second');
          if (follower.age() < BOUND) expect(before.reason, `followed ${heldAt} ms ago`).to.equal('granted');
          expect(await saidWithout('second', follower)).to.equal('stale');
          expect((await ask('second', {}, open)).reason).to.equal('open-data');
          const ready = await portals.second.get('/health/ready');
          expect([ready.status, ready.body.status]).to.deep.equal([200, 'degraded']);
          expect((await portals.first.get('/health/ready')).body.status).to.equal('ok');
        });
        expect((await ask('second', { minRevision: (await ask('first')).revision })).reason).to.equal(
          'grant-suspended',
        );
        await command('resume');
      });

      it('with the bound switched off the same instance, cut off, goes on permitting what was suspended', async () => {
        await cutOff(opened[1], async (follower) => {
          await command('suspend');
          expect(await saidWithout('unbound', follower)).to.equal('granted');
        });
        await command('resume');
      });

      it('say "behind" rather than answer from before a revision, and cap one that does not exist', async () => {
        const { revision } = await ask('first');
        await cutOff(opened[0], async () => {
          const behind = await ask('second', { minRevision: revision + 1 });
          expect([behind.decision, behind.reason]).to.deep.equal([false, 'behind']);
        });
        expect((await ask('second', { minRevision: revision })).reason).to.equal('granted');
      });
    },
    ({ dialect }) => dialect === 'mysql',
  );
});
