import { expect } from 'chai';
import { Cases } from '../support/cases.js';
import { LANGUAGES, WIDTHS } from '../support/console.js';
import { describeAtDesk } from '../support/desk.js';

describeAtDesk('a case in the console', (desk) => {
  let cases: Cases;
  before(async () => {
    cases = await Cases.open(desk.address);
  });

  const screenOf = (path: string): string => path.replace('/api', '');

  for (const language of LANGUAGES) {
    it(`shows a question to either side, until it is answered and after, in ${language}`, async function () {
      this.timeout(240_000);
      const path = await cases.at('claimed');
      await cases.give('reviewer-transport', path, 'ask', { text: 'Which roads?\nAnd why?' });
      const [applicant, officer] = await Promise.all(
        (['enterprise-a-handler', 'reviewer-transport'] as const).map(async (username) => {
          const user = await desk.open(language, username);
          return user;
        }),
      );
      if (applicant === undefined || officer === undefined) throw new Error('nobody signed in');
      const row = { has: applicant.page.locator(`a[href="${screenOf(path)}"]`) };
      await applicant.visit('/applications');
      await applicant.page.locator('.row-card', row).getByText(applicant.say('question.owed')).waitFor();
      for (const [user, key] of [
        [applicant, 'question.owed'],
        [officer, 'question.awaited'],
      ] as const) {
        await user.visit(screenOf(path));
        await user.page.locator('aside .card').first().getByText(user.say(key)).waitFor();
        const card = user.page.locator('#questions');
        expect(await card.locator('.said').allInnerTexts(), key).to.deep.equal(['Which roads?\nAnd why?']);
        await card.getByText(user.say('question.open')).waitFor();
        await user.isSound(`a case with an open question for ${key}`);
      }
      await applicant.command('answer', () => applicant.fill('command.text', 'The ring road.'));
      await officer.visit(screenOf(path));
      for (const user of [applicant, officer]) {
        await user.page.locator('#questions .question-answer').getByText('The ring road.').waitFor();
        expect(await user.page.locator('.question-open, a[href="#questions"]').count()).to.equal(0);
        expect(user.complaints).to.deep.equal([]);
        await user.context.close();
      }
    });

    it(`shows who judges it what the applicant changed in a correction, in ${language}`, async function () {
      this.timeout(240_000);
      const path = await cases.at('submitted');
      await cases.give('reviewer-transport', path, 'request-correction', { defects: [{ text: 'For how long?' }] });
      const handler = cases.as('enterprise-a-handler');
      const { etag, purpose, period } = (await handler.get(path)).body;
      const body = { purpose: { ...purpose, project: 'Night buses 夜间公交' }, period: { ...period, to: period.from } };
      const headers = { 'if-match': etag };
      expect((await handler.send('PATCH', path, body, headers)).status).to.equal(200);
      await cases.give('enterprise-a-handler', path, 'submit');
      const user = await desk.open(language, 'reviewer-transport', WIDTHS.phone);
      await user.visit(screenOf(path));
      const changed = user.page.locator('tr[data-pointer]');
      const cells = (at: number) => changed.nth(at).locator('th, td').allInnerTexts();
      expect(await cells(0)).to.deep.equal([
        user.say('request.project'),
        user.say('changesSent.nothing'),
        body.purpose.project,
      ]);
      expect(await cells(1)).to.deep.equal([user.say('apply.to'), period.to, period.from]);
      expect(await changed.count()).to.equal(2);
      await user.isSound('a case that was corrected');
      await user.close();
    });

    it(`lets people be chosen by name, and removed by name, in ${language}`, async function () {
      this.timeout(240_000);
      const path = await cases.draft();
      const { name } = (await cases.as('enterprise-a-signatory').get('/api/me')).body.subject;
      const user = await desk.open(language, 'enterprise-a-handler');
      await user.visit(screenOf(path));
      const choose = () => user.page.getByLabel(user.say('person.label')).selectOption({ label: name });
      await user.command('add-member', async () => void (await choose()));
      await user.page.locator('.facts').getByText(name).waitFor();
      await user.page.locator('button[data-command="remove-member"]').click();
      const offered = user.page.getByLabel(user.say('person.label')).locator('option');
      await offered.nth(1).waitFor({ state: 'attached' });
      expect(await offered.allInnerTexts()).to.deep.equal([user.say('person.choose'), name]);
      await user.isSound('the form that removes a member');
      await choose();
      await user.page.locator('form[data-command="remove-member"] button[type=submit]').click();
      await user.page.locator('.facts').getByText(name).waitFor({ state: 'detached' });
      await user.close();
    });
  }
});
