import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { Cases } from '../support/cases.js';
import { LANGUAGES, WIDTHS } from '../support/console.js';
import { describeAtDesk } from '../support/desk.js';

interface Condition {
  readonly kind: string;
  readonly evidenceRequired: boolean;
}

describeAtDesk('evidence of organisations in the console', (desk) => {
  let cases: Cases;
  before(async () => {
    cases = await Cases.open(desk.address);
  });

  /** A dataset of the transport body that asks for one proof, and its kind. */
  async function proved(): Promise<readonly [string, string]> {
    const handler = cases.as('enterprise-a-handler');
    const holder = (await cases.as('reviewer-transport').get('/api/me')).body.organisation.id as string;
    const { items } = (await handler.get(`/api/datasets?tier=conditional&publisher=${holder}&limit=100`)).body;
    for (const { id } of items as { id: string }[]) {
      const { conditions, deliveryKinds } = (await handler.get(`/api/datasets/${id}`)).body;
      const asked = (conditions as Condition[]).filter((one) => one.evidenceRequired);
      if (asked.length === 1 && deliveryKinds.includes('download')) return [id, asked[0]!.kind];
    }
    throw new Error('no dataset asks for one proof');
  }

  LANGUAGES.forEach((language, at) =>
    it(`filed from the dataset, verified, chosen in the wizard, struck out, in ${language}`, async function () {
      this.timeout(240_000);
      const width = at === 0 ? WIDTHS.phone : WIDTHS.desk;
      const [dataset, kind] = await proved();

      const handler = await desk.open(language, 'enterprise-a-handler', width);
      await handler.visit(`/datasets/${dataset}`);
      await handler.page.getByRole('link', { name: handler.say('proofs.file') }).click();
      await handler.heading(handler.say('proofs.file'));
      expect(await handler.page.getByLabel(handler.say('proofs.kind')).inputValue()).to.equal(kind);
      await handler.fill('proofs.issuer', '公安机关 Public security bureau');
      await handler.fill('apply.reference', `沪公网备 ${language} <7>`);
      const file = {
        name: `备案 ${language}.pdf`,
        mimeType: 'application/pdf',
        buffer: Buffer.from('%PDF-1.7 filing'),
      };
      await handler.page.locator('input[type=file]').setInputFiles(file);
      await handler.page.getByRole('button', { name: file.name, exact: true }).waitFor();
      await handler.isSound('evidence being filed');
      await handler.press('proofs.give');
      await handler.page.waitForURL(/\/evidence\/[0-9A-Z]{26}$/);
      await handler.page.getByText(handler.say('codes.evidenceState.filed')).first().waitFor();
      expect(await handler.commands()).to.deep.equal(['withdraw']);
      await handler.isSound('evidence that was filed');
      const path = new URL(handler.page.url()).pathname;

      const officer = await desk.open(language, 'officer', width);
      await officer.visit('/evidence?state=filed');
      await officer.isSound('the queue of what waits');
      await officer.page.locator(`a[href="${path}"]`).click();
      await officer.settled();
      const [saved] = await Promise.all([
        officer.page.waitForEvent('download'),
        officer.page.getByRole('button', { name: file.name, exact: true }).click(),
      ]);
      expect(readFileSync(await saved.path(), 'utf8')).to.equal('%PDF-1.7 filing');
      await officer.command('verify', () => officer.fill('proofs.remark', 'Asked the bureau. 已向出具单位核实。'));
      await officer.page.getByText(officer.say('proofs.counts')).waitFor();
      await officer.isSound('evidence that was verified');

      await handler.visit(`/apply?dataset=${dataset}`);
      await handler.page.getByLabel(handler.say('apply.category')).selectOption('research');
      await handler.fill('apply.scenario', 'Deliveries planned by the hour. 按小时规划配送。');
      await handler.page.getByText(handler.say('apply.provedOnFile')).waitFor();
      await handler.page.getByLabel(handler.say('apply.onFile')).selectOption(path.split('/').at(-1) ?? '');
      await handler.page.getByLabel(handler.say('attachments.kept')).selectOption({ index: 1 });
      await handler.page.locator('[data-attachment]').first().waitFor();
      await handler.isSound('the wizard with evidence on file');
      await handler.press('apply.submit');
      await handler.page.waitForURL(/\/applications\/[0-9A-Z]{26}$/);
      await handler.page.getByText(handler.say('request.onFile')).waitFor();
      await handler.isSound('a case with evidence on file');
      const application = `/api${new URL(handler.page.url()).pathname}`;
      const sent = (await cases.as('enterprise-a-handler').get(application)).body;
      expect(sent.evidence[0]).to.include({ evidence: path.split('/').at(-1), condition: kind });
      expect(sent.attachments).to.have.length(1);

      await cases.give('reviewer-transport', application, 'accept');
      await cases.give('reviewer-transport', application, 'claim');
      await cases.give('reviewer-transport', application, 'advise', { recommendation: 'approve', remark: 'Fits.' });
      await cases.give('approver', application, 'approve', { reason: 'Met' });
      const { version, hash } = (await cases.as('enterprise-a-signatory').get(application)).body.agreement;
      await cases.give('enterprise-a-signatory', application, 'accept-agreement', { version, hash });
      const [{ id }] = (await cases.as('enterprise-a-handler').get(application)).body.grants;

      await officer.visit(path);
      await officer.page.locator(`a[href="/grants/${id}"]`).waitFor();
      await officer.command('strike-out', () => officer.fill('command.reason', 'Never issued. 从未出具。'));
      await officer.page.getByText(officer.say('codes.evidenceState.struck-out')).first().waitFor();
      await officer.isSound('evidence that was struck out');
      expect((await cases.as('enterprise-a-handler').get(`/api/grants/${id}`)).body.state).to.equal('suspended');
      await handler.visit(path);
      await handler.page.getByText('Never issued. 从未出具。').first().waitFor();
      await handler.isSound('what the organisation is told');
      await handler.visit('/evidence');
      await handler.isSound('the evidence of one’s own organisation');
      await cases.give('supervisor', `/api/grants/${id}`, 'revoke', { reason: 'Over' });
      await handler.close();
      await officer.close();
    }),
  );
});
