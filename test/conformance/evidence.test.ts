import { nowhere } from '../support/nowhere.js';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { loadConditionKinds } from '../../src/catalogue/index.js';
import { createEvidence, evidenceTables, type EvidenceViews } from '../../src/evidence/index.js';
import type { EvidenceCommand } from '../../src/evidence/domain/decide.js';
import { EvidenceService } from '../../src/evidence/evidence-service.js';
import type { EvidenceStore, StoredEvidence } from '../../src/evidence/evidence-store.js';
import { DatabaseEvidenceStore } from '../../src/evidence/store/database-evidence-store.js';
import { createGrants, type Grants, grantTables, stateOf } from '../../src/grants/index.js';
import { type Principal, SYSTEM } from '../../src/kernel/principal.js';
import { refusal } from '../../src/kernel/refusal.js';
import { err, ok, type Result } from '../../src/kernel/result.js';
import type { Role } from '../../src/kernel/roles.js';
import { addDays, endOfDay, startOfDay } from '../../src/kernel/time.js';
import { entries, verifyLog } from '../../src/log/index.js';
import type { Transaction } from '../../src/persistence/index.js';
import { eachBackend } from '../support/databases.js';
import { openUnit, type TestUnit } from '../support/unit.js';

const someone = (id: string, role: Role, of: string): Principal => ({
  kind: 'person',
  id,
  name: id,
  organisation: { id: of, name: of, creditCode: '', kind: 'authority' },
  roles: [role],
});
const HANDLER = someone('handler', 'handler', 'org-1');
const RIVAL = someone('rival', 'handler', 'org-2');
const OFFICER = someone('officer', 'officer', 'AUTH');
const OF_PARENT = someone('parent', 'officer', 'PARENT');
const KIND = 'mlps-filing';
const TODAY = '2026-12-01';

/** Lingers between reading and writing, so that whoever does not wait overlaps. */
class SlowStore extends DatabaseEvidenceStore {
  override async update(...[tx, before, next]: Parameters<EvidenceStore['update']>): Promise<StoredEvidence> {
    await sleep(60);
    return super.update(tx, before, next);
  }
}

