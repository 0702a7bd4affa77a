import { expect } from 'chai';
import { SYSTEM } from '../../src/kernel/principal.js';
import { refusal } from '../../src/kernel/refusal.js';
import { err, ok } from '../../src/kernel/result.js';
import { LogJournal } from '../../src/log/index.js';
import type { Matter } from '../../src/notifications/matters/matter.js';
import { NotificationService } from '../../src/notifications/notification-service.js';
import { ReminderClock } from '../../src/notifications/reminder-clock.js';
import { loadNotificationTable } from '../../src/notifications/policy-files.js';
import { DatabaseNotificationStore } from '../../src/notifications/store/database-notification-store.js';
import { DatabaseReminderStore } from '../../src/notifications/store/database-reminder-store.js';
import { UnitOfWork } from '../../src/persistence/index.js';
import { eachBackend } from '../support/databases.js';
import { inProject } from '../support/project.js';
import { openUnit, type TestUnit } from '../support/unit.js';

const CASE = '01JBBBBBBBBBBBBBBBBBBBBBA1';
const PROOF = '01JBBBBBBBBBBBBBBBBBBBBBE1';
const [ANN, BEN] = ['01JBBBBBBBBBBBBBBBBBBBBBP1', '01JBBBBBBBBBBBBBBBBBBBBBP2'];

