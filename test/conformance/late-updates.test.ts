import { expect } from 'chai';
import { type DatasetRecord, datasetStore, isNoticed, OVERDUE } from '../../src/catalogue/index.js';
import type { DatasetPort } from '../../src/classification/index.js';
import { LateUpdateClock } from '../../src/classification/late-update-clock.js';
import { databaseReevaluationStore } from '../../src/classification/store/database-reevaluation-store.js';
import { type Principal, SYSTEM } from '../../src/kernel/principal.js';
import { ok } from '../../src/kernel/result.js';
import { addDays } from '../../src/kernel/time.js';
import { entries } from '../../src/log/index.js';
import { draft } from '../support/classification/platform.js';
import { type Backend, eachBackend } from '../support/databases.js';
import { logFaults } from '../support/log-faults.js';
import { openApp, type OpenApp, TestClock } from '../support/server.js';

const SECRET = 'a secret of the test, forty characters long';
const DAY = 86_400_000;
const COUNT = 130;
/** The day the test's clock begins with. */
const TODAY = '2026-11-24';
const idOf = (n: number): string => `L${String(n).padStart(4, '0')}`;
const steward: Principal = {
  kind: 'person',
  id: 'steward',
  name: 'steward',
  organisation: { id: 'transport', name: 'transport', creditCode: '', kind: 'public-body' },
  roles: ['steward'],
};

