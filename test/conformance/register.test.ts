import { registered } from '../support/register-parts.js';
import { expect } from 'chai';
import { grantEvent } from '../../src/grants/domain/events.js';
import { SYSTEM } from '../../src/kernel/principal.js';
import { dayOf, startOfDay } from '../../src/kernel/time.js';
import type { MatterWithGrant } from '../../src/register/domain/entry.js';
import type { Matter } from '../../src/register/domain/matter.js';
import { RegisterKeeper } from '../../src/register/register-keeper.js';
import type { RulingsAmong, RulingsAsked } from '../../src/register/register-store.js';
import { DatabaseRegisterStore } from '../../src/register/store/database-register-store.js';
import { Driver } from '../support/applications/driver.js';
import { openPlatform, type Platform } from '../support/applications/platform.js';
import { CATALOGUE, registerSources } from '../support/applications/register-sources.js';
import { eachBackend } from '../support/databases.js';
import { matterOf } from '../unit/register/worlds.js';

describe('conformance: what is counted of cases', function () {
  this.timeout(240_000);
  eachBackend((backend) => {
    const store = new DatabaseRegisterStore();
    let platform: Platform;
    let driver: Driver;
    beforeEach(async () => {
      platform = await openPlatform(backend, { grants: true });
      driver = new Driver(platform);
    });
    afterEach(() => platform.close());

    const on = (day: string): void => {
      platform.clock.now = startOfDay(day) + 9 * 3_600_000;
    };
    const count = () => platform.register.keeper.letTimeAct(platform.unit);
    const counted = (): Promise<readonly MatterWithGrant[]> =>
      platform.unit.read((reader) => registered(store, reader));
    const matters = async (): Promise<Matter[]> => (await counted()).map(({ matter }) => matter);
    const give = async (...given: Parameters<Driver['command']>): Promise<void> => {
      const done = await driver.command(...given);
      expect(done.status, `${given[2]}: ${JSON.stringify(done.body)}`).to.equal(200);
    };
    const query = (sql: string) => platform.database.write((manager) => manager.query(sql));

    it('days by the day ledger, step by step, pauses left out, held against the case page', async () => {
      const id = await driver.at('submitted', { datasets: [{ dataset: 'roads' }, { dataset: 'buses' }] });
      on('2026-03-05');
      await give('reviewer', id, 'accept');
      await give('reviewer', id, 'claim');
      on('2026-03-09');
      await give('reviewer', id, 'consult', { with: 'The road company', question: 'Any harm?' });
      on('2026-03-16');
      await give('reviewer', id, 'record-consultation', { view: 'None.' });
      on('2026-03-18');
      await give('reviewer', id, 'advise', { recommendation: 'approve', remark: 'fits' });
      on('2026-03-20');
      await give('approver', id, 'approve', { reason: 'Met' });
      await count();
      const found = await matters();
      expect(found.map(({ dataset, ruling }) => `${dataset} ${ruling}`).sort()).to.deep.equal([
        'buses approved',
        'roads approved',
      ]);
      const [matter] = found;
      // 2 March was a Monday: three days to accept; 9th and then, after the pause, 17th and 18th; 19th and 20th.
      expect(matter).to.deep.include({
        steps: { acceptance: 3, holder: 4, authority: 2 },
        days: 9,
        limit: 15,
        late: false,
      });
      expect(matter).to.include({ submittedOn: '2026-03-02', ruledOn: '2026-03-20', applicantKind: 'enterprise' });
      const { deadlines } = (await driver.get('approver', `/api/applications/${id}`)).body;
      const page = deadlines.reduce((sum: number, one: { counted: number }) => sum + one.counted, 0);
      expect(matter?.days).to.equal(page);
      const idOf = async (who: 'reviewer' | 'approver') => (await driver.get(who, '/api/me')).body?.id ?? who;
      expect(matter?.judges).to.deep.equal({
        advised: { by: await idOf('reviewer'), ruling: 'approved' },
        ruledBy: await idOf('approver'),
      });
    });

    it('one that is overdue while it is open, and late when it is ruled on after all', async () => {
      const id = await driver.at('submitted');
      await count();
      expect(await matters(), 'nothing is told of what runs').to.deep.equal([]);
      on('2026-04-02');
      await platform.applications.clock.letTimeAct(platform.unit);
      await count();
      expect(await matters()).to.have.length(1);
      expect((await matters())[0]).to.include({ ruling: null, endedOn: null, overdueOn: '2026-04-02', days: null });
      await give('reviewer', id, 'accept');
      await give('reviewer', id, 'claim');
      await give('reviewer', id, 'advise', { recommendation: 'refuse', remark: 'no' });
      await give('approver', id, 'refuse', { reasons: [{ code: 'security-insufficient', text: 'secret words' }] });
      await count();
      const [late] = await matters();
      expect(late).to.include({ ruling: 'refused', late: true, overdueOn: '2026-04-02', ruledOn: '2026-04-02' });
      expect(late?.reasons).to.deep.equal(['security-insufficient']);
      const whole = JSON.stringify(await query('SELECT * FROM register_matters'));
      expect(whole, 'no words of people are kept').to.not.match(/secret|fits|Travel/);
    });

    it('a refusal, its review, and the round after it as another matter', async () => {
      const id = await driver.at('authority');
      await give('approver', id, 'refuse', { reasons: [{ code: 'other', text: 'no' }] });
      on('2026-03-10');
      await give('handler', id, 'appeal', { reason: 'We disagree' });
      await count();
      expect((await matters())[0]?.appeal).to.deep.equal({ askedOn: '2026-03-10', outcome: null, decidedOn: null });
      on('2026-03-12');
      await give('deputy', id, 'decide-appeal', { outcome: 'reopened', reason: 'Look again' });
      on('2026-03-16');
      await give('deputy', id, 'claim');
      await give('deputy', id, 'approve', { reason: 'Met' });
      await count();
      const [first, second] = (await matters()).toSorted((a, b) => a.round - b.round);
      expect(first).to.deep.include({ round: 1, ruling: 'refused', reasons: ['other'] });
      expect(first?.appeal).to.deep.equal({ askedOn: '2026-03-10', outcome: 'reopened', decidedOn: '2026-03-12' });
      expect(second).to.deep.include({ round: 2, ruling: 'approved', reasons: [], appeal: null, days: 2, limit: 10 });
      expect(second?.steps).to.deep.equal({ acceptance: null, holder: null, authority: 2 });
    });

    it('what was filed elsewhere against a ruling, with the round it contests, also when it ends in a later one', async () => {
      const id = await driver.at('authority');
      await give('approver', id, 'refuse', { reasons: [{ code: 'other', text: 'no' }] });
      on('2026-03-10');
      const filed = { forum: 'secret court', filedOn: '2026-03-09', reference: 'secret number' };
      await give('approver', id, 'record-proceeding', { kind: 'litigation', ...filed });
      await give('handler', id, 'appeal', { reason: 'We disagree' });
      await count();
      const open = { recordedOn: '2026-03-10', outcome: null, endedOn: null };
      expect((await matters())[0]?.proceedings).to.deep.equal([{ kind: 'litigation', ...open }]);
      on('2026-03-12');
      await give('deputy', id, 'decide-appeal', { outcome: 'reopened', reason: 'Look again' });
      await give('deputy', id, 'refuse', { reasons: [{ code: 'other', text: 'no' }] });
      await give('approver', id, 'record-proceeding', { kind: 'reconsideration', ...filed, filedOn: '2026-03-12' });
      on('2026-04-20');
      const end = { outcome: 'withdrawn', on: '2026-04-17', text: 'secret words' };
      await give('approver', id, 'record-proceeding-outcome', { kind: 'litigation', ...end });
      await count();
      const [first, second] = (await matters()).toSorted((a, b) => a.round - b.round);
      expect(first?.proceedings).to.deep.equal([
        { kind: 'litigation', recordedOn: '2026-03-10', outcome: 'withdrawn', endedOn: '2026-04-20' },
      ]);
      expect(second?.proceedings).to.deep.equal([{ kind: 'reconsideration', ...open, recordedOn: '2026-03-12' }]);
      const whole = JSON.stringify(await query('SELECT * FROM register_matters'));
      expect(whole, 'no words of people are kept').to.not.match(/secret/);
    });

    it('the grant that followed, with its reports of use; products by name only where that was agreed to', async () => {
      const id = await driver.at('concluded');
      await count();
      const [begun] = await counted();
      expect(begun?.grant).to.include({ begunOn: '2026-03-02' });
      for (const [products, publish] of [
        [['Hidden planner'], false],
        [['Open map', 'Open list'], true],
      ] as const)
        await platform.unit.run(async (tx) => {
          const data = { text: 'words of the user', products, ...(publish ? { publish } : {}) };
          const { event } = grantEvent('grant.use-reported', tx.now, data);
          tx.append({ event, subject: { kind: 'grant', id: begun?.grant?.grant ?? '' }, actor: SYSTEM, data });
          return { ok: true, value: null };
        });
      await count();
      const [used] = await counted();
      expect(used?.matter.application).to.equal(id);
      expect(used?.grant?.uses).to.deep.equal([
        { on: '2026-03-02', products: 1, named: [] },
        { on: '2026-03-02', products: 2, named: ['Open map', 'Open list'] },
      ]);
      expect(JSON.stringify(await query('SELECT * FROM register_grants'))).to.not.match(/Hidden|words of/);
    });

    it('the same whether counted step by step, all at once, or by three instances at the same time', async () => {
      for (const step of ['submitted', 'authority', 'approved', 'concluded'] as const) {
        await driver.at(step);
        await count();
      }
      const refused = await driver.at('authority');
      await give('approver', refused, 'refuse', { reasons: [{ code: 'other', text: 'no' }] });
      await count();
      const stepwise = await counted();
      expect(stepwise).to.have.length(3);
      for (const table of ['register_cursor', 'register_matters', 'register_grants'])
        await query(`DELETE FROM ${table}`);
      const keepers = [1, 2, 3].map(() => new RegisterKeeper(store, registerSources(platform.applications)));
      await Promise.all(keepers.map((keeper) => keeper.letTimeAct(platform.unit)));
      const byId = (all: readonly MatterWithGrant[]) => new Map(all.map((one) => [one.matter.application, one]));
      expect(byId(await counted())).to.deep.equal(byId(stepwise));
    });

    it('is complete up to the moment it was counted; at rest nothing is written but once a day', async () => {
      await driver.at('approved');
      expect(await platform.unit.read((reader) => store.cursor(reader))).to.equal(null);
      await count();
      const first = await platform.unit.read((reader) => store.cursor(reader));
      expect(first?.completeUntil).to.equal(platform.clock.now);
      platform.clock.now += 60_000;
      await count();
      expect(await platform.unit.read((reader) => store.cursor(reader))).to.deep.equal(first);
      platform.clock.now += 86_400_000;
      await count();
      const next = await platform.unit.read((reader) => store.cursor(reader));
      expect(dayOf(next?.completeUntil ?? 0)).to.equal('2026-03-03');
      expect(next?.position).to.equal(first?.position);
    });

    it('field and kind of applicant as they were when the case was first counted', async () => {
      await driver.at('approved');
      await count();
      await platform.put('datasets', 'roads', { id: 'roads', publisher: 'health', title: {} });
      await query('UPDATE register_cursor SET position = 0');
      await count();
      expect((await matters()).map(({ field }) => field)).to.deep.equal(['transport']);
    });

    it('finds rulings by what they agree in, the newest first, up to a day, and so many', async () => {
      const from = (n: number): Matter => ({
        application: `case-${n}`,
        dataset: n % 2 === 0 ? 'roads' : 'buses',
        round: 1,
        applicant: 'enterprise-a',
        applicantKind: 'enterprise',
        holder: n < 4 ? 'transport' : 'health',
        field: n < 4 ? 'transport' : 'health',
        tier: 'conditional',
        purpose: n % 3 === 0 ? 'research' : 'education',
        submittedOn: '2026-01-02',
        ruledOn: n === 7 ? null : `2026-02-0${9 - n}`,
        endedOn: null,
        overdueOn: null,
        ruling: n === 7 ? null : 'approved',
        reasons: [],
        steps: { acceptance: 1, holder: 1, authority: 1 },
        days: 3,
        limit: 15,
        late: false,
        appeal: null,
        ...(n === 6 ? { kind: 'sharing' as const } : {}),
      });
      const all = [0, 1, 2, 3, 4, 5, 6, 7].map(from);
      for (const one of all)
        await platform.unit.run(async (tx) => ({
          ok: true,
          value: await store.replaceCases(tx, [one.application], [one]),
        }));
      const found = async (...asked: [RulingsAsked, Partial<RulingsAmong>?, number?]): Promise<string> => {
        const among = { kind: null, until: '2026-12-31', ...asked[1] };
        const rulings = await platform.unit.read((reader) => store.rulings(reader, asked[0], among, asked[2] ?? 10));
        for (const one of rulings) expect(all).to.deep.include(one);
        return rulings.map(({ application }) => application.slice(5)).join('');
      };
      expect(await found({ dataset: 'roads' })).to.equal('024');
      expect(await found({ dataset: 'buses' }), 'what nobody ruled on is no ruling').to.equal('135');
      expect(await found({ dataset: 'roads', purpose: 'research' })).to.equal('0');
      expect(await found({ holder: 'transport', purpose: 'education' })).to.equal('12');
      expect(await found({ field: 'health', purpose: 'education' })).to.equal('45');
      expect(await found({ dataset: 'roads' }, { until: '2026-02-08' })).to.equal('24');
      expect(await found({ dataset: 'roads' }, { kind: 'sharing' })).to.equal('6');
      expect(await found({ dataset: 'roads' }, {}, 2)).to.equal('02');
      expect((await matters()).map(({ application }) => application)).to.not.include('case-6');
    });

    it('in parts, a case whole in one of them, with turns for others in between', async () => {
      const all = Array.from({ length: 7 }, (_, at) =>
        ['buses', 'roads'].map((dataset) => matterOf({ application: `case-${at}`, dataset })),
      ).flat();
      await platform.unit.run(async (tx) => ({ ok: true, value: await store.replaceCases(tx, [], all) }));
      const parts: string[][] = [];
      let [turns, over] = [0, false];
      const other = (): void => {
        turns += 1;
        if (!over) setImmediate(other);
      };
      await platform.unit.read(async (reader) => {
        setImmediate(other);
        for await (const part of store.parts(reader, 5)) parts.push(part.map(({ matter: one }) => one.application));
        over = true;
      });
      expect(turns).to.be.at.least(2);
      expect(parts.map(({ length }) => length)).to.deep.equal([6, 6, 2]);
      expect(parts.flat()).to.deep.equal(all.map(({ application }) => application));
    });

    it('the catalogue once for each quarter that is over, as it stands then', async () => {
      on('2026-04-01');
      await count();
      on('2026-04-02');
      await count();
      await new RegisterKeeper(store, registerSources(platform.applications)).letTimeAct(platform.unit);
      on('2026-07-08');
      await count();
      const kept = await platform.unit.read((reader) => store.snapshots(reader));
      expect(kept).to.deep.equal([
        { quarter: '2025-Q4', countedOn: '2026-04-01', counts: CATALOGUE },
        { quarter: '2026-Q1', countedOn: '2026-04-02', counts: CATALOGUE },
        { quarter: '2026-Q2', countedOn: '2026-07-08', counts: CATALOGUE },
      ]);
    });
  });
});
