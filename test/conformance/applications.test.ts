import { expect } from 'chai';
import { ApplicationClock } from '../../src/applications/application-clock.js';
import { Calendar } from '../../src/applications/domain/calendar.js';
import { applicationTable, fold } from '../../src/applications/index.js';
import { orderOf, rowsInSight } from '../../src/applications/store/application-lists.js';
import { DatabaseApplicationStore } from '../../src/applications/store/database-application-store.js';
import { refusal } from '../../src/kernel/refusal.js';
import { err, ok } from '../../src/kernel/result.js';
import { startOfDay } from '../../src/kernel/time.js';
import { verifyLog } from '../../src/log/index.js';
import { LostUpdate } from '../../src/persistence/index.js';
import { eachBackend } from '../support/databases.js';
import { Driver, refusedWith } from '../support/applications/driver.js';
import { openPlatform, type Platform, rules } from '../support/applications/platform.js';

describe('conformance: applications', () => {
  eachBackend((backend) => {
    const store = new DatabaseApplicationStore();
    let platform: Platform;
    let driver: Driver;

    beforeEach(async () => {
      platform = await openPlatform(backend);
      driver = new Driver(platform);
    });
    afterEach(() => platform.close());

    const listed = async (
      who: Parameters<Driver['get']>[0],
      search = '',
    ): Promise<{ total: number; ids: string[]; nextPageToken: string }> => {
      const { body, status } = await driver.get(who, `/api/applications${search}`);
      expect(status, JSON.stringify(body)).to.equal(200);
      return {
        total: body.total,
        ids: body.items.map(({ id }: { id: string }) => id),
        nextPageToken: body.nextPageToken,
      };
    };

    it('walks the default route, and the stored row is the fold of its events', async () => {
      const id = await driver.at('concluded');
      const { application, version } = (await platform.unit.read((reader) => store.find(reader, id))) ?? {
        application: null,
        version: 0,
      };
      const events = await platform.unit.read((reader) => store.history(reader, id));
      expect(fold(id, events)).to.deep.equal(application);
      expect(application?.state).to.equal('concluded');
      expect(version).to.equal(7);
    });

    it('leaves rows the log vouches for, and an edited row is found', async () => {
      const id = await driver.at('authority');
      const verify = () => platform.unit.read((reader) => verifyLog(reader, [applicationTable]));
      expect((await verify()).faults).to.deep.equal([]);
      await platform.database.write((manager) =>
        manager.query("UPDATE applications SET state = 'approved' WHERE id = ?", [id]),
      );
      expect((await verify()).faults).to.have.length(1);
    });

    it('gives numbers in sequence per year, without a gap where a submission was refused', async () => {
      const first = await driver.at('submitted');
      const draft = await driver.at('draft');
      await platform.unit.run(async (tx) => {
        await store.nextNumber(tx, 2026);
        return err(refusal('wrong-state'));
      });
      const second = await driver.command('handler', draft, 'submit');
      platform.clock.now += 330 * 86_400_000;
      const later = await driver.create('handler', { period: { from: '2027-02-01', to: '2027-12-01' } });
      const third = await driver.command('handler', later.body.id, 'submit');
      const one = await driver.get('handler', `/api/applications/${first}`);
      expect([one, second, third].map(({ body }) => body.number)).to.deep.equal([
        'TG-2026-000001',
        'TG-2026-000002',
        'TG-2027-000001',
      ]);
    });

    it('gives each of many submissions at once a number of its own', async () => {
      const drafts = await Promise.all(Array.from({ length: 8 }, () => driver.at('draft')));
      const sent = await Promise.all(drafts.map((id) => driver.command('handler', id, 'submit')));
      const numbers = sent.map(({ body }) => body.number as string).sort();
      expect(numbers).to.deep.equal(drafts.map((_id, index) => `TG-2026-00000${index + 1}`));
    });

    it('refuses to write over a row that someone else changed', async () => {
      const id = await driver.at('draft');
      const stale = await platform.unit.read((reader) => store.find(reader, id));
      await driver.patch('handler', id, { delivery: 'api' });
      if (stale === null) throw new Error('no row');
      let fault: unknown;
      await platform.unit
        .run(async (tx) =>
          ok(await store.update(tx, stale, stale.application, { turn: null, due: null, actsOn: null })),
        )
        .catch((error: unknown) => {
          fault = error;
        });
      expect(fault).to.be.instanceOf(LostUpdate);
    });

    it('of two rulings on the version both saw one stands; the other is told which version there is now', async () => {
      const id = await driver.at('authority');
      const path = `/api/applications/${id}`;
      const { etag } = (await driver.get('approver', path)).body;
      const refusing = { reasons: [{ code: 'other', text: 'Not this year.' }] };
      const both = await Promise.all([
        driver.command('approver', id, 'approve', {}, { 'if-match': etag }),
        driver.command('deputy', id, 'refuse', refusing, { 'if-match': etag }),
      ]);
      const [won, lost] = both.toSorted((one, other) => one.status - other.status);
      expect(won?.status).to.equal(200);
      const now = (await driver.get('approver', path)).body;
      expect(refusedWith(lost!, 412, 'stale-etag')['currentEtag']).to.equal(now.etag);
      expect([now.state, now.etag]).to.deep.equal([won?.body.state, won?.body.etag]);
    });

    it('lists to each caller what they may see, newest first, and counts no more', async () => {
      const draft = await driver.at('draft');
      platform.clock.now += 1000;
      const submitted = await driver.at('submitted');
      platform.clock.now += 1000;
      const other = await driver.create('rival');
      expect((await listed('handler')).ids).to.deep.equal([submitted, draft]);
      expect((await listed('rival')).ids).to.deep.equal([other.body.id]);
      for (const who of ['reviewer', 'approver', 'supervisor', 'auditor'] as const) {
        expect(await listed(who), who).to.deep.equal({ total: 1, ids: [submitted], nextPageToken: '' });
      }
      for (const who of ['reviewer-health', 'officer', 'citizen'] as const)
        expect((await listed(who)).total, who).to.equal(0);
      expect((await listed('handler', '?state=draft')).ids).to.deep.equal([draft]);
    });

    it('lists exactly the cases whose page the caller may open', async () => {
      const ids = [
        await driver.at('draft'),
        await driver.at('submitted'),
        await driver.at('authority'),
        await driver.at('concluded'),
      ];
      const passed = await driver.at('submitted');
      for (const who of ['reviewer', 'reviewer-2', 'both-stages', 'reviewer-of-parent'] as const) {
        await driver.command(who, passed, 'declare-conflict', { text: 'related' });
      }
      const ruled = await driver.at('authority');
      for (const who of ['approver', 'deputy', 'both-stages'] as const) {
        await driver.command(who, ruled, 'declare-conflict', { text: 'related' });
      }
      expect((await driver.command('officer', ruled, 'approve')).status, 'the substitute rules').to.equal(200);
      for (const who of [
        'handler',
        'signatory',
        'rival',
        'reviewer',
        'reviewer-health',
        'approver',
        'deputy',
        'officer',
        'supervisor',
      ] as const) {
        const seen: string[] = [];
        for (const id of [...ids, passed, ruled]) {
          if ((await driver.get(who, `/api/applications/${id}`)).status === 200) seen.push(id);
        }
        expect((await listed(who)).ids.sort(), who).to.deep.equal(seen.sort());
      }
    });

    it('pages through a list without losing or repeating one', async () => {
      const ids: string[] = [];
      for (let index = 0; index < 5; index++) ids.push(await driver.at('draft'));
      const seen: string[] = [];
      for (let token = '', pages = 0; pages < 9; pages++) {
        const page = await listed('handler', `?limit=2${token === '' ? '' : `&pageToken=${token}`}`);
        expect(page.total).to.equal(5);
        seen.push(...page.ids);
        token = page.nextPageToken;
        if (token === '') break;
      }
      expect(seen).to.deep.equal(ids.reverse());
    });

    it('keeps queues: mine, due, overdue', async () => {
      const waiting = await driver.at('submitted');
      const claimed = await driver.at('holder');
      await driver.command('reviewer', claimed, 'claim');
      const ruling = await driver.at('authority');
      expect((await listed('reviewer', '?queue=mine')).ids.sort()).to.deep.equal([waiting, claimed].sort());
      expect((await listed('reviewer-2', '?queue=mine')).ids).to.deep.equal([waiting]);
      expect((await listed('approver', '?queue=mine')).ids).to.deep.equal([ruling]);
      expect((await listed('handler', '?queue=mine')).total).to.equal(0);
      expect((await listed('supervisor', '?queue=due')).ids[0]).to.equal(waiting);
      expect((await listed('supervisor', '?queue=overdue')).total).to.equal(0);
      platform.clock.now += 10 * 86_400_000;
      expect((await listed('supervisor', '?queue=overdue')).ids).to.deep.equal([waiting]);
      expect((await listed('supervisor', '?queue=due')).ids.sort()).to.deep.equal([claimed, ruling].sort());
      const { body } = await driver.get('reviewer', `/api/applications/${waiting}`);
      expect(body.deadlines[0]).to.include({ kind: 'acceptance', overdue: true });
    });

    // MariaDB plans by the size of the table; there the lists were measured at 100,000 rows instead.
    const onSqlite = backend.dialect === 'sqlite' ? it : () => undefined;
    onSqlite('finds the rows of every list in one index each', async () => {
      const office = { person: 'reviewer', organisation: 'transport', roles: ['reviewer'] as const };
      const sights = [
        { ...office, readsAll: false, reviews: true },
        { ...office, readsAll: true, reviews: false },
      ];
      const queues = [{}, { queue: 'mine' }, { queue: 'due' }, { queue: 'overdue' }, { state: 'submitted' }] as const;
      for (const sight of sights) {
        for (const queue of queues) {
          const filter = { ...queue, today: '2026-03-02' };
          const rows = rowsInSight(sight, filter);
          const sql = `EXPLAIN QUERY PLAN ${rows?.sql ?? ''} ORDER BY ${orderOf(filter)} LIMIT 20`;
          const plan = await platform.unit.read((reader) => reader.manager.query(sql, [...(rows?.values ?? [])]));
          const steps = (plan as { detail: string }[])
            .map(({ detail }) => detail)
            .filter((detail) => detail.includes('applications'));
          expect(steps, JSON.stringify(filter)).to.not.have.length(0);
          for (const step of steps) expect(step, JSON.stringify({ sight, filter })).to.match(/USING (COVERING )?INDEX/);
        }
      }
    });

    it('abandons an unanswered correction exactly once, also with two instances at once', async () => {
      const silent = await driver.at('submitted');
      const answered = await driver.at('submitted');
      for (const id of [silent, answered]) {
        await driver.command('reviewer', id, 'request-correction', { defects: [{ text: 'Name the server.' }] });
      }
      const { clock } = platform.applications;
      platform.clock.now += 9 * 86_400_000;
      expect(await clock.letTimeAct(platform.unit), 'on the last day nothing happens').to.equal(0);
      await driver.command('handler', answered, 'submit');
      platform.clock.now += 86_400_000;
      const swept = await Promise.all([clock.letTimeAct(platform.unit), clock.letTimeAct(platform.unit)]);
      expect(swept[0] + swept[1]).to.equal(1);
      const { body } = await driver.get('handler', `/api/applications/${silent}`);
      expect(body).to.deep.include({ state: 'abandoned', waitingFor: null });
      expect(body.history.at(-1)).to.deep.include({ event: 'application.abandoned', by: null });
      expect((await driver.get('handler', `/api/applications/${answered}`)).body.state).to.equal('submitted');
    });

    it('moves due days by a logged calendar event only, once, when a year is published', async () => {
      platform.clock.now = startOfDay('2026-12-28') + 1;
      const period = { from: '2026-12-28', to: '2027-12-01' };
      const id = await driver.at('submitted', { period });
      const due = async () => (await driver.get('handler', `/api/applications/${id}`)).body.deadlines[0];
      expect(await due()).to.include({ due: '2027-01-04', provisional: true });
      const published = new Calendar('cn', [
        ...[2026, 2027].map((year) => ({ year, off: [], working: [] })),
        { year: 2027, off: ['2027-01-01', '2027-01-04'], working: ['2027-01-03'] },
      ]);
      const clockwork = { ...rules, clock: { ...rules.clock, calendar: published } };
      const clock = new ApplicationClock(clockwork, store);
      expect((await due()).due, 'a file alone moves nothing').to.equal('2027-01-04');
      expect(await clock.applyCalendar(platform.unit)).to.equal(1);
      expect(await clock.applyCalendar(platform.unit)).to.equal(0);
      expect(await due()).to.include({ due: '2027-01-05', provisional: false });
      const { body } = await driver.get('reviewer', `/api/applications/${id}`);
      expect(body.history.at(-1)).to.include({ event: 'application.calendar-applied' });
      expect((await listed('reviewer', '?queue=mine')).ids).to.deep.equal([id]);
    });

    it('joins the applications of several holders in a bundle', async () => {
      const roads = await driver.create('handler', { bundle: 'wizard-7' });
      const clinics = await driver.create('handler', { bundle: 'wizard-7', datasets: [{ dataset: 'clinics' }] });
      await driver.at('draft');
      const { ids } = await listed('handler', '?bundle=wizard-7');
      expect(ids).to.have.members([roads.body.id, clinics.body.id]);
    });

    it('tells reactions what a ruling grants, in the same transaction', async () => {
      const told: object[] = [];
      platform.reactions.on('application.approved', (_tx, entries) => {
        told.push(...entries.map(({ data }) => data));
        return Promise.resolve({ ok: true, value: undefined });
      });
      const id = await driver.at('authority');
      await driver.command('approver', id, 'approve');
      expect(told).to.have.length(1);
      expect(told[0]).to.deep.include({
        applicant: 'enterprise',
        holder: 'transport',
        purpose: 'research',
        delivery: 'download',
      });
      platform.reactions.on('application.agreement-accepted', () => Promise.resolve(err(refusal('agreement-missing'))));
      const refused = await driver.command('signatory', id, 'accept-agreement', { version: 1, hash: 'h1' });
      expect(refused.status).to.equal(422);
      expect(
        (await driver.get('signatory', `/api/applications/${id}`)).body.state,
        'a refused reaction leaves nothing',
      ).to.equal('approved');
    });
  });
});
