import { expect } from 'chai';
import { Cases } from '../support/cases.js';
import { LANGUAGES, WIDTHS } from '../support/console.js';
import { describeAtDesk } from '../support/desk.js';

describeAtDesk('objections in the console', (desk) => {
  LANGUAGES.forEach((language, at) =>
    it(`lets an enterprise object, one officer uphold it and another confirm, in ${language}`, async function () {
      this.timeout(240_000);
      const cases = await Cases.open(desk.address);
      const dataset = cases.datasets[at + 1] as string;
      const width = at === 0 ? WIDTHS.phone : WIDTHS.desk;
      const user = await desk.open(language, 'enterprise-a-handler', width);
      await user.visit(`/datasets/${dataset}`);
      await user.page.getByRole('link', { name: user.say('objections.file') }).click();
      await user.heading(user.say('objections.file'));
      await user.isSound('the form');
      const open = user.page.getByRole('radio', { name: user.say('codes.tier.open'), exact: true });
      const closed = user.page.getByRole('radio', { name: user.say('codes.tier.restricted'), exact: true });
      await closed.check();
      await user.fill('objections.why', 'Counts by hour only. 仅为按小时汇总的数量。');
      await user.press('objections.give');
      await user.page.locator('.problem').waitFor();
      await user.isSound('an objection that nobody of this side may raise');
      await open.check();
      await user.fill('objections.legalBasis', '上海市数据条例第四十一条');
      await user.press('objections.give');
      await user.page.waitForURL(/\/objections\/01/);
      await user.page.getByText(user.say('codes.objectionState.open')).first().waitFor();
      expect(await user.commands()).to.deep.equal(['withdraw']);
      await user.isSound('what was filed');
      const path = new URL(user.page.url()).pathname;

      const officer = await desk.open(language, 'officer', width);
      await officer.visit('/reviews?cause=objection');
      await officer.page.getByText(officer.say('codes.reviewCause.objection')).first().waitFor();
      await officer.isSound('the queue of reviews');
      await officer.visit('/objections?state=open');
      await officer.page.locator(`a[href="${path}"]`).waitFor();
      await officer.isSound('the objections that wait');
      await officer.page.locator(`a[href="${path}"]`).click();
      await officer.page.locator('button[data-command="uphold"]').click();
      await officer.page.locator('[data-impact="open"]').waitFor();
      await officer.isSound('what upholding would do');
      await officer.fill('command.reason', 'Nothing of anybody. 不涉及个人。');
      await officer.page.locator('form[data-command="uphold"] button[type=submit]').click();
      await officer.page.getByText(officer.say('codes.objectionState.upheld')).first().waitFor();
      await officer.page.getByRole('link', { name: officer.say('objections.proposal') }).click();
      await officer.page.locator(`a[href="${path}"]`).waitFor();
      expect(await officer.commands(), 'not by whoever upheld it').to.deep.equal([]);
      const assessment = new URL(officer.page.url()).pathname;
      await officer.close();

      const second = await desk.open(language, 'officer-2', width);
      await second.visit(assessment);
      await second.command('confirm', async () => {});
      await second.close();
      expect((await cases.as('anonymous').get(`/api/datasets/${dataset}`)).body.tier).to.equal('open');
      await user.visit(path);
      await user.page.getByText('Nothing of anybody. 不涉及个人。').waitFor();
      await user.isSound('the reply');
      await user.close();
    }),
  );

  it('shows a dataset as disputed, a rejection with its reasons, and a withdrawal', async function () {
    this.timeout(240_000);
    const cases = await Cases.open(desk.address);
    const dataset = cases.datasets[4] as string;
    const user = await desk.open('zh-CN', 'citizen', WIDTHS.phone);
    await user.visit(`/datasets/${dataset}/objection`);
    await user.page.getByRole('radio', { name: user.say('codes.tier.restricted'), exact: true }).check();
    await user.page.getByRole('combobox', { name: user.say('objections.right') }).click();
    await user.page.getByRole('option', { name: user.say('codes.claimedRight.privacy') }).click();
    await user.fill('objections.why', '可以看出我的出行轨迹。');
    await user.press('objections.give');
    await user.page.waitForURL(/\/objections\/01/);
    const path = new URL(user.page.url()).pathname;
    await user.visit(`/datasets/${dataset}`);
    await user.page.locator('.notices').getByText('异议').waitFor();
    await user.isSound('the disputed dataset');

    const steward = await desk.open('zh-CN', 'steward-transport');
    await steward.visit(path);
    await steward.page.getByText(steward.say('objections.person')).waitFor();
    expect(await steward.commands()).to.deep.equal([]);
    await steward.close();

    const officer = await desk.open('zh-CN', 'officer-2');
    await officer.visit(path);
    await officer.command('reject', () => officer.fill('command.reason', '仅有断面流量，无法识别个人。'));
    await officer.close();
    await user.visit(path);
    await user.page.getByText('仅有断面流量，无法识别个人。').waitFor();
    await user.isSound('the rejection');
    expect(await user.commands()).to.deep.equal([]);
    await user.close();
  });
});