describe('conformance: evidence of organisations', function () {
  this.timeout(240_000);
  eachBackend((backend) => {
    let test: TestUnit;
    let evidence: EvidenceViews;
    let grants: Grants;
    const files = {
      types: [],
      find: async (_reader: unknown, id: string) =>
        id === 'DOC' ? { id, organisation: 'org-1', name: 'filing.pdf', sha256: 'abc' } : null,
      use: async () => {},
      content: async () => err(refusal('not-found')),
    };
    const organisations = {
      organisation: async (_reader: unknown, id: string) => ({
        parent: id === 'org-1' ? 'PARENT' : null,
        kind: 'enterprise' as const,
        name: { zh: id },
      }),
      names: async () => new Map(),
    };
    const ground = () => ({ ids: test.ids, files, organisations });

    beforeEach(async () => {
      test = await openUnit(backend);
      const resting = { resting: async () => [] };
      evidence = createEvidence({ ...ground(), kinds: loadConditionKinds('policies'), grants: resting });
      grants = createGrants({
        ids: test.ids,
        reactions: test.reactions,
        surroundings: nowhere,
        evidence: evidence.service,
      });
    });
    afterEach(() => test.close());

    const run = async <T>(work: (tx: Transaction) => Promise<Result<T>>): Promise<T> => {
      const done = await test.unit.run(work);
      if (!done.ok) throw new Error(`${done.error.code}: ${done.error.detail ?? ''}`);
      return done.value;
    };
    const codeOf = async (work: (tx: Transaction) => Promise<Result<unknown>>): Promise<string> => {
      const done = await test.unit.run(work);
      return done.ok ? 'accepted' : done.error.code;
    };
    const filing = (more: object = {}) => ({
      kind: KIND,
      issuer: 'Bureau',
      reference: 'No. 7',
      validFrom: null,
      validUntil: '2027-01-31' as string | null,
      attachment: null,
      replaces: null,
      ...more,
    });
    const file = async (more: object = {}, by = HANDLER): Promise<string> =>
      (await run((tx) => evidence.service.file(tx, by, filing(more)))).evidence.id;
    const give = (id: string, command: EvidenceCommand, by = OFFICER) =>
      run((tx) => evidence.service.command(tx, by, id, null, command));
    const verified = async (more: object = {}): Promise<string> => {
      const id = await file(more);
      await give(id, { name: 'verify', remark: null });
      return id;
    };
    const states = async (...ids: string[]): Promise<string[]> =>
      test.unit.read(async (reader) => {
        const found = await evidence.store.findMany(reader, ids);
        return ids.map((id) => found.find((one) => one.id === id)?.state ?? 'absent');
      });
    /** A grant of the organisation that was approved on this evidence, and the signature that makes it active. */
    const approved = async (application: string, dataset: string, on: string): Promise<void> => {
      const terms = [{ kind: KIND, text: { en: 'Filing' }, validUntil: '2027-01-31', evidence: on }];
      const given = { dataset, items: [], delivery: 'download', quota: null, terms };
      const ruling = {
        applicant: 'org-1',
        holder: 'HOLDER',
        number: application,
        purpose: 'research',
        scenario: 's',
        members: [],
        datasets: [{ ...given, period: { from: TODAY, to: '2028-12-31' } }],
      };
      const subject = { kind: 'application', id: application };
      await run(async (tx) => {
        tx.append({ event: 'application.approved', subject, actor: SYSTEM, data: ruling });
        return ok(undefined);
      });
    };
    const sign = (application: string, dataset: string): Promise<unknown> =>
      run(async (tx) => {
        const signed = { template: 'T', version: 1, hash: 'h', datasets: [{ dataset }] };
        const subject = { kind: 'application', id: application };
        tx.append({ event: 'application.agreement-accepted', subject, actor: SYSTEM, data: signed });
        return ok(undefined);
      });
    const granted = async (application: string, dataset: string, on: string): Promise<void> => {
      await approved(application, dataset, on);
      await sign(application, dataset);
    };
    const grantStates = async (): Promise<string[]> =>
      (await test.unit.read((reader) => grants.store.liveOf(reader, 'organisation', 'org-1')))
        .map(({ grant }) => `${grant.approval.dataset} ${stateOf(grant)}`)
        .sort();
    const told = async (event: string): Promise<number> =>
      (await test.unit.read((reader) => entries(reader, { after: 0, limit: 500 }))).filter((one) => one.event === event)
        .length;
    /** What housekeeping does, by two instances at once. */
    const timePasses = async (at: number): Promise<void> => {
      test.clock.at = at;
      const second = new EvidenceService({ ...ground(), store: new DatabaseEvidenceStore(), asks: () => true });
      await Promise.all([evidence.service.letTimeAct(test.unit), second.letTimeAct(test.unit)]);
      await Promise.all([grants.service.letTimeAct(test.unit), grants.service.letTimeAct(test.unit)]);
    };

    it('keeps what was filed as the log tells it, and finds what was edited by hand', async () => {
      const id = await verified({ attachment: 'DOC' });
      const tables = [...evidenceTables, ...grantTables];
      const faults = async () => (await test.unit.read((reader) => verifyLog(reader, tables))).faults;
      expect(await faults()).to.deep.equal([]);
      const [kept] = await test.unit.read((reader) => evidence.store.findMany(reader, [id]));
      expect(kept).to.include({ state: 'verified', sha256: 'abc', filedBy: 'handler' });
      await test.database.write((manager) => manager.query("UPDATE evidence SET state = 'struck-out'"));
      expect((await faults()).map(({ where }) => where.split(' ')[0])).to.deep.equal(['evidence']);
    });

    it('verified once it carries every grant of the organisation; lapsed it holds them all, once, with two instances', async () => {
      const id = await verified();
      await granted('APP-1', 'ds-1', id);
      await granted('APP-2', 'ds-2', id);
      await timePasses(endOfDay('2027-01-31') - 1);
      expect(await grantStates()).to.deep.equal(['ds-1 active', 'ds-2 active']);
      await timePasses(endOfDay('2027-01-31') + 40 * 86_400_000);
      expect([await states(id), await grantStates()]).to.deep.equal([['lapsed'], ['ds-1 suspended', 'ds-2 suspended']]);
      await timePasses(test.clock.at + 1);
      expect([await told('evidence.lapsed'), await told('grant.suspended')]).to.deep.equal([1, 2]);
      await verified({ validUntil: '2029-01-31', replaces: id });
      expect(await grantStates()).to.deep.equal(['ds-1 active', 'ds-2 active']);
      expect(await states(id), 'what has lapsed is not replaced').to.deep.equal(['lapsed']);
    });

    it('renewed before it lapses there is no gap: no grant rests for a millisecond', async () => {
      const id = await verified();
      await granted('APP-1', 'ds-1', id);
      const next = await verified({ validFrom: '2027-02-01', validUntil: '2028-01-31', replaces: id });
      expect(await states(id, next)).to.deep.equal(['verified', 'verified']);
      for (const at of [endOfDay('2027-01-31') - 1, endOfDay('2027-01-31'), startOfDay('2027-02-02')])
        await timePasses(at);
      expect(await states(id, next)).to.deep.equal(['lapsed', 'verified']);
      expect([await grantStates(), await told('grant.suspended')]).to.deep.equal([['ds-1 active'], 0]);
      await timePasses(endOfDay('2028-01-31'));
      expect(await grantStates()).to.deep.equal(['ds-1 suspended']);
    });

    it('with a gap it rests until the first day of the next one', async () => {
      const id = await verified();
      await granted('APP-1', 'ds-1', id);
      await verified({ validFrom: '2027-02-05', validUntil: null });
      await timePasses(startOfDay('2027-02-04'));
      expect(await grantStates()).to.deep.equal(['ds-1 suspended']);
      await timePasses(startOfDay('2027-02-05'));
      expect([await grantStates(), await told('evidence.began')]).to.deep.equal([['ds-1 active'], 1]);
    });

    it('the longer one takes the place of the one it names when it is verified, and back it falls to nothing', async () => {
      const id = await verified();
      await granted('APP-1', 'ds-1', id);
      const next = await verified({ validUntil: null, replaces: id });
      expect(await states(id, next)).to.deep.equal(['replaced', 'verified']);
      await give(next, { name: 'strike-out', reason: 'forged' });
      expect([await states(next), await grantStates()]).to.deep.equal([['struck-out'], ['ds-1 suspended']]);
    });

    it('struck out it holds at once; another one that is verified carries on without a break', async () => {
      const id = await verified();
      await granted('APP-1', 'ds-1', id);
      await verified({ reference: 'No. 8', validUntil: '2027-03-31' });
      await give(id, { name: 'strike-out', reason: 'forged' });
      expect([await grantStates(), await told('grant.suspended')]).to.deep.equal([['ds-1 active'], 0]);
    });

    it('is judged by nobody of the organisation or its parent, and by nobody who filed it', async () => {
      const id = await file();
      const verify = (by: Principal) => (tx: Transaction) =>
        evidence.service.command(tx, by, id, null, { name: 'verify', remark: null });
      expect(await codeOf(verify(someone('colleague', 'officer', 'org-1')))).to.equal('organisation-concerned');
      expect(await codeOf(verify(OF_PARENT))).to.equal('organisation-concerned');
      expect(await codeOf(verify(someone('handler', 'officer', 'AUTH')))).to.equal('organisation-concerned');
      expect(await codeOf(verify(RIVAL)), 'who may not see it').to.equal('not-found');
      expect(await codeOf(verify(OFFICER))).to.equal('accepted');
    });

    it('of two who judge it at once, one does; a strike-out against a renewal leaves no grant on what is false', async () => {
      const id = await file();
      const slow = new EvidenceService({ ...ground(), store: new SlowStore(), asks: () => true });
      const both = await Promise.all([
        codeOf((tx) => slow.command(tx, OFFICER, id, 1, { name: 'verify', remark: null })),
        codeOf((tx) => slow.command(tx, OFFICER, id, 1, { name: 'reject', reason: 'r' })),
      ]);
      expect(both.sort()).to.deep.equal(['accepted', 'stale-etag']);

      const first = await verified({ reference: 'No. 9', validUntil: addDays(TODAY, 200) });
      await granted('APP-1', 'ds-1', first);
      const next = await file({ reference: 'No. 10', validUntil: null, replaces: first });
      await Promise.all([
        test.unit.run((tx) => slow.command(tx, OFFICER, first, null, { name: 'strike-out', reason: 'forged' })),
        test.unit.run((tx) => slow.command(tx, OFFICER, next, null, { name: 'reject', reason: 'r' })),
      ]);
      const [one] = await test.unit.read((reader) => grants.store.liveOf(reader, 'organisation', 'org-1'));
      const standing = (await test.unit.read((reader) => evidence.service.standings(reader, 'org-1'))).get(KIND);
      expect(stateOf(one!.grant) === 'active').to.equal(standing !== undefined);
    });

    describe('at the very moment at which it ends', () => {
      const END = endOfDay('2027-01-31');
      /** Both ways round, for each is first where it is sent first. */
      const orders: readonly [
        string,
        (one: () => Promise<unknown>, other: () => Promise<unknown>) => Promise<unknown>,
      ][] = [
        ['the person first', (one, other) => Promise.all([one(), other()])],
        ['time first', (one, other) => Promise.all([other(), one()])],
      ];

      for (const [order, together] of orders) {
        it(`a signature gives nothing, ${order}`, async () => {
          await approved('APP-1', 'ds-1', await verified());
          test.clock.at = END;
          await together(
            () => sign('APP-1', 'ds-1'),
            () => timePasses(END),
          );
          expect(await grantStates()).to.deep.equal(['ds-1 suspended']);
          expect(await told('evidence.lapsed')).to.equal(1);
        });

        it(`its renewal carries the grant on, ${order}`, async () => {
          const first = await verified();
          await granted('APP-1', 'ds-1', first);
          const next = await file({ reference: 'No. 8', validUntil: '2028-01-31', replaces: first });
          test.clock.at = END;
          await together(
            () => give(next, { name: 'verify', remark: null }),
            () => timePasses(END),
          );
          expect(await grantStates()).to.deep.equal(['ds-1 active']);
          expect((await states(first, next))[1]).to.equal('verified');
          expect((await told('evidence.lapsed')) + (await told('evidence.replaced')), 'it ends in one way').to.equal(1);
        });

        it(`it is judged no more, ${order}`, async () => {
          const id = await file();
          test.clock.at = END;
          const codes: string[] = [];
          await together(
            async () =>
              codes.push(
                await codeOf((tx) => evidence.service.command(tx, OFFICER, id, null, { name: 'verify', remark: null })),
              ),
            () => timePasses(END),
          );
          expect(codes).to.deep.equal(['evidence-state']);
          expect([await states(id), await told('evidence.verified')]).to.deep.equal([['lapsed'], 0]);
        });
      }

      it('a millisecond before it still counts: the grant is signed, and rests at the end', async () => {
        await approved('APP-1', 'ds-1', await verified());
        test.clock.at = END - 1;
        await sign('APP-1', 'ds-1');
        await timePasses(END - 1);
        expect(await grantStates()).to.deep.equal(['ds-1 active']);
        await timePasses(END);
        expect(await grantStates()).to.deep.equal(['ds-1 suspended']);
      });
    });

    it('lists what waits, the longest waiting first, and each organisation its own', async () => {
      const ids = [await file(), await file({ reference: 'No. 8' }), await file({ kind: 'training' }, RIVAL)];
      const list = (sight: Parameters<EvidenceStore['list']>[1], filter: object, after: string | null = null) =>
        test.unit.read((reader) => evidence.store.list(reader, sight, filter, 2, after));
      const waiting = await list({ everything: true }, { state: 'filed' });
      expect([waiting.items.map((one) => one.evidence.id), waiting.total]).to.deep.equal([ids.slice(0, 2), 3]);
      const rest = await list({ everything: true }, { state: 'filed' }, ids[1]);
      expect(rest.items.map((one) => one.evidence.id)).to.deep.equal([ids[2]]);
      const own = await list({ everything: false, organisation: 'org-2' }, {});
      expect([own.items.map((one) => one.evidence.id), own.total]).to.deep.equal([[ids[2]], 1]);
      const ofKind = await list({ everything: true }, { kind: KIND });
      expect(
        ofKind.items.map((one) => one.evidence.id),
        'newest first',
      ).to.deep.equal([ids[1], ids[0]]);
    });
  });
});
