import { expect } from 'chai';
import { Caller } from '../support/caller.js';
import { Cases } from '../support/cases.js';
import { asText } from '../support/classification/people.js';
import { plantedPairs } from '../support/classification/planted-joins.js';
import { type ConsoleUser, LANGUAGES, WIDTHS } from '../support/console.js';
import { describeAtDesk } from '../support/desk.js';

const [linked] = plantedPairs(1, 0);
const fileOf = (side: 'first' | 'second'): Buffer =>
  Buffer.from(linked === undefined ? '' : asText(linked[side].header, linked[side].rows));

describeAtDesk('fusion in the console', (desk) => {
  let cases: Cases;
  before(async () => {
    cases = await Cases.open(desk.address);
  });

  const screenOf = (path: string): string => path.replace('/api', '');
  const choose = (user: ConsoleUser, dataset: string, content: Buffer) =>
    user.page
      .locator(`input[type=file][name="${dataset}"]`)
      .setInputFiles({ name: 'table.csv', mimeType: 'text/csv', buffer: content });

  LANGUAGES.forEach((language, at) =>
    it(`a reviewer sees what a case tells with what is held, compares by files, and an officer finds both in the queue, in ${language}`, async function () {
      this.timeout(150_000);
      const [held, asked] = [cases.datasets[2 * at] ?? '', cases.datasets[2 * at + 1] ?? ''];
      await cases.granted(held);
      const path = await cases.at('claimed', { datasets: [{ dataset: asked }] });
      const reviewer = await desk.open(language, 'reviewer-transport', at === 0 ? WIDTHS.phone : WIDTHS.desk);
      await reviewer.visit(screenOf(path));
      const card = reviewer.page.locator('#fusion');
      await card.getByText(reviewer.say('fusion.title')).waitFor();
      const pair = card.locator('.pair', { has: reviewer.page.locator(`a[href*="${held}"]`) });
      expect(await pair.getAttribute('data-weight')).to.be.oneOf(['unknown', 'could-be-joined', 'shares-one']);
      await reviewer.isSound('a case with fusion beside it');
      await pair.getByRole('link', { name: reviewer.say('fusion.compareFiles') }).click();
      await reviewer.heading(reviewer.say('fusion.compare'));
      await reviewer.isSound('datasets to compare');
      await choose(reviewer, asked, fileOf('first'));
      expect(await reviewer.page.locator('main button[type=submit]').first().isDisabled(), 'one file is none').to.equal(
        true,
      );
      await choose(reviewer, held, fileOf('second'));
      await reviewer.press('fusion.sendFiles');
      await reviewer.page.waitForURL(/\/fusion\/\w+/);
      await reviewer.page.locator('.note-stop').waitFor({ timeout: 60_000 });
      await reviewer.isSound('the figures of two files');
      const text = (await reviewer.page.locator('main').textContent()) ?? '';
      expect(text).to.include('出生日期');
      for (const row of linked?.first.rows.slice(0, 20) ?? []) expect(text).not.to.include(row[1]);
      const result = new URL(reviewer.page.url()).pathname;
      await reviewer.page.getByRole('link', { name: reviewer.say('fusion.toCase') }).click();
      await card.locator('.pair[data-weight="links"] .note-stop').waitFor();
      await reviewer.isSound('a case whose datasets single people out');
      const officer = await desk.open(language, 'officer', WIDTHS.phone);
      await officer.visit('/reviews');
      await officer.page.locator(`.card:has(a[href="/datasets/${held}"]) a[href="${result}"]`).click();
      await officer.heading(officer.say('fusion.result'));
      await officer.isSound('a fusion assessment as an officer sees it');
      const applicant = await desk.open(language, 'enterprise-a-handler');
      await applicant.visit(screenOf(path));
      expect(await applicant.page.locator('#fusion').count(), 'the applicant is not told').to.equal(0);
      for (const user of [reviewer, officer, applicant]) await user.close();
    }),
  );

  it('says which file could not be read, and compares by the assessments where nobody has one', async function () {
    this.timeout(90_000);
    const [one = '', other = ''] = cases.datasets.slice(6);
    for (const language of LANGUAGES) {
      const user = await desk.open(language, 'reviewer-transport', WIDTHS.phone);
      await user.visit(`/fusion?datasets=${one},${other}`);
      await choose(user, one, fileOf('first'));
      await choose(user, other, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1]));
      await user.press('fusion.sendFiles');
      await user.page.getByText(user.say('codes.sampleFailure.binary-file')).waitFor({ timeout: 60_000 });
      await user.isSound('a file that is no table');
      await user.visit(`/fusion?datasets=${one},${other}`);
      await user.press('fusion.compareKnown');
      await user.page.getByText(user.say('fusion.notCovered')).waitFor();
      await user.isSound('datasets compared by what is known');
      await user.close();
    }
    const officer = await Caller.person(desk.address, 'officer');
    const { body } = await officer.get(`/api/fusion/assessments?dataset=${one}`);
    expect(body.items.map(({ state }: { state: string }) => state).sort()).to.deep.equal([
      'done',
      'done',
      'not-assessed',
      'not-assessed',
    ]);
  });

  it('a steward finds another dataset to compare with, by words of its title', async () => {
    const steward = await Caller.person(desk.address, 'steward-transport');
    const [one = '', other = ''] = cases.datasets.slice(8);
    const { title } = (await steward.get(`/api/datasets/${other}`)).body;
    for (const language of LANGUAGES) {
      const user = await desk.open(language, 'steward-transport', WIDTHS.phone);
      await user.visit(`/datasets/${one}/evidence`);
      await user.page.getByRole('link', { name: user.say('fusion.compare') }).click();
      await user.page.getByText(user.say('fusion.nothingToCompare')).waitFor();
      await user.isSound('one dataset alone');
      await user.fill('fusion.words', title[language === 'en' ? 'en' : 'zh']);
      await user.press('action.search');
      const name = user.say('fusion.addOne', { dataset: title[language === 'en' ? 'en' : 'zh'] });
      await user.page.getByRole('button', { name, exact: true }).first().waitFor();
      await user.isSound('datasets found');
      await user.page.getByRole('button', { name, exact: true }).first().click();
      await user.page.locator(`input[type=file][name="${other}"]`).waitFor();
      await user.press('fusion.compareKnown');
      await user.page.getByText(user.say('fusion.notCovered')).waitFor();
      expect(user.complaints).to.deep.equal([]);
      await user.close();
    }
  });
});
