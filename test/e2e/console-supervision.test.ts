import { expect } from 'chai';
import { Cases } from '../support/cases.js';
import { LANGUAGES, WIDTHS } from '../support/console.js';
import { describeAtDesk } from '../support/desk.js';

describeAtDesk('supervision in the console', (desk) => {
  let cases: Cases;
  before(async () => {
    cases = await Cases.open(desk.address);
  });

  LANGUAGES.forEach((language, at) =>
    it(`leads from a grant to a violation, its reply, a measure and its end, in ${language}`, async function () {
      this.timeout(240_000);
      const width = at === 0 ? WIDTHS.phone : WIDTHS.desk;
      const grant = await cases.granted(cases.datasets[at + 1]);
      const state = async () => (await cases.as('supervisor').get(grant)).body.state as string;

      const supervisor = await desk.open(language, 'supervisor', width);
      await supervisor.visit(grant.replace('/api', ''));
      await supervisor.page.getByRole('link', { name: supervisor.say('grant.report') }).click();
      await supervisor.heading(supervisor.say('report.title'));
      await supervisor.page.getByLabel(supervisor.say('report.kind')).selectOption('beyond-scenario');
      await supervisor.page.locator('.note-wait').waitFor();
      await supervisor.isSound('the report');
      expect(await state(), 'nothing happened yet').to.equal('active');
      await supervisor.fill(
        'report.description',
        'The data is shown in an application nobody told of. 用于未申报的应用。',
      );
      await supervisor.press('report.give');
      await supervisor.page.waitForURL(/\/violations\/01/);
      expect(await state(), 'at once').to.equal('suspended');
      await supervisor.page.getByText(supervisor.say('sanction.interim')).waitFor();
      expect(await supervisor.commands(), 'the organisation is heard first').to.deep.equal(['dismiss']);
      await supervisor.isSound('a violation that was reported');
      const path = new URL(supervisor.page.url()).pathname;

      const handler = await desk.open(language, 'enterprise-a-handler', width);
      await handler.visit('/violations');
      await handler.isSound('the violations of one’s own organisation');
      await handler.visit(path);
      expect(await handler.commands()).to.deep.equal(['reply']);
      await handler.command('reply', () =>
        handler.fill('command.text', 'The application was withdrawn. 已下架该应用。'),
      );
      await handler.isSound('a violation as the organisation sees it');

      await supervisor.visit(path);
      await supervisor.page.getByText('The application was withdrawn.').waitFor();
      await supervisor.page.locator('button[data-command="impose"]').click();
      const steps = await supervisor.page
        .getByLabel(supervisor.say('violation.step'), { exact: true })
        .locator('option')
        .evaluateAll((options) => options.map((option) => (option as { value: string }).value));
      expect(steps, 'what the ladder leaves').to.deep.equal(['suspend', 'revoke', 'restrict']);
      await supervisor.page.getByLabel(supervisor.say('violation.step'), { exact: true }).selectOption('restrict');
      await supervisor.isSound('the terms of a restriction');
      await supervisor.page.getByLabel(supervisor.say('violation.step'), { exact: true }).selectOption('suspend');
      await supervisor.fill('command.reason', 'Established by the page itself. 页面已证实。');
      await supervisor.page.locator('form[data-command="impose"] button[type=submit]').click();
      await supervisor.page.getByText(supervisor.say('codes.violationState.sanctioned')).first().waitFor();
      expect(await supervisor.commands(), 'lifted by somebody else only').to.not.include('lift');
      await supervisor.isSound('a violation with its measure');

      await supervisor.visit('/supervision');
      await supervisor.isSound('the desk');
      const number = supervisor.page.locator('a[href^="/sanctions"]', {
        hasText: supervisor.say('codes.step.suspend'),
      });
      const counted = Number(await number.locator('strong').textContent());
      expect(counted).to.be.above(0);
      await number.click();
      await supervisor.heading(supervisor.say('sanctions.title'));
      await supervisor.settled();
      expect(await supervisor.page.locator('main section.card').count(), 'what the number counts').to.equal(counted);
      await supervisor.isSound('the measures in force');
      await supervisor.visit('/violations');
      await supervisor.isSound('all violations');
      await supervisor.close();
      await handler.close();

      const approver = await desk.open(language, 'approver', width);
      await approver.visit(path);
      await approver.command('lift', () => approver.fill('command.reason', 'Settled with the holder. 已整改。'));
      expect(await state()).to.equal('active');
      await approver.isSound('a measure lifted by a second person');
      await approver.close();
    }),
  );

  LANGUAGES.forEach((language, at) =>
    it(`takes a demand of a visitor, the steward’s answer, and shows it to everyone, in ${language}`, async function () {
      this.timeout(240_000);
      const width = at === 0 ? WIDTHS.phone : WIDTHS.desk;
      const own = (await cases.as('steward-transport').get('/api/me')).body.organisation.id as string;
      const search = `/api/datasets?tier=restricted&publisher=${own}&limit=2`;
      const dataset = (await cases.as('anonymous').get(search)).body.items[at].id as string;
      const title = `Noise by street ${at} 分路段噪声`;

      const visitor = await desk.open(language, undefined, width);
      await visitor.visit(`/datasets/${dataset}`);
      await visitor.page.getByRole('link', { name: visitor.say('demands.make') }).click();
      await visitor.heading(visitor.say('demands.make'));
      await visitor.isSound('the form of a demand');
      await visitor.page.getByLabel(visitor.say('makeDemand.title')).fill(title);
      await visitor.page
        .getByLabel(visitor.say('makeDemand.description'))
        .fill('For a map of quiet ways. 用于安静步道地图。');
      await visitor.press('makeDemand.give');
      await visitor.page.getByText(visitor.say('makeDemand.received')).waitFor();
      await visitor.isSound('a demand that was received');
      await visitor.visit('/demands');
      expect(await visitor.page.getByText(title).count(), 'not public before its answer').to.equal(0);

      const steward = await desk.open(language, 'steward-transport', width);
      await steward.visit('/demands?state=waiting');
      await steward.isSound('demands that wait');
      await steward.page.getByRole('link', { name: title }).click();
      await steward.heading(title);
      await steward.command('answer', async () => {
        await steward.page.getByLabel(steward.say('demand.outcome'), { exact: true }).selectOption('refused');
        await steward.isSound('the answer');
        await steward.fill('command.text', 'Measured by hand only. 仅有人工记录。');
      });
      await steward.isSound('a demand that was answered');
      const path = new URL(steward.page.url()).pathname;
      await steward.close();

      await visitor.visit('/demands');
      await visitor.page.getByText(title).waitFor();
      await visitor.visit(path);
      await visitor.page.getByText('Measured by hand only.').waitFor();
      expect(await visitor.page.getByText('For a map of quiet ways').count(), 'what for is not public').to.equal(0);
      await visitor.isSound('a demand as everyone sees it');
      await visitor.visit('/demands/new');
      await visitor.page
        .getByLabel(visitor.say('demand.holder'))
        .locator('option')
        .nth(1)
        .waitFor({ state: 'attached' });
      await visitor.isSound('a demand for data that is not listed');
      await visitor.close();
    }),
  );

  it('tells an applicant of a restriction before and at the submission', async () => {
    const [dataset] = cases.datasets.slice(5);
    const draft = await cases.draft({ datasets: [{ dataset }] });
    const organisation = (await cases.as('enterprise-a-handler').get('/api/me')).body.organisation.id;
    const body = { organisation, kind: 'unlawful-acquisition', description: 'Copied from elsewhere' };
    const { id } = (await cases.as('supervisor').post('/api/violations', body)).body;
    await cases.give('enterprise-a-handler', `/api/violations/${id}`, 'reply', { text: 'Deleted' });
    const until = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
    const measure = { step: 'restrict', reason: 'Established', until, datasets: [dataset] };
    await cases.give('supervisor', `/api/violations/${id}`, 'impose', measure);
    const user = await desk.open('en', 'enterprise-a-handler');
    await user.visit(draft.replace('/api', ''));
    await user.page.getByText(user.say('codes.fault.use-restricted')).first().waitFor();
    expect(await user.commands()).to.not.include('submit');
    await user.isSound('a draft under a restriction');
    await user.close();
  });
});
