import { expect } from 'chai';
import { ApplicationClock } from '../../src/applications/application-clock.js';
import { applicationTable, fold } from '../../src/applications/index.js';
import { DatabaseApplicationStore } from '../../src/applications/store/database-application-store.js';
import { startOfDay } from '../../src/kernel/time.js';
import { entries, verifyLog } from '../../src/log/index.js';
import { Driver } from '../support/applications/driver.js';
import { openPlatform, type Platform, rules } from '../support/applications/platform.js';
import { eachBackend } from '../support/databases.js';

/** More than one round of the sweep takes at once. */
const MANY = 103;

describe('conformance: time acts on applications', function () {
  this.timeout(240_000);
  eachBackend((backend) => {
    const store = new DatabaseApplicationStore();
    let platform: Platform;
    let driver: Driver;
    beforeEach(async () => {
      platform = await openPlatform(backend);
      driver = new Driver(platform);
    });
    afterEach(() => platform.close());

    /** Several instances, each with a clock of its own, all at once; gives how many cases they changed together. */
    const sweep = async (instances = 3): Promise<number> => {
      const clocks = Array.from({ length: instances }, () => new ApplicationClock(rules, store));
      const changed = await Promise.all(clocks.map((clock) => clock.letTimeAct(platform.unit)));
      return changed.reduce((sum, one) => sum + one, 0);
    };
    const told = async (event: string): Promise<number> => {
      let count = 0;
      for (let after = 0; ; ) {
        const part = await platform.unit.read((reader) => entries(reader, { after, limit: 500 }));
        count += part.filter((one) => one.event === event).length;
        const last = part.at(-1);
        if (last === undefined) return count;
        after = last.position;
      }
    };
    const on = (day: string): void => {
      platform.clock.now = startOfDay(day) + 1;
    };
    const total = async (queue: string): Promise<number> =>
      (await driver.get('supervisor', `/api/applications?queue=${queue}`)).body.total;

    it('tells a passed due day exactly once, after downtime, with three instances, for more cases than one round takes', async () => {
      const ids: string[] = [];
      for (let index = 0; index < MANY; index++) ids.push(await driver.at('submitted'));
      on('2026-03-09');
      expect(await sweep(), 'not on the due day').to.equal(0);
      on('2026-05-20');
      expect(await sweep()).to.equal(MANY);
      expect(await sweep()).to.equal(0);
      expect(await told('application.overdue')).to.equal(MANY);
      expect(await total('overdue')).to.equal(MANY);
      const [id = ''] = ids;
      const stored = await platform.unit.read((reader) => store.find(reader, id));
      const events = await platform.unit.read((reader) => store.history(reader, id));
      expect(fold(id, events)).to.deep.equal(stored?.application);
      expect(events.at(-1)).to.deep.include({ event: 'application.overdue', by: 'system' });
      const report = await platform.unit.read((reader) => verifyLog(reader, [applicationTable]));
      expect(report.faults).to.deep.equal([]);
    });

    it('gives a case back after a third party’s silence, and into the queue of due days again', async () => {
      const id = await driver.at('authority');
      await driver.command('approver', id, 'consult', { with: 'Road company', question: 'Do you object?' });
      expect(await total('due'), 'while the clock stands nothing is due').to.equal(0);
      on('2026-03-23');
      expect(await sweep()).to.equal(0);
      on('2026-03-24');
      expect(await sweep()).to.equal(1);
      expect(await total('due')).to.equal(1);
      const { body } = await driver.get('handler', `/api/applications/${id}`);
      expect(body).to.deep.include({ state: 'in-review', stage: 'authority' });
      expect(body.deadlines.at(-1)).to.deep.include({ due: '2026-04-07', paused: false });
      expect(body.history.at(-1)).to.deep.include({ event: 'application.consultation-lapsed', by: null });
      expect(await told('application.consultation-lapsed')).to.equal(1);
      expect((await driver.command('approver', id, 'approve')).status).to.equal(200);
    });

    it('acts on nothing that has ended', async () => {
      const ended = await driver.at('concluded');
      const withdrawn = await driver.at('submitted');
      await driver.command('handler', withdrawn, 'withdraw');
      on('2027-02-01');
      expect(await sweep()).to.equal(0);
      for (const id of [ended, withdrawn]) {
        const stored = await platform.unit.read((reader) => store.find(reader, id));
        expect(stored?.application.deadlines.every((one) => one.ended !== null)).to.equal(true);
      }
    });
  });
});
