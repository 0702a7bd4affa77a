import { expect } from 'chai';
import { Cases, fine } from '../support/cases.js';
import { LANGUAGES, WIDTHS } from '../support/console.js';
import { describeAtDesk } from '../support/desk.js';

describeAtDesk('notices in the console', (desk) => {
  LANGUAGES.forEach((language, at) =>
    it(`stand on the pages of case and grant, are saved, and can be checked by anyone, in ${language}`, async function () {
      this.timeout(240_000);
      const cases = await Cases.open(desk.address);
      const grant = await cases.granted(cases.datasets[at]);
      await cases.give('supervisor', grant, 'suspend', { reason: '异常下载 unusual downloads' });
      const { application } = (await cases.as('enterprise-a-handler').get(grant)).body;
      const wanted = { 'accept-language': language };
      const search = `/api/notices?application=${application}`;
      const { items } = fine(await cases.as('enterprise-a-handler').get(search, wanted)).body;

      const user = await desk.open(language, 'enterprise-a-handler', at === 0 ? WIDTHS.phone : WIDTHS.desk);
      const { page } = user;
      await user.visit(`/applications/${application}`);
      const rows = page.locator('#notices li.row-card');
      await rows.first().waitFor();
      expect(await rows.count()).to.equal(3);
      for (const { title, number, issuer } of items) {
        const row = page.locator('#notices li.row-card', { hasText: number });
        for (const part of [title, issuer.name]) expect(await row.textContent()).to.include(part);
      }
      await user.isSound('the notices of a case');
      const [newest] = items;
      const saving = page.waitForEvent('download');
      const name = user.say('notices.save', { form: 'PDF', number: newest.number });
      await page.getByRole('button', { name, exact: true }).click();
      const saved = await saving;
      expect(saved.suggestedFilename()).to.match(/\.pdf$/);
      expect(await saved.failure()).to.equal(null);

      await user.visit(grant.replace('/api', ''));
      await rows.first().waitFor();
      expect(await rows.count(), 'the grant and its suspension').to.equal(2);
      await user.isSound('the notices of a grant');

      await user.visit('/notifications');
      await page.locator('li.told').first().waitFor();
      const told = page.locator('li.told', { hasText: user.say('notices.one', { number: newest.number }) });
      expect(await told.count()).to.equal(1);
      await user.isSound('a notification with its notice');
      await page.getByRole('link', { name: user.say('notices.all') }).click();
      await user.heading(user.say('notices.title'));
      await page.locator('li.row-card').first().waitFor();
      await user.isSound('all notices');
      await page.locator('li.row-card a.row-title').first().click();
      await page.waitForURL(/\/(grants|applications|violations)\//);
      await user.close();

      const visitor = await desk.open(language, undefined, at === 0 ? WIDTHS.phone : WIDTHS.desk);
      await visitor.visit('/');
      await visitor.page
        .locator('footer')
        .getByRole('link', { name: visitor.say('notices.check') })
        .click();
      await visitor.heading(visitor.say('notices.check'));
      await visitor.press('notices.ask');
      await visitor.page.getByText(visitor.say('notices.hashWrong')).waitFor();
      await visitor.isSound('a check without its values');
      await visitor.fill('notices.number', newest.number);
      await visitor.fill('notices.hash', newest.hash);
      await visitor.press('notices.ask');
      await visitor.page.getByText(visitor.say('notices.known')).waitFor();
      await visitor.isSound('a genuine notice');
      await visitor.fill('notices.hash', '0'.repeat(64));
      await visitor.press('notices.ask');
      await visitor.page.getByText(visitor.say('notices.unknown')).waitFor();
      await visitor.isSound('a notice nobody issued');
      await visitor.close();
    }),
  );
});
