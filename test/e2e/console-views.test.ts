import { expect } from 'chai';
import { Cases, fine } from '../support/cases.js';
import { LANGUAGES, WIDTHS } from '../support/console.js';
import { describeAtDesk } from '../support/desk.js';

const ITEMS = [
  { name: 'route', title: { zh: '线路名称', en: 'Route' }, type: 'string' },
  { name: 'stops', title: { zh: '站点数', en: 'Stops' }, type: 'integer' },
  { name: '身份证号', title: { zh: '身份证号', en: 'Identity number' }, type: 'string' },
];

/** Items that are milder than their dataset: what an officer reads before they confirm, and what others read after. */
describeAtDesk('milder items of a stricter dataset in the console', (desk) => {
  let cases: Cases;
  before(async function () {
    this.timeout(240_000);
    cases = await Cases.open(desk.address);
  });

  /** A dataset closed for the one item of a person, and the assessment that waits for an officer. */
  async function raised(identifier: string, securityLevel: string): Promise<{ id: string; assessment: string }> {
    const { agreement } = fine(await cases.as('enterprise-a-handler').get(`/api/datasets/${cases.datasets[0]}`)).body;
    const record = {
      identifier,
      title: { zh: `线路与乘客 ${identifier}`, en: `Routes and riders ${identifier}` },
      abstract: { zh: '公交线路及其登记人' },
      field: 'transport',
      declaredTier: 'open',
      sharingTier: 'not-shared',
      legalBasis: '上海市数据条例',
      securityLevel,
      items: ITEMS,
      distributions: [{ title: { zh: '表' }, format: 'CSV', kind: 'file', url: 'https://files.example.org/r.csv' }],
      deliveryKinds: ['download'],
      updateFrequency: 'yearly',
      lastUpdated: '2026-01-31',
      listedWhenRestricted: true,
      agreementTemplate: agreement.template,
    };
    const { id } = fine(await cases.as('steward-transport').post('/api/datasets', record)).body;
    await cases.give('steward-transport', `/api/datasets/${id}`, 'list');
    const { items } = fine(await cases.as('officer').get(`/api/assessments?dataset=${id}&state=proposed`)).body;
    return { id, assessment: items[0].id };
  }

  LANGUAGES.forEach((language, at) => {
    const width = at === 0 ? WIDTHS.phone : WIDTHS.desk;
    const shown = { items: 'route, stops' };
    const titles = ITEMS.slice(0, 2).map(({ title }) => (language === 'en' ? title.en : title.zh));

    it(`names them to the officer who confirms, and to everyone afterwards, in ${language}`, async function () {
      this.timeout(240_000);
      const { id, assessment } = await raised(`SHOWN-${at}`, 'L1');
      const officer = await desk.open(language, 'officer', width);
      await officer.visit(`/classification/${assessment}`);
      await officer.page.locator('button[data-command="override"]').click();
      const sentence = officer.page.getByText(officer.say('override.items'));
      await officer.page.getByRole('radio', { name: officer.say('codes.tier.conditional'), exact: true }).check();
      await sentence.waitFor();
      await officer.isSound('another tier, with what it leaves to be asked for alone');
      await officer.page.getByRole('radio', { name: officer.say('codes.tier.open'), exact: true }).check();
      await sentence.waitFor({ state: 'detached' });

      await officer.visit(`/classification/${assessment}`);
      await officer.command('confirm', async () => {
        const milder = officer.page.locator('form[data-command="confirm"] [data-milder] p');
        await milder.first().waitFor();
        expect(await milder.allTextContents()).to.deep.equal([officer.say('assessment.openAlone', shown)]);
        await officer.isSound('the confirmation, with the items that everyone may then have');
      });
      await officer.close();

      const visitor = await desk.open(language, undefined, width);
      await visitor.visit(`/datasets/${id}`);
      const views = visitor.page.locator('#why .views');
      await views.getByText(visitor.say('why.openItems')).waitFor();
      expect(await views.locator('li').count()).to.equal(2);
      for (const title of titles) await views.getByText(title, { exact: true }).waitFor();
      expect(await views.getByRole('link').count(), 'nothing to apply for').to.equal(0);
      expect(await visitor.page.locator('main').textContent()).to.not.contain(ITEMS[2]?.title.zh);
      await visitor.isSound('the page of a dataset with open items');
      await visitor.close();
    });

    it(`names them to the officer who confirms a group, in ${language}`, async function () {
      this.timeout(240_000);
      const { assessment } = await raised(`GROUPED-${at}-A`, 'L1');
      await raised(`GROUPED-${at}-B`, 'L1');
      const { group } = fine(await cases.as('officer').get(`/api/assessments/${assessment}`)).body;
      const { count, milder: told } = fine(await cases.as('officer').get(`/api/assessments/groups/${group}`)).body;
      const names = told.open.items.map((one: { value: string; records: number }) => `${one.value} (${one.records})`);
      expect(names).to.include.members(['route (2)', 'stops (2)']);
      const officer = await desk.open(language, 'officer', width);
      await officer.visit(`/classification/groups/${group}`);
      await officer.page.locator('button[data-command="confirm"]').click();
      const milder = officer.page.locator('form[data-command="confirm"] [data-milder] p');
      await milder.first().waitFor();
      const named = officer.say('group.openAlone', { records: told.open.records, items: names.join(', ') });
      expect((await milder.allTextContents())[0]).to.equal(named);
      await officer.isSound('the confirmation of a group, with the items that everyone may then have');
      await officer.page.locator('form[data-command="confirm"] button[type=submit]').click();
      await officer.heading(officer.say('group.done', { count }));
      await officer.close();
    });

    it(`lets conditional ones be applied for, and nothing else of the dataset, in ${language}`, async function () {
      this.timeout(240_000);
      const { id, assessment } = await raised(`ASKED-${at}`, 'L2');
      const officer = await desk.open(language, 'officer', width);
      await officer.visit(`/classification/${assessment}`);
      await officer.command('confirm', async () => {
        const milder = officer.page.locator('form[data-command="confirm"] [data-milder] p');
        await milder.first().waitFor();
        expect(await milder.allTextContents()).to.deep.equal([officer.say('assessment.grantedAlone', shown)]);
      });
      await officer.close();

      const handler = await desk.open(language, 'enterprise-a-handler', width);
      const { page } = handler;
      await handler.visit(`/datasets/${id}`);
      const views = page.locator('#why .views');
      await views.getByText(handler.say('why.conditionalItems')).waitFor();
      await page.getByText(handler.say('codes.nextStepHelp.demand')).first().waitFor();
      await handler.isSound('the page of a dataset with conditional items');
      await views.getByRole('link', { name: handler.say('why.applyForItems'), exact: true }).click();
      await page.waitForURL(/\/apply\?/);
      await handler.settled();
      const choice = page.locator('fieldset.item-choice');
      expect(await choice.getByRole('radio', { name: handler.say('apply.whole') }).isDisabled()).to.equal(true);
      expect(await choice.getByRole('checkbox').count(), 'the item of a person is not offered').to.equal(2);
      for (const title of titles) await choice.getByRole('checkbox', { name: title }).waitFor();
      await handler.isSound('the application for items alone');

      await choice.getByRole('checkbox', { name: titles[0] as string }).check();
      await page.getByLabel(handler.say('apply.category')).selectOption('research');
      await handler.fill('apply.scenario', 'Routes by the number of their stops. 按站点数研究线路。');
      await handler.fill('apply.securityPlan', 'Encrypted, two named persons. 加密存储，指定两人访问。');
      await handler.press('apply.submit');
      await page.waitForURL(/\/applications\/[^/]+$/);
      const path = `/api${new URL(page.url()).pathname}`;
      const { datasets } = fine(await cases.as('enterprise-a-handler').get(path)).body;
      expect(datasets.map((one: { items: string[] }) => one.items)).to.deep.equal([['route']]);
      await handler.close();
    });
  });
});
