import { expect } from 'chai';
import { addDays, addMonths, dayOf } from '../../src/kernel/time.js';
import { Cases, fine } from '../support/cases.js';
import { eachBackend } from '../support/databases.js';
import { type OpenApp, openApp, TestClock } from '../support/server.js';

const HANDLER = 'enterprise-a-handler';
const CONDITIONS = [
  { kind: 'feedback-cadence', text: '每月报告', everyMonths: 1 },
  { kind: 'deletion-date', text: '十日内删除', withinDays: 10 },
];
interface Duty {
  readonly kind: string;
  readonly asked: boolean;
  readonly due: string | null;
  readonly overdue: boolean;
}

describe('contract: what is owed under a grant', function () {
  this.timeout(240_000);

  eachBackend(
    (backend) => {
      const clock = new TestClock(Date.now());
      const start = dayOf(clock.now());
      let opened: OpenApp;
      let cases: Cases;
      let address: string;
      let grant: string;

      before(async () => {
        opened = await openApp(backend, { seeded: true, clock });
        address = await opened.listen();
        cases = await Cases.open(address);
        const path = await cases.at('authority');
        const [dataset] = cases.datasets;
        await cases.give('approver', path, 'approve', { datasets: [{ dataset, conditions: CONDITIONS }] });
        const { version, hash } = (await cases.as('enterprise-a-signatory').get(path)).body.agreement;
        await cases.give('enterprise-a-signatory', path, 'accept-agreement', { version, hash });
        grant = `/api/grants/${(await cases.as(HANDLER).get(path)).body.grants[0].id}`;
      });
      after(() => opened.close());

      const see = async (by: Parameters<Cases['as']>[0] = HANDLER) => fine(await cases.as(by).get(grant)).body;
      const duty = async (kind: string): Promise<Duty> =>
        (await see()).duties.find((one: Duty) => one.kind === kind) as Duty;
      const overdue = async (by: Parameters<Cases['as']>[0]): Promise<string[]> =>
        fine(await cases.as(by).get('/api/grants?duty=overdue&limit=100')).body.items.map(
          ({ id }: { id: string }) => `/api/grants/${id}`,
        );
      const told = async (by: Parameters<Cases['as']>[0]): Promise<string[]> =>
        (await cases.as(by).get('/api/notifications?limit=100')).body.items
          .filter(({ href }: { href: string }) => href === grant)
          .map(({ event }: { event: string }) => event);
      /** Time goes on, and acts as several instances would let it. */
      const later = async (day: string): Promise<void> => {
        clock.advance(Date.parse(`${day}T04:00:00+08:00`) - clock.now());
        const { slices, unit } = opened.app;
        await Promise.all([1, 2, 3].map(() => slices.grants.service.letTimeAct(unit)));
        await Promise.all([1, 2, 3].map(() => slices.notifications.reminders.letTimeAct(unit)));
        cases = await Cases.open(address);
      };
      const missed = (events: readonly string[]) => events.filter((event) => event === 'grant.duty-missed').length;

      it('says by when, from the conditions it was given under', async () => {
        const { conditions, dutyDue } = await see();
        expect(conditions).to.deep.include.members(
          CONDITIONS.map(({ text, ...one }) => ({
            ...one,
            text: { zh: text, en: text },
            validUntil: null,
            lapsed: false,
          })),
        );
        const due = addMonths(start, 1);
        expect(await duty('report-use')).to.include({ asked: true, due, overdue: false });
        expect([dutyDue, await overdue(HANDLER)]).to.deep.equal([due, []]);
      });

      it('reminds whoever owes it, and tells them and those who supervise when its day has passed, once', async () => {
        const due = addMonths(start, 1);
        await later(addDays(due, -2));
        expect(await told(HANDLER)).to.include('reminder.due');
        expect(missed(await told(HANDLER))).to.equal(0);
        await later(addDays(due, 1));
        await later(addDays(due, 2));
        for (const by of [HANDLER, 'reviewer-transport', 'supervisor'] as const) {
          expect(missed(await told(by)), by).to.equal(1);
          expect(await overdue(by), by).to.include(grant);
        }
        expect(await overdue('enterprise-b-handler')).to.not.include(grant);
        expect(await duty('report-use')).to.include({ due, overdue: true });
        expect((await see()).state, 'nothing follows by itself').to.equal('active');
      });

      it('takes a late report, from which the next one counts', async () => {
        await cases.give(HANDLER, grant, 'report-use', { text: 'A map', products: [] });
        const next = addMonths(dayOf(clock.now()), 1);
        expect(await duty('report-use')).to.include({ due: next, overdue: false });
        expect(await overdue('supervisor')).to.not.include(grant);
      });

      it('owes the deletion after the end, until it is certified', async () => {
        const today = dayOf(clock.now());
        await cases.give(HANDLER, grant, 'relinquish', { reason: 'Done' });
        expect(await duty('report-use')).to.include({ due: null });
        expect(await duty('certify-deletion')).to.include({ due: addDays(today, 10), overdue: false });
        await later(addDays(today, 11));
        expect(missed(await told('supervisor'))).to.equal(2);
        expect(await overdue('supervisor')).to.include(grant);
        await cases.give(HANDLER, grant, 'certify-deletion', { date: today, method: 'Overwritten' });
        expect(await duty('certify-deletion')).to.include({ due: null, overdue: false });
        expect(await overdue('supervisor')).to.not.include(grant);
      });

      it('refuses a term that is none', async () => {
        const path = await cases.at('authority');
        const [dataset] = cases.datasets;
        for (const term of [{ everyMonths: 0 }, { everyMonths: 1.5 }, { withinDays: -1 }, { withinDays: 4000 }]) {
          const [name] = Object.keys(term);
          const conditions = [{ kind: 'feedback-cadence', text: 'x', ...term }];
          const answer = await cases.as('approver').command(path, 'approve', { datasets: [{ dataset, conditions }] });
          expect([answer.status, answer.body.errors[0].pointer]).to.deep.equal([
            400,
            `/datasets/0/conditions/0/${name}`,
          ]);
        }
      });
    },
    (backend) => backend.name !== 'embedded on file',
  );
});
