import { nowhere } from '../support/nowhere.js';
import { expect } from 'chai';
import { RestrictionClosing } from '../../src/applications/index.js';
import { HoldService } from '../../src/catalogue/hold-service.js';
import { datasetStore } from '../../src/catalogue/index.js';
import { createDecisions, productFeeds } from '../../src/decisions/index.js';
import { createGrants, type Grants, grantTables, stateOf } from '../../src/grants/index.js';
import type { Principal } from '../../src/kernel/principal.js';
import { ANONYMOUS, SYSTEM } from '../../src/kernel/principal.js';
import { ok, type Result } from '../../src/kernel/result.js';
import { endOfDay } from '../../src/kernel/time.js';
import { Follower, verifyLog } from '../../src/log/index.js';
import type { Transaction } from '../../src/persistence/index.js';
import type { Measure, ViolationCommand } from '../../src/supervision/domain/decide.js';
import {
  createSupervision,
  loadComplaintRules,
  loadDemandRules,
  loadLadder,
  restrictionsOf,
  type Supervision,
  supervisionTables,
} from '../../src/supervision/index.js';
import { dataset, organisation, person } from '../fixtures/decisions/small-world.js';
import { eachBackend } from '../support/databases.js';
import { openUnit, type TestUnit } from '../support/unit.js';

const names = async (_reader: unknown, datasets: readonly string[]) => new Map(datasets.map((id) => [id, { en: id }]));
const someone = (id: string, role: 'supervisor' | 'approver' | 'handler', of: string): Principal => ({
  kind: 'person',
  id,
  name: id,
  organisation: { id: of, name: of, creditCode: '', kind: 'authority' },
  roles: [role],
});
const SUPERVISOR = someone('supervisor', 'supervisor', 'AUTH');
const SECOND = someone('second', 'supervisor', 'AUTH');
const HANDLER = someone('handler', 'handler', 'org-1');
const ruling = (datasets: readonly string[]) => ({
  applicant: 'org-1',
  holder: 'HOLDER',
  number: 'A-1',
  purpose: 'research',
  scenario: 's',
  members: [],
  datasets: datasets.map((one) => ({
    dataset: one,
    items: [],
    delivery: 'download',
    period: { from: '2026-12-01', to: '2027-12-31' },
    quota: null,
    terms: [],
  })),
});
/** Facts of other slices, as they are. */
const fixed = <T extends { id: string }>(kind: string, values: readonly T[]) => {
  const fed = values.map((value) => ({ id: value.id, intact: true, value }));
  return {
    kind,
    page: async (_reader: unknown, after: string) => (after === '' ? fed : []),
    named: async (_reader: unknown, ids: readonly string[]) => fed.filter(({ id }) => ids.includes(id)),
  };
};

