import { expect } from 'chai';
import { Cases, fine } from '../support/cases.js';
import { LANGUAGES, WIDTHS } from '../support/console.js';
import { describeAtDesk } from '../support/desk.js';

describeAtDesk('an agreement that both sides sign, in the console', (desk) => {
  let cases: Cases;
  before(async () => {
    cases = await Cases.open(desk.address);
  });

  /** A document of the enterprise, handed in before. */
  const keep = async (name: string, content: string) =>
    fine(
      await cases.as('enterprise-a-handler').raw('POST', `/api/attachments?name=${name}`, Buffer.from(content), {
        'content-type': 'application/octet-stream',
        'idempotency-key': crypto.randomUUID(),
      }),
    );

  LANGUAGES.forEach((language, at) =>
    it(`the signatory hands in the sealed PDF, the holder confirms it, in ${language}`, async function () {
      this.timeout(240_000);
      const width = at === 0 ? WIDTHS.phone : WIDTHS.desk;
      const path = await cases.at('approved', { datasets: [{ dataset: cases.datasets[at] }] });
      const { template } = (await cases.as('enterprise-a-signatory').get(path)).body.agreement;
      const text = { zh: '数据利用协议（盖章版）', en: 'Data-use agreement, sealed' };
      await cases.give('admin', `/api/agreements/${template}`, 'revise', { text, execution: 'sealed-document' });
      const place = path.replace('/api', '');
      const filed = { pdf: `kept-${at}.pdf`, text: `kept-${at}.txt` };
      await keep(filed.pdf, `%PDF-1.4\n% kept ${at}\n%%EOF\n`);
      await keep(filed.text, `kept ${at}`);

      const signatory = await desk.open(language, 'enterprise-a-signatory', width);
      await signatory.visit(place);
      await signatory.page.locator('button[data-command="accept-agreement"]').click();
      const form = signatory.page.locator('form[data-command="accept-agreement"]');
      await form.getByText(signatory.say('agreement.withSeal')).waitFor();
      await form.getByLabel(signatory.say('agreement.read')).check();
      const send = form.locator('button[type="submit"]');
      expect(await send.isDisabled(), 'not without the document').to.equal(true);
      const kept = form.getByLabel(signatory.say('attachments.kept'));
      await kept.locator('option', { hasText: filed.pdf }).waitFor({ state: 'attached' });
      expect(await kept.locator('option', { hasText: filed.text }).count(), 'a file that is no PDF').to.equal(0);
      const buffer = Buffer.from(`%PDF-1.4\n% ${language}\n%%EOF\n`);
      await form.locator('input[type=file]').setInputFiles({ name: 'sealed.pdf', mimeType: 'application/pdf', buffer });
      await form.locator('[data-attachment]').waitFor();
      await signatory.settled();
      await signatory.isSound('handing in a sealed agreement');
      await send.click();
      await signatory.page.locator('[data-awaits="holder"]').waitFor();
      await signatory.isSound('an agreement that waits for the holder');
      await signatory.close();

      const reviewer = await desk.open(language, 'reviewer-transport', width);
      await reviewer.visit('/queue');
      await reviewer.page.locator(`a[href="${place}"]`).first().waitFor();
      await reviewer.visit(place);
      await reviewer.page.getByText(reviewer.say('agreement.sealedAtHolder')).waitFor();
      await reviewer.page.locator('button[data-command="counter-sign"]').click();
      const confirm = reviewer.page.locator('form[data-command="counter-sign"]');
      await confirm.locator('[data-attachment]').waitFor();
      await confirm.getByLabel(reviewer.say('agreement.confirmSealed')).check();
      await reviewer.settled();
      await reviewer.isSound('confirming a sealed agreement');
      await confirm.locator('button[type="submit"]').click();
      await reviewer.page.locator('[data-awaits="holder"]').waitFor({ state: 'detached' });
      await reviewer.close();
      expect((await cases.as('reviewer-transport').get(path)).body.state).to.equal('concluded');
    }),
  );

  it('the holder counter-signs what was accepted by a click', async function () {
    this.timeout(240_000);
    const path = await cases.at('approved', { datasets: [{ dataset: cases.datasets[2] }] });
    const seen = (await cases.as('enterprise-a-signatory').get(path)).body.agreement;
    const text = { zh: '数据利用协议（会签版）', en: 'Data-use agreement, counter-signed' };
    const revised = `/api/agreements/${seen.template}`;
    const { body } = await cases.give('admin', revised, 'revise', { text, execution: 'counter-signature' });
    const user = await desk.open('en', 'enterprise-a-signatory', WIDTHS.phone);
    await user.visit(path.replace('/api', ''));
    await user.page.locator('button[data-command="accept-agreement"]').click();
    await user.page.getByText(user.say('agreement.withCounterSignature')).waitFor();
    await user.close();
    const { version, hash } = body;
    await cases.give('enterprise-a-signatory', path, 'accept-agreement', { version, hash });
    const reviewer = await desk.open('en', 'reviewer-transport', WIDTHS.phone);
    await reviewer.visit(path.replace('/api', ''));
    await reviewer.page.getByText(reviewer.say('agreement.atHolder')).waitFor();
    await reviewer.page.locator('button[data-command="counter-sign"]').click();
    await reviewer.page.getByLabel(reviewer.say('agreement.signForHolder')).check();
    await reviewer.isSound('counter-signing');
    await reviewer.close();
  });
});
