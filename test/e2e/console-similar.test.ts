import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { Cases } from '../support/cases.js';
import { LANGUAGES, WIDTHS } from '../support/console.js';
import { describeAtDesk } from '../support/desk.js';

const ALIKE = 3;

describeAtDesk('similar earlier cases in the console', (desk) => {
  let cases: Cases;
  before(async () => {
    cases = await Cases.open(desk.address);
  });

  const screenOf = (path: string): string => path.replace('/api', '');
  /** What is counted of cases follows the log within seconds. */
  async function counted(path: string, least: number): Promise<number> {
    for (;;) {
      const { body } = await cases.as('approver').get(`${path}/similar-cases`);
      if (body.practice[0].counted >= least) return body.practice[0].counted;
      await sleep(500);
    }
  }

  LANGUAGES.forEach((language, at) =>
    it(`stand beside a ruling, say how they ended, and warn of one that would stand alone, in ${language}`, async function () {
      this.timeout(180_000);
      const dataset = cases.datasets[at + 3] ?? '';
      const asked = { datasets: [{ dataset }] };
      for (let like = 1; like < ALIKE; like += 1) await cases.at('approved', asked);
      const revoked = await cases.granted(dataset);
      await cases.give('supervisor', revoked, 'revoke', { reason: 'Passed on' });
      const path = await cases.at('authority', asked);
      const count = await counted(path, ALIKE);
      const approver = await desk.open(language, 'approver', at === 0 ? WIDTHS.phone : WIDTHS.desk);
      await approver.visit(screenOf(path));
      const card = approver.page.locator('#similar');
      await card.getByRole('heading', { name: approver.say('similar.title') }).waitFor();
      const first = card.locator('.similar-case').first();
      await first.waitFor();
      expect(await card.locator('.practice li').first().innerText()).to.include(String(count));
      expect(await card.locator('.practice svg').count()).to.equal(1);
      await card.getByText(approver.say('codes.caseTrait.scenario')).first().waitFor();
      await card.getByText(approver.say('codes.caseLater.grant-revoked')).first().waitFor();
      await approver.isSound('a case with similar ones beside it');
      await approver.page.locator('button[data-command="refuse"]').click();
      await approver.page.locator('.stands-alone').waitFor();
      await approver.isSound('a refusal that would stand alone');
      await approver.press('action.cancel');
      await approver.page.locator('button[data-command="approve"]').click();
      await approver.page.locator('form[data-command="approve"]').waitFor();
      expect(await approver.page.locator('.stands-alone').count(), 'what is usual is not warned of').to.equal(0);
      await approver.press('action.cancel');
      await approver.command('refuse', async () => {
        await approver.page.locator('form[data-command="refuse"] textarea').first().fill('Not this year.');
      });
      const { body } = await cases.as('approver').get(path);
      expect(body.state, 'the warning holds nobody back').to.equal('refused');
      await first.getByRole('link').first().click();
      await approver.page.waitForURL(
        (url) => url.pathname.startsWith('/applications/') && url.pathname !== screenOf(path),
      );
      await approver.settled();
      const applicant = await desk.open(language, 'enterprise-a-handler');
      await applicant.visit(screenOf(path));
      expect(await applicant.page.locator('#similar').count(), 'the applicant is not told').to.equal(0);
      for (const user of [approver, applicant]) await user.close();
    }),
  );

  it('says that there are none, on a case like which nobody has ruled', async () => {
    const path = await cases.at('claimed', {
      datasets: [{ dataset: cases.datasets[9] }],
      purpose: { category: 'journalism', scenario: 'A report on night buses' },
    });
    const reviewer = await desk.open('en', 'reviewer-transport', WIDTHS.phone);
    await reviewer.visit(screenOf(path));
    await reviewer.page.getByText(reviewer.say('similar.none')).waitFor();
    await reviewer.page.getByText(reviewer.say('similar.noPractice')).waitFor();
    await reviewer.isSound('a case like no other');
    await reviewer.close();
  });
});
