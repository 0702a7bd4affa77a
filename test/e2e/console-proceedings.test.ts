import { expect } from 'chai';
import { dayOf } from '../../src/kernel/time.js';
import { Cases } from '../support/cases.js';
import { type ConsoleUser, LANGUAGES, WIDTHS } from '../support/console.js';
import { describeAtDesk } from '../support/desk.js';

describeAtDesk('reconsideration and litigation in the console', (desk) => {
  let cases: Cases;
  before(async () => {
    cases = await Cases.open(desk.address);
  });

  /** Opens the form of a command, fills it, looks at it, sends it. */
  const send = async (user: ConsoleUser, command: string, codes: readonly string[], fill: () => Promise<void>) =>
    user.command(command, async () => {
      const form = user.page.locator(`form[data-command="${command}"]`);
      for (const code of codes) await form.getByLabel(user.say(`codes.${code}`), { exact: true }).check();
      await fill();
      await user.isSound(`the form of ${command}`);
    });

  LANGUAGES.forEach((language, at) =>
    it(`the authority records it, the applicant reads it, the refusal is opened again, in ${language}`, async function () {
      this.timeout(240_000);
      const width = at === 0 ? WIDTHS.phone : WIDTHS.desk;
      const today = dayOf(Date.now());
      const path = await cases.at('refused', { datasets: [{ dataset: cases.datasets[at] }] });
      const place = path.replace('/api', '');

      const approver = await desk.open(language, 'approver', width);
      await approver.visit(place);
      await send(approver, 'record-proceeding', ['proceeding.litigation'], async () => {
        await approver.fill('proceeding.forum', '上海铁路运输法院');
        await approver.fill('proceeding.filedOn', today);
        await approver.fill('proceeding.reference', '（2026）沪7101行初7号');
      });
      const card = approver.page.locator('section.card', { hasText: approver.say('proceeding.title') });
      await card.locator('[data-proceeding="litigation"]').getByText(approver.say('proceeding.open')).waitFor();
      // The one kind that is open is chosen.
      await send(approver, 'record-proceeding-outcome', ['proceedingOutcome.annulled'], async () => {
        await approver.fill('proceeding.endedOn', today);
        await approver.fill('proceeding.text', '判决责令重新作出决定。');
      });
      await approver.isSound('a refusal that was annulled');
      await approver.close();

      const handler = await desk.open(language, 'enterprise-a-handler', width);
      await handler.visit(place);
      const read = handler.page.locator('[data-proceeding="litigation"]');
      await read.getByText(handler.say('codes.proceedingOutcome.annulled')).waitFor();
      await read.getByText('判决责令重新作出决定。').waitFor();
      await handler.isSound('what the applicant reads of it');
      await handler.close();

      const deputy = await desk.open(language, 'approver-deputy', width);
      await deputy.visit(place);
      await send(deputy, 'decide-appeal', ['appealOutcome.reopened'], () =>
        deputy.fill('appeal.reason', '按生效判决重新办理。'),
      );
      await deputy.close();
      const { state, stage } = (await cases.as('approver').get(path)).body;
      expect([state, stage]).to.deep.equal(['in-review', 'authority']);
    }),
  );
});