/** Time finds renewals that did not come, tells each missed period once, and an update settles it. */
describe('conformance: late updates', function () {
  this.timeout(240_000);

  eachBackend((backend) => {
    let clock: TestClock;
    let opened: OpenApp;
    let second: OpenApp | null = null;
    beforeEach(async () => {
      clock = new TestClock();
      const options = { clock, environment: { TIERGATE_SECRET: SECRET } };
      opened = await openApp(backend, options);
      const same: Backend = { ...backend, fresh: async () => ({ url: opened.databaseUrl, dispose: async () => {} }) };
      second = backend.dialect === 'mysql' ? await openApp(same, options) : null;
      await put(
        ...Array.from({ length: COUNT }, (_, n) =>
          draft(idOf(n), {
            updateFrequency: n % 2 === 0 ? 'monthly' : 'irregular',
            lastUpdated: TODAY,
            createdAt: clock.now(),
          }),
        ),
      );
    });
    afterEach(async () => {
      await second?.close();
      await opened.close();
    });

    const put = async (...records: readonly DatasetRecord[]): Promise<void> => {
      await opened.app.unit.run(async (tx) => {
        await datasetStore.insert(tx, records);
        tx.append({ event: 'dataset.created', subject: { kind: 'dataset', id: 'all' }, actor: SYSTEM, data: {} });
        return ok(undefined);
      });
      await second?.app.follower.poll();
    };
    const late = (app = opened) => app.app.slices.classification.governing!.late;
    /** Both instances at once. */
    const letTimeAct = async (): Promise<number> => {
      for (const app of [opened, second]) await app?.app.follower.poll();
      const done = await Promise.all(
        [opened, second].flatMap((app) => (app === null ? [] : [late(app).letTimeAct(app.app.unit)])),
      );
      return done.reduce((sum, one) => sum + one, 0);
    };
    const events = async (event: string) =>
      (await opened.app.unit.read((reader) => entries(reader, { after: 0, limit: 5000 }))).filter(
        (entry) => entry.event === event,
      );
    const recordOf = async (id: string) =>
      (await opened.app.unit.read((reader) => datasetStore.find(reader, id))) as DatasetRecord;
    const reviewOf = (id: string) => opened.app.unit.read((reader) => databaseReevaluationStore.find(reader, id));
    const edit = async (id: string, written: object): Promise<void> => {
      const { version } = await recordOf(id);
      const { slices, unit } = opened.app;
      const done = await unit.run((tx) =>
        slices.catalogue.service.command(tx, steward, id, version, { kind: 'edit', written }),
      );
      if (!done.ok) throw new Error(done.error.code);
    };

    it('each missed period is one event, one notice, one place in the queue, with two instances', async () => {
      expect(await letTimeAct(), 'nobody is late yet').to.equal(0);
      clock.advance(31 * DAY);
      await letTimeAct();
      expect(await letTimeAct(), 'once').to.equal(0);
      const told = await events('dataset.update-overdue');
      expect(told).to.have.length(COUNT / 2);
      expect(told[0]?.data).to.deep.include({ due: '2026-12-24', missed: 1, publisher: 'transport' });
      expect(await events('review.due')).to.have.length(COUNT / 2);
      const record = await recordOf(idOf(0));
      expect(record.notices.map(({ code }) => code)).to.deep.equal([OVERDUE]);
      expect(await reviewOf(idOf(0))).to.deep.include({ state: 'due', cause: 'late-update', since: clock.now() });
      expect(await reviewOf(idOf(1))).to.equal(null);

      clock.advance(31 * DAY);
      await letTimeAct();
      expect(await events('dataset.update-overdue')).to.have.length(COUNT);
      expect(await events('review.due'), 'it stands there already').to.have.length(COUNT / 2);
      expect((await recordOf(idOf(0))).notices).to.have.length(1);
      expect(await logFaults(opened.app)).to.deep.equal([]);
    });

    it('what was missed during downtime is one event, with how many', async () => {
      clock.advance(200 * DAY);
      await letTimeAct();
      const [first] = await events('dataset.update-overdue');
      expect(first?.data).to.deep.include({ due: '2027-05-24', missed: 6 });
    });

    it('an update settles it at once: notice, queue, and the next period begins', async () => {
      clock.advance(31 * DAY);
      await letTimeAct();
      await edit(idOf(0), { keywords: ['another'] });
      expect(isNoticed(await recordOf(idOf(0)), OVERDUE), 'another edit settles nothing').to.equal(true);
      expect((await reviewOf(idOf(0)))?.state).to.equal('due');
      await edit(idOf(0), { lastUpdated: addDays(TODAY, 31) });
      expect((await recordOf(idOf(0))).notices).to.deep.equal([]);
      expect(await reviewOf(idOf(0))).to.deep.include({ state: 'scheduled', cause: 'schedule', since: null });
      expect(await letTimeAct()).to.equal(0);
      clock.advance(32 * DAY);
      await letTimeAct();
      expect((await events('dataset.update-overdue')).filter(({ subject }) => subject.id === idOf(0))).to.have.length(
        2,
      );
    });

    it('what else a dataset stands in the queue for stays said', async () => {
      const { reviews } = opened.app.slices.classification.governing!;
      const asked = await opened.app.unit.run((tx) =>
        reviews.ask(tx, { ...steward, roles: ['officer'] }, idOf(0), { cause: 'complaint', note: 'Wrong' }),
      );
      expect(asked.ok).to.equal(true);
      clock.advance(31 * DAY);
      await letTimeAct();
      expect(await reviewOf(idOf(0))).to.deep.include({ cause: 'complaint', note: 'Wrong' });
      await edit(idOf(0), { lastUpdated: addDays(TODAY, 31) });
      expect(await reviewOf(idOf(0))).to.deep.include({ state: 'due', cause: 'complaint' });
    });

    it('a renewal that came without an edit of a steward is found too', async () => {
      clock.advance(31 * DAY);
      await letTimeAct();
      const { unit } = opened.app;
      await unit.run(async (tx) => {
        const record = await datasetStore.find(tx, idOf(0));
        const lastUpdated = addDays(TODAY, 31);
        await datasetStore.update(tx, { ...(record as DatasetRecord), lastUpdated, notices: [] });
        tx.append({ event: 'catalogue.imported', subject: { kind: 'import', id: 'x' }, actor: SYSTEM, data: {} });
        return ok(undefined);
      });
      clock.advance(700_000);
      await letTimeAct();
      expect(await reviewOf(idOf(0))).to.deep.include({ state: 'scheduled', cause: 'schedule' });
      expect((await reviewOf(idOf(2)))?.state).to.equal('due');
    });

    it('looking at a record again under its lock is what makes it once', async () => {
      clock.advance(31 * DAY);
      const calendar = opened.app.slices.catalogue.calendar;
      const due = calendar.due(clock.now());
      expect(due).to.have.length(COUNT / 2);
      await letTimeAct();
      const { reviews } = opened.app.slices.classification.governing!;
      const clockOver = (datasets: DatasetPort) =>
        new LateUpdateClock({ calendar: { due: () => due }, datasets, reviews, store: databaseReevaluationStore });
      // An instance whose memory is behind still holds every one of them for late.
      expect(await clockOver(datasetStore).letTimeAct(opened.app.unit)).to.equal(0);
      expect(await events('dataset.update-overdue')).to.have.length(COUNT / 2);
      // Without that look each would be told again.
      const blind: DatasetPort = {
        find: (reader, id) => datasetStore.find(reader, id),
        findMany: async (reader, ids) =>
          (await datasetStore.findMany(reader, ids)).map((record) => ({ ...record, notices: [] })),
        scan: (reader, after, limit) => datasetStore.scan(reader, after, limit),
        count: (reader) => datasetStore.count(reader),
        update: (tx, record) => datasetStore.update(tx, record),
        updateMany: (tx, records) => datasetStore.updateMany(tx, records),
      };
      await clockOver(blind).letTimeAct(opened.app.unit);
      expect(await events('dataset.update-overdue')).to.have.length(COUNT);
    });
  });
});
