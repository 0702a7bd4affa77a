import { expect } from 'chai';
import { addDays, dayOf } from '../../src/kernel/time.js';
import { Cases } from '../support/cases.js';
import { describeInChromium } from '../support/chromium.js';
import { ConsoleUser, LANGUAGES, WIDTHS } from '../support/console.js';
import { backends } from '../support/databases.js';
import { type OpenApp, openApp, TestClock } from '../support/server.js';

const DAY = 86_400_000;

describeInChromium('what is owed under a grant, in the console', (browser) => {
  const clock = new TestClock(Date.now());
  let opened: OpenApp;
  let address: string;
  before(async function () {
    this.timeout(240_000);
    opened = await openApp(backends[0] as never, { seeded: true, clock });
    address = await opened.listen();
  });
  after(() => opened?.close());

  LANGUAGES.forEach((language, at) =>
    it(`an approver asks for the deletion, and what was not done stands on the desks of both sides, in ${language}`, async function () {
      this.timeout(240_000);
      const width = at === 0 ? WIDTHS.phone : WIDTHS.desk;
      const open = async (username: string): Promise<ConsoleUser> => {
        const user = await ConsoleUser.open(browser(), address, language, width);
        await user.signIn(username);
        return user;
      };
      const cases = await Cases.open(address);
      const dataset = cases.datasets[at] as string;
      const path = await cases.at('authority', { datasets: [{ dataset }] });

      const approver = await open('approver');
      await approver.visit(path.replace('/api', ''));
      await approver.page.locator('button[data-command="approve"]').click();
      const form = approver.page.locator('form[data-command="approve"]');
      await form.getByLabel(approver.say('approve.narrower')).check();
      await form.getByRole('button', { name: approver.say('approve.addCondition') }).click();
      const added = form.locator('fieldset fieldset');
      await added.getByLabel(approver.say('record.kind')).selectOption('deletion-date');
      await added.getByLabel(approver.say('approve.conditionText')).fill('Deleted after use');
      await added.getByLabel(approver.say('dueTerm.input.withinDays')).fill('3');
      await approver.settled();
      await approver.isSound('an approval under one more condition');
      await form.locator('button[type="submit"]').click();
      await form.waitFor({ state: 'detached' });
      await approver.close();

      const { agreement } = (await cases.as('enterprise-a-signatory').get(path)).body;
      const { version, hash } = agreement;
      await cases.give('enterprise-a-signatory', path, 'accept-agreement', { version, hash });
      const { id } = (await cases.as('enterprise-a-handler').get(path)).body.grants[0];
      const grant = `/api/grants/${id}`;
      clock.advance(1000);
      await cases.give('enterprise-a-handler', grant, 'relinquish', { reason: 'Done' });
      const { due } = (await cases.as('enterprise-a-handler').get(grant)).body.duties[1];
      expect(due).to.equal(addDays(dayOf(clock.now()), 3));

      clock.advance(5 * DAY);
      await opened.app.slices.grants.service.letTimeAct(opened.app.unit);
      const supervisor = await open('supervisor');
      await supervisor.visit('/grants');
      await supervisor.page.locator('.card-stop').locator(`a[href="/grants/${id}"]`).waitFor();
      await supervisor.isSound('grants under which something is overdue');
      await supervisor.visit('/supervision');
      await supervisor.isSound('the desk with what is overdue');
      const counted = supervisor.page.getByRole('link', { name: `1 ${supervisor.say('duty.overdue')}`, exact: true });
      await counted.click();
      await supervisor.page.waitForURL(/duty=overdue/);
      const listed = supervisor.page.locator('.row-card', { has: supervisor.page.locator(`a[href="/grants/${id}"]`) });
      await listed.getByText(supervisor.say('duty.wasDue')).waitFor();
      await supervisor.isSound('the list of what is overdue');
      await supervisor.visit(`/grants/${id}/violation`);
      expect(await supervisor.page.locator('main select').first().inputValue()).to.equal('missed-report');
      await supervisor.close();

      const handler = await open('enterprise-a-handler');
      await handler.visit(`/grants/${id}`);
      await handler.page.locator('.card-stop').getByText(handler.say('codes.dutyState.overdue')).waitFor();
      await handler.isSound('what is owed');
      await handler.command('certify-deletion', async () => {
        await handler.page.getByLabel(handler.say('duty.deletedOn')).fill(due);
        await handler.page.getByLabel(handler.say('duty.method')).fill('Overwritten');
      });
      await handler.page.locator('.state-badge', { hasText: handler.say('codes.dutyState.done') }).waitFor();
      await handler.visit('/grants');
      expect(await handler.page.locator('.card-stop').count()).to.equal(0);
      await handler.visit('/grants?duty=overdue');
      await handler.page.getByText(handler.say('grants.nothingOverdue')).waitFor();
      await handler.isSound('nothing overdue');
      await handler.close();
    }),
  );
});
