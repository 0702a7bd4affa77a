import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { applicationTable, type Succession } from '../../src/applications/index.js';
import type { GrantCommand } from '../../src/grants/domain/decide.js';
import { type Grant, grantTables, stateOf } from '../../src/grants/index.js';
import { DatabaseGrantStore } from '../../src/grants/store/database-grant-store.js';
import { SYSTEM } from '../../src/kernel/principal.js';
import { addDays, dayOf, endOfDay, startOfDay } from '../../src/kernel/time.js';
import { verifyLog } from '../../src/log/index.js';
import { Driver, refusedWith } from '../support/applications/driver.js';
import { openPlatform, type Platform } from '../support/applications/platform.js';
import { principal } from '../support/applications/premises.js';
import { eachBackend } from '../support/databases.js';

const DAY = 86_400_000;

describe('conformance: grants that are renewed and amended', function () {
  this.timeout(240_000);
  eachBackend((backend) => {
    let platform: Platform;
    let driver: Driver;
    let old: Grant;

    beforeEach(async () => {
      platform = await openPlatform(backend, { grants: true });
      driver = new Driver(platform);
      const today = dayOf(platform.clock.now);
      const application = await driver.at('concluded', { period: { from: today, to: addDays(today, 59) } });
      old = await grantOf(application);
    });
    afterEach(() => platform.close());

    const grantOf = async (application: string): Promise<Grant> => {
      const [found] = await platform.unit.read((reader) => platform.grants!.store.ofApplication(reader, application));
      if (found === undefined) throw new Error('no grant');
      return found.grant;
    };
    const now = async ({ id }: Grant): Promise<Grant> =>
      (await platform.unit.read((reader) => platform.grants!.store.find(reader, id)))!.grant;
    const begin = (kind: Succession['kind']) =>
      platform.unit.run((tx) =>
        platform.applications.service.succeed(tx, principal('handler'), { grant: old.id, kind }),
      );
    const begun = async (kind: Succession['kind']): Promise<string> => {
      const done = await begin(kind);
      if (!done.ok) throw new Error(done.error.code);
      return done.value.stored.application.id;
    };
    const codeOf = (done: { ok: boolean; error?: { code: string } }) => (done.ok ? 'accepted' : done.error?.code);
    const submitted = async (kind: Succession['kind']): Promise<string> => {
      const id = await begun(kind);
      const sent = await driver.command('handler', id, 'submit');
      expect(sent.status, JSON.stringify(sent.body)).to.equal(200);
      return id;
    };
    const approved = async (kind: Succession['kind'], body: object = {}): Promise<string> => {
      const id = await submitted(kind);
      const { stage } = (await driver.get('approver', `/api/applications/${id}`)).body;
      if (stage === 'holder') {
        await driver.command('reviewer', id, 'claim');
        await driver.command('reviewer', id, 'advise', { recommendation: 'approve', remark: 'fits' });
      }
      const ruled = await driver.command('approver', id, 'approve', body);
      expect(ruled.status, JSON.stringify(ruled.body)).to.equal(200);
      return id;
    };
    const sign = (id: string) => driver.command('signatory', id, 'accept-agreement', { version: 1, hash: 'h1' });
    const give = (grant: Grant, command: GrantCommand) =>
      platform.unit.run((tx) => platform.grants!.service.command(tx, grant.id, null, command, SYSTEM));
    const serves = (grant: Grant, at: number): boolean =>
      ['active', 'limited'].includes(stateOf(grant)) && grant.startsAt <= at && at < grant.endsAt;
    const faults = async () =>
      (await platform.unit.read((reader) => verifyLog(reader, [applicationTable, ...grantTables]))).faults;
    const letTimeAct = () =>
      Promise.all([
        platform.grants!.service.letTimeAct(platform.unit),
        platform.grants!.service.letTimeAct(platform.unit),
      ]);

    it('a renewal follows to the millisecond, without overlap or gap', async () => {
      const id = await approved('renewal');
      expect((await sign(id)).status).to.equal(200);
      const [before, after] = [await now(old), await grantOf(id)];
      expect(after.approval.period.from).to.equal(addDays(old.approval.period.to, 1));
      const end = endOfDay(old.approval.period.to);
      expect([before.endsAt, after.startsAt]).to.deep.equal([end, end]);
      for (const at of [platform.clock.now, end - 1, end, end + 1, endOfDay(after.approval.period.to) - 1])
        expect([serves(before, at), serves(after, at)].filter(Boolean), String(at)).to.have.length(1);
      platform.clock.now = end;
      await letTimeAct();
      expect([stateOf(await now(old)), stateOf(await now(after))]).to.deep.equal(['expired', 'active']);
      expect(await faults()).to.deep.equal([]);
    });

    it('renewed after its end it begins when it is signed, and nothing of the past is given', async () => {
      platform.clock.now = endOfDay(old.approval.period.to) + 5 * DAY;
      await letTimeAct();
      const id = await approved('renewal');
      expect((await sign(id)).status).to.equal(200);
      expect((await grantOf(id)).startsAt).to.equal(platform.clock.now);
    });

    it('an amendment takes the place of its grant in one transaction: never both, never neither', async () => {
      const id = await approved('amendment');
      expect(stateOf(await now(old)), 'until it is signed').to.equal('active');
      platform.clock.now += 3 * DAY;
      expect((await sign(id)).status).to.equal(200);
      const [before, after] = [await now(old), await grantOf(id)];
      expect([stateOf(before), stateOf(after)]).to.deep.equal(['relinquished', 'active']);
      expect([before.endsAt, after.startsAt, after.endsAt]).to.deep.equal([
        platform.clock.now,
        platform.clock.now,
        old.endsAt,
      ]);
      expect(before.successor).to.deep.equal({ grant: after.id, kind: 'amendment', at: platform.clock.now });
      expect(await faults()).to.deep.equal([]);
    });

    it('one that begins later leaves the grant in force until then', async () => {
      const from = addDays(dayOf(platform.clock.now), 10);
      const period = { from, to: old.approval.period.to };
      const id = await approved('amendment', { datasets: [{ dataset: 'roads', period }] });
      expect((await sign(id)).status).to.equal(200);
      const [before, after] = [await now(old), await grantOf(id)];
      const start = startOfDay(from);
      for (const at of [platform.clock.now, start - 1, start, start + 1])
        expect([serves(before, at), serves(after, at)].filter(Boolean), String(at)).to.have.length(1);
      platform.clock.now = start;
      await letTimeAct();
      expect(stateOf(await now(old))).to.equal('relinquished');
    });

    it('what fails after the new one began and before the old one ended leaves both as they were', async () => {
      const id = await approved('amendment');
      class Failing extends DatabaseGrantStore {
        override async update(...[tx, before, next]: Parameters<DatabaseGrantStore['update']>) {
          if (next.id === old.id) throw new Error('the power went');
          return super.update(tx, before, next);
        }
      }
      const service = platform.grants!.service as unknown as { store: DatabaseGrantStore };
      const sound = service.store;
      service.store = new Failing();
      expect((await sign(id)).status).to.equal(500);
      service.store = sound;
      expect([stateOf(await now(old)), stateOf(await grantOf(id))]).to.deep.equal(['active', 'pending']);
      expect((await sign(id)).status).to.equal(200);
      expect([stateOf(await now(old)), stateOf(await grantOf(id))]).to.deep.equal(['relinquished', 'active']);
      expect(await faults()).to.deep.equal([]);
    });

    it('signed while a supervisor ends the grant: one of the two, whichever is first, and never a grant out of nothing', async () => {
      const outcomes = new Set<string>();
      for (const pause of [0, 2, 5, 10, 20]) {
        const id = await approved('amendment');
        const [signed] = await Promise.all([
          sign(id),
          sleep(pause).then(() => give(old, { kind: 'revoke', reason: 'r' })),
        ]);
        const states = `${stateOf(await now(old))} ${stateOf(await grantOf(id))}`;
        outcomes.add(`${signed.status} ${states}`);
        expect(['200 relinquished active', '409 revoked pending'], states).to.include(`${signed.status} ${states}`);
        expect(await faults()).to.deep.equal([]);
        if (states.startsWith('revoked')) refusedWith(await sign(id), 409, 'grant-ended');
        const today = dayOf(platform.clock.now);
        old = await grantOf(await driver.at('concluded', { period: { from: today, to: addDays(today, 59) } }));
      }
      expect(outcomes.size).to.be.greaterThan(0);
    });

    it('begun twice at once there is one, and after it ended without a grant there may be another', async () => {
      const both = await Promise.all([begin('renewal'), begin('amendment')]);
      expect(both.map(codeOf)).to.have.members(['accepted', 'renewal-open']);
      const first = both.find((one) => one.ok);
      const id = first?.ok ? first.value.stored.application.id : '';
      const second = await begin('renewal');
      expect(!second.ok && second.error.extra?.['linked']).to.deep.equal({
        application: id,
        href: `/api/applications/${id}`,
      });
      expect((await driver.command('handler', id, 'withdraw')).status).to.equal(200);
      expect((await now(old)).following).to.equal(null);
      const refused = await submitted('renewal');
      await driver.command('approver', refused, 'refuse', { reasons: [{ code: 'other', text: 'no' }] });
      expect((await now(old)).following).to.equal(null);
      expect(codeOf(await begin('renewal'))).to.equal('accepted');
    });

    it('a refusal that is taken back meets the one that was begun meanwhile', async () => {
      const first = await submitted('renewal');
      await driver.command('approver', first, 'refuse', { reasons: [{ code: 'other', text: 'no' }] });
      await driver.command('handler', first, 'appeal', { reason: 'Read it again.' });
      const second = await approved('amendment');
      await driver.command('deputy', first, 'decide-appeal', { outcome: 'reopened', reason: 'It was.' });
      refusedWith(await driver.command('deputy', first, 'approve', {}), 409, 'renewal-open');
      expect((await sign(second)).status).to.equal(200);
    });

    it('is begun on what is in force and unrestrained, and in time', async () => {
      const restrained: GrantCommand[] = [
        { kind: 'suspend', reason: 'r', until: null },
        { kind: 'hold', cause: 'sanction', reason: 'r' },
        { kind: 'hold', cause: 'tier', reason: 'r' },
        { kind: 'limit', reason: 'r', quota: 3, delivery: null, until: null },
      ];
      for (const command of restrained) {
        const id = await driver.at('concluded', { period: { from: '2026-03-02', to: '2026-04-30' } });
        old = await grantOf(id);
        await give(old, command);
        expect([codeOf(await begin('renewal')), codeOf(await begin('amendment'))]).to.deep.equal([
          'grant-restrained',
          'grant-restrained',
        ]);
      }
      old = await grantOf(await driver.at('concluded', { period: { from: '2026-03-02', to: '2026-06-30' } }));
      const early = await begin('renewal');
      expect(!early.ok && [early.error.code, early.error.extra?.['opensOn']]).to.deep.equal([
        'renewal-too-early',
        '2026-04-01',
      ]);
      platform.clock.now = startOfDay('2026-07-30') + DAY - 1;
      await letTimeAct();
      expect(codeOf(await begin('amendment'))).to.equal('grant-ended');
      expect(codeOf(await begin('renewal')), 'the thirtieth day after').to.equal('accepted');
      old = await grantOf(await driver.at('concluded', { period: { from: '2026-07-30', to: '2026-08-01' } }));
      platform.clock.now = startOfDay('2026-09-01');
      await letTimeAct();
      expect(codeOf(await begin('renewal'))).to.equal('grant-ended');
    });

    it('what restrains the grant after it was begun stops the ruling and the signature', async () => {
      const id = await approved('amendment');
      await give(old, { kind: 'suspend', reason: 'r', until: null });
      refusedWith(await sign(id), 409, 'grant-restrained');
      await give(old, { kind: 'resume', reason: 'r' });
      expect((await sign(id)).status).to.equal(200);
    });
  });
});
