import { expect } from 'chai';
import { addDays, dayOf } from '../../src/kernel/time.js';
import { Cases } from '../support/cases.js';
import { LANGUAGES, WIDTHS } from '../support/console.js';
import { describeAtDesk } from '../support/desk.js';

describeAtDesk('renewing and amending a grant in the console', (desk) => {
  let cases: Cases;
  before(async () => {
    cases = await Cases.open(desk.address);
  });

  const period = () => ({ from: dayOf(Date.now()), to: addDays(dayOf(Date.now()), 40) });
  const grantOf = async (path: string): Promise<string> => {
    const { grants } = (await cases.as('enterprise-a-handler').get(path)).body;
    return `/grants/${grants[0].id}`;
  };

  LANGUAGES.forEach((language, at) =>
    it(`from the desk to the grant that follows, and from a grant to the one in its place, in ${language}`, async function () {
      this.timeout(240_000);
      const width = at === 0 ? WIDTHS.phone : WIDTHS.desk;
      const dataset = cases.datasets[at];
      const first = await grantOf(await cases.at('concluded', { datasets: [{ dataset }], period: period() }));
      const { datasetTitle } = (await cases.as('enterprise-a-handler').get(`/api${first}`)).body;
      const name = datasetTitle[language === 'en' ? 'en' : 'zh'] as string;

      const handler = await desk.open(language, 'enterprise-a-handler', width);
      await handler.visit('/grants');
      await handler.page.getByRole('heading', { name: handler.say('endingSoon.title') }).waitFor();
      await handler.isSound('the desk with grants that end soon');
      await handler.page.getByRole('button', { name: handler.say('endingSoon.renew', { name }) }).click();
      await handler.page.waitForURL(/\/apply\?draft=/);
      await handler.page.getByText(handler.say('apply.renewal')).waitFor();
      expect(await handler.page.getByLabel(handler.say('apply.from')).isDisabled()).to.equal(true);
      await handler.isSound('the draft of a renewal');
      await handler.press('apply.submit');
      await handler.page.waitForURL(/\/applications\/[0-9A-Z]{26}$/);
      await handler.page.getByText(handler.say('application.renewal')).waitFor();
      await handler.isSound('a renewal under way');
      const renewal = `/api${new URL(handler.page.url()).pathname}`;
      await handler.visit('/applications');
      await handler.page.getByText(handler.say('endingSoon.renewal')).first().waitFor();

      const approver = await desk.open(language, 'approver', width);
      await approver.visit(renewal.replace('/api', ''));
      await approver.page.getByText(approver.say('application.renewal')).waitFor();
      await approver.isSound('a renewal before the approver');
      await approver.close();
      await cases.give('approver', renewal, 'approve', { reason: 'Met' });
      const { version, hash } = (await cases.as('enterprise-a-signatory').get(renewal)).body.agreement;
      await cases.give('enterprise-a-signatory', renewal, 'accept-agreement', { version, hash });
      const next = await grantOf(renewal);

      await handler.visit(first);
      await handler.page.locator(`a[href="${next}"]`).waitFor();
      await handler.isSound('a grant that is followed');
      await handler.visit(next);
      await handler.page.locator(`a[href="${first}"]`).waitFor();
      expect(await handler.commands()).to.include('amend');
      await handler.page.locator('button[data-command="amend"]').click();
      await handler.page.locator('form[data-command="amend"] button[type=submit]').click();
      await handler.page.waitForURL(/\/apply\?draft=/);
      await handler.page.getByText(handler.say('apply.amendment')).waitFor();
      await handler.isSound('the draft of an amendment');
      await handler.close();
      await cases.give('supervisor', `/api${first}`, 'revoke', { reason: 'Over' });
      await cases.give('supervisor', `/api${next}`, 'revoke', { reason: 'Over' });
    }),
  );
});