/** Telling and keeping, on each database. */
describe('notifications in a database', () => {
  eachBackend((backend) => {
    const table = loadNotificationTable(inProject('policies'));
    const store = new DatabaseNotificationStore();
    let test: TestUnit;
    let service: NotificationService;
    let people: readonly string[] = [ANN, BEN];

    beforeEach(async () => {
      test = await openUnit(backend);
      people = [ANN, BEN];
      const matter: Matter = {
        about: { kind: 'application', id: CASE },
        values: { number: 'TG-1' },
        people: async (circle) => (circle === 'handlers' ? people : []),
      };
      const read = async () => matter;
      service = new NotificationService({
        table,
        store,
        ids: test.ids,
        surroundings: { foresee: () => Promise.resolve() } as never,
        matters: {
          application: read,
          grant: read,
          violation: read,
          sanction: read,
          demand: read,
          evidence: read,
          assessment: read,
          objection: read,
          organisation: read,
          complaint: read,
          reminder: read,
        },
        onTold: () => Promise.resolve(),
      });
      test.reactions.on(service.events, (tx, entries) => service.told(tx, entries));
    });
    afterEach(() => test.close());

    const happens = (event = 'application.accepted', unit = test.unit) =>
      unit.run(async (tx) => {
        tx.append({ event, subject: { kind: 'application', id: CASE }, actor: SYSTEM, data: {} });
        return ok(null);
      });
    const of = (person: string, filter = {}) =>
      test.unit.read((reader) => store.list(reader, person, filter, 50, null));
    const idsOf = async (person: string, filter = {}) => (await of(person, filter)).items.map(({ id }) => id);

    it('are there with the event and not without it', async () => {
      expect((await happens()).ok).to.equal(true);
      expect((await of(ANN)).total).to.equal(1);
      // What comes after the telling refuses the command: the event is gone, and so is what was told.
      let refuses = true;
      test.reactions.on('application.accepted', async () => (refuses ? err(refusal('forbidden')) : ok(undefined)));
      expect((await happens()).ok).to.equal(false);
      expect((await of(ANN)).total).to.equal(1);
      refuses = false;
      expect((await happens()).ok).to.equal(true);
      expect((await of(ANN)).total).to.equal(2);
    });

    it('are made once for each event and person, also by two instances at the same time', async () => {
      people = [ANN, BEN, ANN];
      const second = new UnitOfWork(test.database, new LogJournal(() => Promise.resolve()), test.reactions, test.clock);
      await Promise.all([1, 2, 3, 4].map((number) => happens('application.accepted', number % 2 ? test.unit : second)));
      expect([(await of(ANN)).total, (await of(BEN)).total]).to.deep.equal([4, 4]);
      await happens('application.claimed');
      expect((await of(ANN)).total, 'a silent event').to.equal(4);
    });

    it('come newest first, in pages, read and unread apart', async () => {
      for (let number = 0; number < 5; number++) await happens();
      const all = await idsOf(ANN);
      expect(all).to.deep.equal([...all].sort().reverse());
      const [newest = '', second = '', third = ''] = all;
      const page = await test.unit.read((reader) => store.list(reader, ANN, {}, 2, second));
      expect([page.items[0]?.id, page.total]).to.deep.equal([third, 5]);
      await test.unit.run(async (tx) => ok(await store.markRead(tx, second)));
      expect(await idsOf(ANN, { unread: false })).to.deep.equal([second]);
      expect(await test.unit.read((reader) => store.unread(reader, ANN))).to.equal(4);
      const readAt = (await test.unit.read((reader) => store.find(reader, second)))?.readAt;
      expect(readAt).to.equal(test.clock.at);
      test.clock.at += 1000;
      const marked = await test.unit.run(async (tx) => ok(await store.markReadUpTo(tx, ANN, second)));
      expect(marked).to.deep.equal({ ok: true, value: 3 });
      expect(await idsOf(ANN, { unread: true })).to.deep.equal([newest]);
      expect((await test.unit.read((reader) => store.find(reader, second)))?.readAt, 'stays').to.equal(readAt);
      expect(await test.unit.read((reader) => store.unread(reader, BEN)), 'nobody else’s').to.equal(5);
    });

    it('keep their values, and are taken away after 400 days', async () => {
      await happens();
      expect((await of(ANN)).items[0]).to.deep.include({
        template: 'application.accepted/accepted',
        values: { number: 'TG-1' },
        about: { kind: 'application', id: CASE },
        at: test.clock.at,
      });
      test.clock.at += 399 * 86_400_000;
      expect(await service.letTimeAct(test.unit)).to.equal(0);
      test.clock.at += 2 * 86_400_000;
      expect(await service.letTimeAct(test.unit)).to.equal(2);
      expect((await of(ANN)).total).to.equal(0);
    });

    it('remind once of each day that is near, with several instances, and again of another day', async () => {
      let day = '2026-12-03';
      let proof: string | null = null;
      const clock = new ReminderClock(
        table.near,
        {
          casesDue: async (_reader, from, to, after) => (after === '' && day >= from && day <= to ? [CASE] : []),
          caseDue: async () => ({ day, correction: false }),
          grantsDue: async () => [],
          evidenceDue: async (_reader, _before, after) => (after === '' && proof !== null ? [PROOF] : []),
          evidenceEnd: async () => proof,
          grantDue: async () => null,
        },
        new DatabaseReminderStore(),
        test.ids,
      );
      const reminded: unknown[] = [];
      test.reactions.on('reminder.due', async (_tx, entries) => {
        reminded.push(...entries.map(({ data }) => data));
        return ok(undefined);
      });
      const rounds = await Promise.all([1, 2, 3].map(() => clock.letTimeAct(test.unit)));
      expect(rounds.reduce((sum, one) => sum + one, 0)).to.equal(1);
      expect(await clock.letTimeAct(test.unit)).to.equal(0);
      day = '2026-12-04';
      expect(await clock.letTimeAct(test.unit)).to.equal(1);
      day = '2026-12-20';
      expect(await clock.letTimeAct(test.unit), 'not near').to.equal(0);
      proof = '2026-12-31';
      const of = await Promise.all([1, 2].map(() => clock.letTimeAct(test.unit)));
      expect(
        of.reduce((sum, one) => sum + one, 0),
        '30 days before its last one',
      ).to.equal(1);
      proof = '2027-01-01';
      expect(await clock.letTimeAct(test.unit), 'not near').to.equal(0);
      expect(reminded.pop()).to.deep.equal({ what: 'proof', subject: PROOF, day: '2026-12-31' });
      expect(reminded).to.deep.equal([
        { what: 'application', subject: CASE, day: '2026-12-03' },
        { what: 'application', subject: CASE, day: '2026-12-04' },
      ]);
    });
  });
});
