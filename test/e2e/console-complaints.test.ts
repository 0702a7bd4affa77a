import { expect } from 'chai';
import { Cases, fine } from '../support/cases.js';
import { LANGUAGES, WIDTHS } from '../support/console.js';
import { describeAtDesk } from '../support/desk.js';

describeAtDesk('objections to quality and complaints about rights in the console', (desk) => {
  let cases: Cases;
  before(async () => {
    cases = await Cases.open(desk.address);
  });

  it('are followed by their number by a visitor', async function () {
    this.timeout(240_000);
    const visitor = await desk.open('en', undefined, WIDTHS.phone);
    await visitor.visit(`/datasets/${cases.datasets[2]}/wrong`);
    await visitor.page.getByLabel(visitor.say('wrong.quality')).check();
    await visitor.fill('wrong.reason', 'The file does not open.');
    await visitor.press('wrong.giveQuality');
    await visitor.page.getByRole('link', { name: visitor.say('wrong.follow') }).click();
    const row = visitor.page.locator('li.row-card');
    await row.getByText(visitor.say('codes.complaintState.open')).waitFor();
    expect(await row.count()).to.equal(1);
    expect(await row.getByRole('link').count(), 'no page of its own before it is answered').to.equal(0);
    await visitor.isSound('an objection by its number');
    await visitor.fill('complaints.number', 'TG-12');
    await visitor.press('complaints.find');
    await visitor.page.getByText(visitor.say('complaints.numberWrong')).waitFor();
    await visitor.fill('complaints.number', 'tg-q-2019-000001');
    await visitor.press('complaints.find');
    await visitor.page.getByText(visitor.say('complaints.noSuchNumber')).waitFor();
    await visitor.isSound('a number nobody was given');
    await visitor.close();
  });

  LANGUAGES.forEach((language, at) =>
    it(`let go of what was withdrawn by two people, in ${language}`, async function () {
      this.timeout(240_000);
      const width = at === 0 ? WIDTHS.phone : WIDTHS.desk;
      const dataset = cases.datasets[3 + at] as string;
      const filing = { about: 'rights', dataset, right: 'trade-secret', reason: 'Ours.', evidence: 'Patent 1.' };
      const { id } = fine(await cases.as('enterprise-b-handler').post('/api/objections', filing)).body;
      const found = { finding: 'founded', remark: 'It is there.' };
      fine(await cases.give('steward-transport', `/api/complaints/${id}`, 'report-finding', found));
      const ruled = { outcome: 'withdraw', text: 'Your right prevails.' };
      fine(await cases.give('approver', `/api/complaints/${id}`, 'rule', ruled));

      const steward = await desk.open(language, 'steward-transport', width);
      await steward.visit(`/complaints/${id}`);
      expect(await steward.commands()).to.deep.equal(['propose-release']);
      await steward.command('propose-release', () => steward.fill('command.reason', 'Masked. 已脱敏。'));
      await steward.isSound('a release that is proposed');
      const approver = await desk.open(language, 'approver', width);
      await approver.visit(`/complaints/${id}`);
      await approver.page.getByText('Masked.').waitFor();
      expect(await approver.commands()).to.deep.equal(['confirm-release', 'decline-release']);
      await approver.command('confirm-release', () => approver.fill('command.reason', 'Seen. 已核。'));
      await approver.page.getByText(approver.say('complaint.released')).waitFor();
      await approver.isSound('data that was let go');
      for (const user of [steward, approver]) await user.close();
    }),
  );

  LANGUAGES.forEach((language, at) =>
    it(`lead from the page of a dataset to an answer, in ${language}`, async function () {
      this.timeout(240_000);
      const width = at === 0 ? WIDTHS.phone : WIDTHS.desk;
      const dataset = cases.datasets[at] as string;
      const state = async () => (await cases.as('anonymous').get(`/api/datasets/${dataset}`)).body.state as string;

      const citizen = await desk.open(language, 'citizen', width);
      await citizen.visit(`/datasets/${dataset}`);
      await citizen.page.getByRole('link', { name: citizen.say('wrong.title') }).click();
      await citizen.heading(citizen.say('wrong.title'));
      await citizen.page.getByLabel(citizen.say('wrong.quality')).check();
      await citizen.isSound('the form of an objection to quality');
      await citizen.fill('wrong.reason', 'Row 3 is from 2019. 第 3 行为 2019 年数据。');
      await citizen.press('wrong.giveQuality');
      await citizen.page.getByText(citizen.say('wrong.marked')).waitFor();
      await citizen.isSound('the receipt');
      await citizen.visit(`/datasets/${dataset}/wrong`);
      await citizen.page.getByLabel(citizen.say('wrong.rights')).check();
      await citizen.page.getByLabel(citizen.say('wrong.right'), { exact: true }).selectOption('personal-information');
      await citizen.fill('wrong.harm', 'My plate is in it. 含有本人车牌号。');
      await citizen.fill('wrong.evidence', 'Row 17. 第 17 行。');
      await citizen.isSound('the form of a complaint about rights');
      expect(await state(), 'nothing happened yet').to.equal('listed');
      await citizen.press('wrong.giveRights');
      await citizen.page.getByText(citizen.say('wrong.rests')).waitFor();
      expect(await state(), 'at once').to.equal('suspended');
      await citizen.page.getByRole('link', { name: citizen.say('wrong.follow') }).click();
      await citizen.page.waitForURL(/\/complaints\/01/);
      const path = new URL(citizen.page.url()).pathname;
      await citizen.page.getByText('Row 17.').waitFor();
      expect(await citizen.commands()).to.deep.equal(['take-back']);
      await citizen.isSound('a complaint as its author sees it');

      const reviewer = await desk.open(language, 'reviewer-transport', width);
      await reviewer.visit('/complaints?queue=due');
      await reviewer.page.locator(`a[href="${path}"]`).waitFor();
      await reviewer.isSound('the list of the holder');
      await reviewer.visit(path);
      expect(await reviewer.commands()).to.have.members(['report-finding', 'propose-lift']);
      await reviewer.command('report-finding', () => reviewer.fill('complaint.remark', 'It is there. 属实。'));

      const approver = await desk.open(language, 'approver', width);
      await approver.visit(path);
      expect(await approver.commands()).to.deep.equal(['rule']);
      await approver.command('rule', () => approver.fill('complaint.reply', 'It is no plate of yours. 并非您的车牌。'));
      await approver.isSound('a complaint that was decided');
      expect(await state()).to.equal('listed');
      await approver.visit('/supervision');
      await approver.isSound('the desk');
      await citizen.visit(path);
      await citizen.page.getByText('It is no plate of yours.').waitFor();
    }),
  );
});