describe('conformance: supervision', () => {
  eachBackend((backend) => {
    let test: TestUnit;
    let grants: Grants;
    let supervision: Supervision;
    beforeEach(async () => {
      test = await openUnit(backend);
      grants = createGrants({ ids: test.ids, surroundings: nowhere, reactions: test.reactions });
      const noApplications = { openBy: async () => [] } as never;
      supervision = createSupervision({
        ids: test.ids,
        reactions: test.reactions,
        ladder: loadLadder('policies'),
        calendar: { after: (start) => start },
        grants,
        applications: new RestrictionClosing(noApplications),
        demands: { ...loadDemandRules('policies'), visitors: 2 },
        complaints: loadComplaintRules('policies'),
        files: { types: [], find: async () => null, use: async () => undefined, content: async () => ok({}) },
        catalogue: { datasets: datasetStore, holding: new HoldService(datasetStore) },
        surroundings: {
          organisation: async (_reader, id) => ({ id, parent: null, kind: 'enterprise', name: { zh: id } }),
          openness: async (_reader, id) => ({
            holder: 'HOLDER',
            standing: id === 'ds-1' ? 'open' : 'closed',
            items: [],
            distributions: [],
          }),
          isHolder: async (_reader, id) => id === 'HOLDER',
          names,
        },
      });
      await approve('APP', ['ds-1', 'ds-2']);
    });
    afterEach(() => test.close());

    const run = async <T>(work: (tx: Transaction) => Promise<Result<T>>): Promise<T> => {
      const done = await test.unit.run(work);
      if (!done.ok) throw new Error(`${done.error.code}: ${done.error.detail ?? ''}`);
      return done.value;
    };
    const told = (event: string, id: string, data: object) =>
      run(async (tx) => {
        tx.append({ event, subject: { kind: 'application', id }, actor: SYSTEM, data: { ...data } });
        return ok(undefined);
      });
    const approve = async (application: string, datasets: readonly string[]) => {
      await told('application.approved', application, ruling(datasets));
      const signed = { template: 'T', version: 1, hash: 'h', datasets: datasets.map((one) => ({ dataset: one })) };
      await told('application.agreement-accepted', application, signed);
    };
    const states = async (application = 'APP') =>
      (await test.unit.read((reader) => grants.store.ofApplication(reader, application)))
        .map(({ grant }) => `${grant.approval.dataset} ${stateOf(grant)}`)
        .sort();
    const report = async (kind: 'platform-rules' | 'beyond-scenario' | 'infringement' | 'lapsed-proof') =>
      (
        await run((tx) =>
          supervision.service.report(tx, SUPERVISOR, {
            grant: null,
            organisation: 'org-1',
            kind,
            description: 'd',
            evidence: [{ reference: 'No. 1', issuer: null }],
          }),
        )
      ).violation.id;
    const give = (id: string, command: ViolationCommand, by = SUPERVISOR) =>
      test.unit.run((tx) => supervision.service.command(tx, by, id, null, command));
    const reply = (id: string) => give(id, { name: 'reply', text: 't' }, HANDLER);
    const measure = (step: Measure['step'], more: Partial<Measure> = {}): ViolationCommand => ({
      name: 'impose',
      sanction: test.ids.next(),
      measure: { step, reason: 'r', cureBy: null, until: null, quota: null, delivery: null, datasets: [], ...more },
    });
    const imposed = async (kind: Parameters<typeof report>[0], command: ViolationCommand): Promise<string> => {
      const id = await report(kind);
      await reply(id);
      const done = await give(id, command);
      if (!done.ok) throw new Error(done.error.code);
      return id;
    };
    const sanctions = () =>
      test.unit.read((reader) => supervision.measures.store.list(reader, { everything: true }, {}, 100, null));
    const stepsIn = async (state: string) =>
      (await sanctions()).items.filter((one) => one.sanction.state === state).map((one) => one.sanction.step);
    const faults = async () =>
      (await test.unit.read((reader) => verifyLog(reader, [...grantTables, ...supervisionTables]))).faults;
    const edit = (sql: string) => test.database.write((manager) => manager.query(sql));

    it('keeps violations and measures as the log tells them, and finds what was edited by hand', async () => {
      await imposed('platform-rules', measure('suspend'));
      expect(await states()).to.deep.equal(['ds-1 suspended', 'ds-2 suspended']);
      expect(await faults()).to.deep.equal([]);
      await edit("UPDATE sanctions SET state = 'lifted'");
      await edit("UPDATE violations SET state = 'dismissed'");
      expect((await faults()).map(({ kind, where }) => `${kind} ${where.split(' ')[0]}`).sort()).to.deep.equal([
        'row-edited sanction',
        'row-edited violation',
      ]);
    });

    it('refuses a command on a row somebody edited, instead of covering it up', async () => {
      const id = await report('platform-rules');
      await edit("UPDATE violations SET holder = 'somebody'");
      const done = await reply(id);
      expect(!done.ok && done.error.code).to.equal('record-tampered');
    });

    it('suspends at once what goes beyond the scenario, also grants that come later, and frees all on dismissal', async () => {
      const id = await report('beyond-scenario');
      await approve('LATER', ['ds-3']);
      expect([await states(), await states('LATER')]).to.deep.equal([
        ['ds-1 suspended', 'ds-2 suspended'],
        ['ds-3 suspended'],
      ]);
      await give(id, { name: 'dismiss', reason: 'Within it' });
      expect([await states(), await states('LATER')]).to.deep.equal([['ds-1 active', 'ds-2 active'], ['ds-3 active']]);
      expect(await faults()).to.deep.equal([]);
    });

    it('holds a grant until the last measure that holds it has ended', async () => {
      await report('beyond-scenario');
      await imposed('platform-rules', measure('suspend', { until: test.clock.at + 1000 }));
      test.clock.at += 1000;
      expect(await supervision.clock.letTimeAct(test.unit)).to.equal(1);
      expect(await states()).to.deep.equal(['ds-1 suspended', 'ds-2 suspended']);
      const [interim] = (await sanctions()).items.filter((one) => one.sanction.state === 'in-force');
      await run((tx) => supervision.sanctions.lift(tx, SECOND, interim?.sanction.id ?? '', null, 'Settled'));
      expect(await states()).to.deep.equal(['ds-1 active', 'ds-2 active']);
    });

    it('reaches the grant that took the place of the one it is about, and those that come after it', async () => {
      const ofApplication = async (application: string, on: string) => {
        const found = await test.unit.read((reader) => grants.store.ofApplication(reader, application));
        return found.find(({ grant }) => grant.approval.dataset === on)?.grant.id ?? '';
      };
      const amended = async (grant: string, application: string): Promise<void> => {
        await told('application.approved', application, {
          ...ruling(['ds-1']),
          succeeds: { grant, kind: 'amendment' },
        });
        const signed = { template: 'T', version: 1, hash: 'h', datasets: [{ dataset: 'ds-1' }] };
        await told('application.agreement-accepted', application, signed);
      };
      const first = await ofApplication('APP', 'ds-1');
      const terms = { kind: 'platform-rules', description: 'd', evidence: [], organisation: null } as const;
      const done = await run((tx) => supervision.service.report(tx, SUPERVISOR, { ...terms, grant: first }));
      await reply(done.violation.id);
      await amended(first, 'NEXT');
      expect([await states(), await states('NEXT')]).to.deep.equal([
        ['ds-1 relinquished', 'ds-2 active'],
        ['ds-1 active'],
      ]);
      await give(done.violation.id, measure('suspend'));
      expect([await states(), await states('NEXT')]).to.deep.equal([
        ['ds-1 relinquished', 'ds-2 active'],
        ['ds-1 suspended'],
      ]);
      await amended(await ofApplication('NEXT', 'ds-1'), 'AFTER');
      expect(await states('AFTER')).to.deep.equal(['ds-1 suspended']);
      expect(await faults()).to.deep.equal([]);
    });

    it('lets exactly one of two decisions stand, and no measure without its violation', async () => {
      const id = await report('platform-rules');
      await reply(id);
      const done = await Promise.all([
        give(id, { name: 'dismiss', reason: 'No' }),
        give(id, measure('suspend'), SECOND),
        give(id, measure('notice'), SUPERVISOR),
      ]);
      const stored = await test.unit.read((reader) => supervision.store.find(reader, id));
      const { state, rulings } = stored?.violation ?? expect.fail('gone');
      expect(['dismissed', 'sanctioned']).to.include(state);
      expect(done.filter((one) => one.ok)).to.have.length(rulings.length);
      const held = rulings.at(-1)?.step === 'suspend';
      expect(await states()).to.deep.equal(
        held ? ['ds-1 suspended', 'ds-2 suspended'] : ['ds-1 active', 'ds-2 active'],
      );
      expect((await sanctions()).total).to.equal(rulings.filter(({ step }) => step !== 'dismissed').length);
      expect(await faults()).to.deep.equal([]);
    });

    it('lets a warning lead on exactly once, with several instances and after downtime', async () => {
      const id = await imposed('lapsed-proof', measure('warning', { cureBy: '2026-12-10' }));
      test.clock.at = endOfDay('2026-12-10') - 1;
      expect(await supervision.clock.letTimeAct(test.unit)).to.equal(0);
      test.clock.at += 90 * 86_400_000;
      const acted = await Promise.all([1, 2, 3].map(() => supervision.clock.letTimeAct(test.unit)));
      expect(acted.reduce((sum, one) => sum + one, 0)).to.equal(1);
      expect([await stepsIn('ended'), await stepsIn('in-force')]).to.deep.equal([['warning'], ['suspend']]);
      const stored = await test.unit.read((reader) => supervision.store.find(reader, id));
      expect(stored?.violation.rulings.at(-1)).to.include({ step: 'suspend', by: null });
      expect(await states()).to.deep.equal(['ds-1 suspended', 'ds-2 suspended']);
    });

    it('counts as a repetition what was upheld within the months of the ladder, and nothing else', async () => {
      const upheld = (since: number) =>
        test.unit.read((reader) => supervision.store.upheld(reader, 'org-1', 'platform-rules', since, 'x'));
      const dismissed = await report('platform-rules');
      await give(dismissed, { name: 'dismiss', reason: 'No' });
      await imposed('infringement', measure('warning', { cureBy: '2026-12-10' }));
      await report('platform-rules');
      expect(await upheld(0)).to.equal(0);
      await imposed('platform-rules', measure('notice'));
      expect([await upheld(test.clock.at), await upheld(test.clock.at + 1)]).to.deep.equal([1, 0]);
    });

    it('lists the newest first, in pages that what comes in between does not shift, within sight', async () => {
      const ids = [await report('platform-rules'), await report('infringement'), await report('lapsed-proof')];
      const page = (
        before: string | null,
        sight = { everything: true } as Parameters<typeof supervision.store.list>[1],
      ) => test.unit.read((reader) => supervision.store.list(reader, sight, {}, 2, before));
      const first = await page(null);
      await report('infringement');
      const second = await page(first.items.at(-1)?.violation.id ?? '');
      expect([...first.items, ...second.items].map(({ violation }) => violation.id)).to.deep.equal(ids.toReversed());
      expect([first.total, second.total]).to.deep.equal([3, 4]);
      expect((await page(null, { everything: false, organisation: 'org-1' })).total).to.equal(4);
      expect(await page(null, { everything: false, organisation: 'org-2' })).to.deep.equal({ items: [], total: 0 });
    });

    describe('a restriction of use', () => {
      const until = () => test.clock.at + 60_000;
      const decisions = async (follower = test.follower) => {
        const { sanctions: sanctionFeed } = productFeeds();
        const started = await createDecisions({
          ...test,
          follower,
          policies: 'policies',
          publicUrl: null,
          issuer: 'https://tiergate.example.org',
          stalenessBound: 2000,
          keptDays: 730,
          credentials: { verify: () => null },
          permits: { sign: () => '' },
          grants,
          feeds: {
            organisations: fixed('organisation', [organisation('org-1'), organisation('org-2')]),
            people: fixed('person', [person('person-1', ['org-1'])]),
            datasets: fixed('dataset', [dataset('ds-1'), dataset('ds-2')]),
            agreements: {
              kind: 'agreement',
              page: async (_reader, after) =>
                after === '' ? [{ id: 'a', intact: true, value: { template: 'T', version: 1 } }] : [],
              named: async () => [],
            },
            sanctions: sanctionFeed,
          },
          alarm: () => undefined,
          onFault: (error) => {
            throw error;
          },
        });
        await follower.begin();
        await started.load();
        const reason = (of: string) =>
          started.ask({ subjectType: 'organisation', subjectId: 'org-1', resourceId: of, purpose: 'research' }).reason;
        return { started, reason };
      };

      it('reaches the next decision on the instance that wrote it, and ends in memory to the millisecond', async () => {
        const { started, reason } = await decisions();
        expect(reason('ds-1')).to.equal('granted');
        await imposed('infringement', measure('restrict', { until: until(), datasets: ['ds-1'] }));
        expect([reason('ds-1'), reason('ds-2')]).to.deep.equal(['use-restricted', 'granted']);
        expect(await states()).to.deep.equal(['ds-1 revoked', 'ds-2 active']);
        expect(await test.unit.read((reader) => restrictionsOf(reader, 'org-1'))).to.have.length(1);
        test.clock.at += 59_999;
        expect(reason('ds-1')).to.equal('use-restricted');
        test.clock.at += 1;
        expect(reason('ds-1')).to.equal('grant-revoked');
        await supervision.clock.letTimeAct(test.unit);
        expect(await stepsIn('ended')).to.deep.equal(['restrict']);
        expect(await test.unit.read((reader) => restrictionsOf(reader, 'org-1'))).to.deep.equal([]);
        await started.close();
      });

      it('reaches another instance when it follows the log, its lifting too', async () => {
        const follower = new Follower(
          (work) => test.unit.read(work),
          () => undefined,
        );
        const { started, reason } = await decisions(follower);
        const id = await imposed('infringement', measure('restrict', { until: until(), datasets: ['ds-1'] }));
        await follower.poll();
        expect([reason('ds-1'), reason('ds-2')]).to.deep.equal(['use-restricted', 'granted']);
        const [sanction] = (await sanctions()).items;
        await run((tx) => supervision.sanctions.lift(tx, SECOND, sanction?.sanction.id ?? '', null, id));
        expect(reason('ds-1'), 'not before it has followed').to.equal('use-restricted');
        await follower.poll();
        expect(reason('ds-1'), 'the grant was revoked').to.equal('grant-revoked');
        await started.close();
      });

      it('edited away by hand does not permit, neither now nor after a restart', async () => {
        await imposed('infringement', measure('restrict', { until: until(), datasets: ['ds-1'] }));
        const before = await decisions();
        const id = (await sanctions()).items[0]?.sanction.id ?? '';
        expect(before.reason('ds-2')).to.equal('granted');
        await edit("UPDATE sanctions SET state = 'ended'");
        // What the sweep over all rows tells it.
        before.started.distrust('sanction', id);
        expect(before.reason('ds-2')).to.equal('could-not-decide');
        await before.started.close();

        const { started, reason } = await decisions();
        expect(reason('ds-2')).to.equal('could-not-decide');
        await started.close();
        await edit('DELETE FROM sanctions');
        const { started: third, reason: asked } = await decisions();
        third.distrust('sanction', id);
        expect(asked('ds-2'), 'a measure that is gone').to.equal('could-not-decide');
        await third.close();
      });
    });

    describe('demands', () => {
      const ask = (by: Principal, more: object = {}) =>
        test.unit.run((tx) =>
          supervision.demands.make(tx, by, { dataset: 'ds-2', holder: null, title: 't', description: 'd', ...more }),
        );
      const asked = async (by: Principal): Promise<string> => {
        const done = await ask(by);
        if (!done.ok) throw new Error(done.error.code);
        return done.value.demand.id;
      };
      const STEWARD: Principal = { ...someone('steward', 'handler', 'HOLDER'), roles: ['steward'] };
      const answer = (id: string, seen: number | null) =>
        test.unit.run((tx) =>
          supervision.demands.answer(tx, STEWARD, id, seen, {
            outcome: 'planned',
            text: 't',
            reason: null,
            dataset: null,
            plannedBy: null,
          }),
        );

      it('are kept as the log tells them, and answered once of two answers at a time', async () => {
        const id = await asked(HANDLER);
        const done = await Promise.all([answer(id, 1), answer(id, 1)]);
        expect(done.filter((one) => one.ok)).to.have.length(1);
        expect(done.flatMap((one) => (one.ok ? [] : [one.error.code]))).to.deep.equal(['stale-etag']);
        expect(await faults()).to.deep.equal([]);
      });

      it('of visitors are counted by day; those answered make room', async () => {
        const first = await asked(ANONYMOUS);
        await asked(ANONYMOUS);
        const third = await ask(ANONYMOUS);
        expect(!third.ok && third.error.code).to.equal('too-many-demands');
        expect(!third.ok && third.error.retryAfterSeconds).to.be.within(1, 86_400);
        await answer(first, null);
        expect((await ask(ANONYMOUS)).ok).to.equal(true);
        test.clock.at += 86_400_000;
        expect((await ask(ANONYMOUS)).ok).to.equal(true);
      });

      it('are listed to whom they concern while they wait, newest first, and to everyone once answered', async () => {
        const ids = [await asked(HANDLER), await asked(ANONYMOUS), await asked(HANDLER)];
        const page = async (own: string | null, before: string | null = null) => {
          const sight = { everything: false, organisation: own } as const;
          const { items, total } = await test.unit.read((reader) =>
            supervision.demands.deps.store.list(reader, sight, {}, 2, before),
          );
          return [items.map(({ demand }) => demand.id), total];
        };
        expect(await page(null)).to.deep.equal([[], 0]);
        expect(await page('org-1')).to.deep.equal([[ids[2], ids[0]], 2]);
        expect(await page('HOLDER')).to.deep.equal([[ids[2], ids[1]], 3]);
        expect(await page('HOLDER', ids[1])).to.deep.equal([[ids[0]], 3]);
        await answer(ids[0] ?? '', null);
        expect(await page(null)).to.deep.equal([[ids[0]], 1]);
      });
    });

    it('says nothing to whoever is nobody', async () => {
      const id = await report('platform-rules');
      const done = await give(id, { name: 'reply', text: 't' }, ANONYMOUS);
      expect(!done.ok && done.error.code).to.equal('not-found');
    });
  });
});
