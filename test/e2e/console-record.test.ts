import { isDeepStrictEqual } from 'node:util';
import { expect } from 'chai';
import { Cases, fine } from '../support/cases.js';
import { type ConsoleUser, LANGUAGES, WIDTHS } from '../support/console.js';
import { describeAtDesk } from '../support/desk.js';

const STEWARD = 'steward-transport';
const NAMING = '仅限临港智行科技有限公司申请';

/** Whether an element, of a long one its beginning, stands within the window. */
const isFullySeen = (element: unknown): boolean => {
  const { getBoundingClientRect } = element as { getBoundingClientRect(): { top: number; bottom: number } };
  const { top, bottom } = getBoundingClientRect.call(element);
  return top >= 0 && Math.min(bottom, top + 100) <= (globalThis as unknown as { innerHeight: number }).innerHeight;
};

describeAtDesk('the record of a dataset in the console', (desk) => {
  let cases: Cases;
  before(async () => {
    cases = await Cases.open(desk.address);
  });

  const recordOf = async (id: string, language = 'en') =>
    fine(await cases.as(STEWARD).get(`/api/datasets/${id}`, { 'accept-language': language })).body;
  const conditionAt = (user: ConsoleUser, at: number) => user.page.locator('fieldset[data-condition]').nth(at);
  const inLast = async (user: ConsoleUser, key: string, text: string) => {
    const fields = user.page.locator('fieldset[data-condition]').last();
    await fields.getByLabel(user.say(key)).fill(text);
  };

  LANGUAGES.forEach((language, at) =>
    it(`its conditions are written in both languages and in an order, in ${language}`, async function () {
      this.timeout(240_000);
      const dataset = cases.datasets[at] as string;
      await cases.at('submitted', { datasets: [{ dataset }] });
      const before = await recordOf(dataset);
      const steward = await desk.open(language, STEWARD, at === 0 ? WIDTHS.phone : WIDTHS.desk);
      const { page } = steward;
      await steward.visit(`/datasets/${dataset}`);
      await page.locator('#keep details.resting').waitFor();
      await steward.isSound('a record for who keeps it');
      await page.getByRole('link', { name: steward.say('record.edit') }).click();
      await steward.heading(steward.say('record.edit'));
      await steward.isSound('a record that is edited');
      expect(await page.getByRole('button', { name: steward.say('record.save') }).isDisabled()).to.equal(true);

      await steward.press('record.addCondition');
      const added = conditionAt(steward, before.conditions.length);
      await added.getByLabel(steward.say('record.kind'), { exact: true }).selectOption('applicant-kind');
      expect(await added.getByLabel(steward.say('record.in.en.conditionText')).inputValue()).to.not.equal('');
      await inLast(steward, 'record.in.zh.conditionText', NAMING);
      await inLast(steward, 'record.in.en.conditionText', '');
      await steward.press('record.save');
      await added.getByText(steward.say('codes.fault.names-applicant')).first().waitFor();
      await steward.isSound('a condition that names an applicant');
      await inLast(steward, 'record.in.zh.conditionText', '面向企业和自然人');
      await inLast(steward, 'record.in.en.conditionText', 'For enterprises and natural persons');
      for (const kind of ['enterprise', 'person'])
        await added.getByLabel(steward.say(`codes.applicantKind.${kind}`)).check();
      for (let place = before.conditions.length; place > 0; place -= 1)
        await conditionAt(steward, place)
          .getByRole('button', { name: steward.say('forms.up') })
          .click();
      await conditionAt(steward, 1)
        .getByRole('button', { name: steward.say('forms.remove') })
        .click();
      await steward.press('record.save');
      await page.waitForURL(new RegExp(`/datasets/${dataset}$`));

      // Another dataset takes them over in one choice, and those it has already stay once.
      const other = cases.datasets[4 + at] as string;
      const [own, taken] = [(await recordOf(other)).conditions, (await recordOf(dataset)).conditions];
      await steward.visit(`/datasets/${other}/edit`);
      await page.getByLabel(steward.say('record.takeOver')).selectOption(dataset);
      await page.locator('fieldset[data-condition="applicant-kind"]').waitFor();
      await steward.isSound('conditions taken over');
      // A kind that falls due asks by when.
      await steward.press('record.addCondition');
      const due = page.locator('fieldset[data-condition]').last();
      await due.getByLabel(steward.say('record.kind'), { exact: true }).selectOption('deletion-date');
      await due.getByLabel(steward.say('dueTerm.input.withinDays')).fill('20');
      await steward.press('record.save');
      await page.waitForURL(new RegExp(`/datasets/${other}$`));
      const further = taken.filter((one: object) => !own.some((had: object) => isDeepStrictEqual(had, one)));
      const kept = (await recordOf(other)).conditions;
      expect(kept.slice(0, -1)).to.deep.equal([...own, ...further]);
      expect(kept.at(-1)).to.include({ kind: 'deletion-date', withinDays: 20 });

      const [first, ...rest] = (await recordOf(dataset)).conditions;
      expect(first).to.deep.equal({
        kind: 'applicant-kind',
        text: 'For enterprises and natural persons',
        wording: { zh: '面向企业和自然人', en: 'For enterprises and natural persons' },
        evidenceRequired: false,
        applicants: ['enterprise', 'person'],
      });
      expect((await recordOf(dataset, 'zh-CN')).conditions[0].text).to.equal('面向企业和自然人');
      expect(rest).to.deep.equal(before.conditions.slice(1));
      await steward.close();
    }),
  );

  LANGUAGES.forEach((language, at) =>
    it(`loses nothing that was written when somebody else saves first, in ${language}`, async function () {
      this.timeout(240_000);
      const dataset = cases.datasets[2 + at] as string;
      const steward = await desk.open(language, STEWARD, at === 0 ? WIDTHS.desk : WIDTHS.phone);
      const { page } = steward;
      await steward.visit(`/datasets/${dataset}/edit`);
      await steward.fill('record.in.en.abstract', 'Written at leisure');
      const title = { zh: '他人先保存的名称', en: 'Saved first by another' };
      fine(await cases.as(STEWARD).change(`/api/datasets/${dataset}`, { title, updateFrequency: 'weekly' }));
      await steward.press('record.save');
      const places = ['title', 'updateFrequency'].map((place) => steward.say(`codes.recordPlace.${place}`));
      await page.getByText(steward.say('record.meanwhile', { places: places.join(' · ') })).waitFor();
      await steward.isSound('a stale edit');
      const abstract = page.getByLabel(steward.say('record.in.en.abstract'));
      expect(await abstract.inputValue()).to.equal('Written at leisure');
      expect((await recordOf(dataset)).abstract.en).to.not.equal('Written at leisure');
      // Pressed again it is refused again: nothing goes over what was not looked at.
      await steward.press('record.save');
      await page.locator('.problem').waitFor();
      expect((await recordOf(dataset)).abstract.en).to.not.equal('Written at leisure');

      await steward.press('record.carryOver');
      expect(await page.getByLabel(steward.say('record.in.en.title')).inputValue()).to.equal(title.en);
      expect(await abstract.inputValue()).to.equal('Written at leisure');
      await steward.press('record.save');
      await page.waitForURL(new RegExp(`/datasets/${dataset}$`));
      const after = await recordOf(dataset);
      expect([after.title, after.updateFrequency, after.abstract.en]).to.deep.equal([
        title,
        'weekly',
        'Written at leisure',
      ]);
      await steward.close();
    }),
  );

  LANGUAGES.forEach((language, at) =>
    it(`a draft says what it lacks, is listed, suspended, restored and withdrawn, in ${language}`, async function () {
      this.timeout(240_000);
      const bare = { identifier: `DESK-${at}`, title: { zh: '试验数据集', en: 'Trial' }, declaredTier: 'conditional' };
      const { id } = fine(await cases.as(STEWARD).post('/api/datasets', bare)).body;
      const steward = await desk.open(language, STEWARD, at === 0 ? WIDTHS.desk : WIDTHS.phone);
      const { page } = steward;
      await steward.visit(`/datasets/${id}`);
      expect(await steward.commands()).to.deep.equal(['withdraw']);
      await page.locator('#keep').getByText(steward.say('codes.recordPlace.abstract'), { exact: true }).waitFor();
      await steward.isSound('a draft that lacks something');
      // What is lacking leads to where it is written.
      for (const [place, label] of [
        ['field', 'codes.recordPlace.field'],
        ['conditions', 'record.addCondition'],
        ['agreementTemplate', 'codes.recordPlace.agreementTemplate'],
        ['abstract', 'record.in.zh.abstract'],
      ] as const) {
        await steward.visit(`/datasets/${id}`);
        const leads = page.locator('#keep').getByRole('link', { name: steward.say(`codes.recordPlace.${place}`) });
        await leads.click();
        await steward.heading(steward.say('record.edit'));
        const led = page.locator(`:is(#${place}, #${place} *):focus`);
        await led.waitFor();
        expect(await led.evaluate(isFullySeen), `${place}, ${label}`).to.equal(true);
      }
      await steward.fill('record.in.zh.abstract', '试验说明');
      await page.getByLabel(steward.say('codes.recordPlace.field'), { exact: true }).selectOption('transport');
      await page.getByLabel(steward.say('codes.recordPlace.updateFrequency'), { exact: true }).selectOption('yearly');
      await page.getByLabel(steward.say('codes.delivery.download')).check();
      await page
        .getByLabel(steward.say('codes.recordPlace.agreementTemplate'), { exact: true })
        .selectOption({ index: 1 });
      await page.getByRole('radio', { name: steward.say('codes.sharingTier.conditional') }).check();
      await steward.fill('record.in.zh.sharingCondition', '仅用于履行职责');
      await steward.fill('record.in.en.sharingCondition', 'For official duties only');
      await steward.fill('record.in.en.legalBasis', 'Statistics Law, art. 25');
      await steward.press('record.addDistribution');
      const file = page.locator('#distributions details').last();
      await file.getByLabel(steward.say('record.in.zh.title')).fill('全部数据');
      await file.getByLabel(steward.say('record.format')).fill('CSV');
      await file.getByLabel(steward.say('record.mediaType')).fill('csv');
      await steward.press('record.addCondition');
      await steward.press('record.save');
      await file.locator('[aria-invalid="true"]').waitFor();
      await file.getByLabel(steward.say('record.mediaType')).fill('text/csv');
      await steward.isSound('a record with a media type');
      await steward.press('record.save');
      await page.waitForURL(new RegExp(`/datasets/${id}$`));
      await steward.settled();
      const saved = await recordOf(id);
      expect(saved.distributions[0].mediaType).to.equal('text/csv');
      expect(saved.sharingConditionWording).to.deep.equal({ zh: '仅用于履行职责', en: 'For official duties only' });
      expect(saved.legalBasisWording).to.deep.equal({ en: 'Statistics Law, art. 25' });
      await page
        .getByText(saved.sharingConditionWording[language === 'en' ? 'en' : 'zh'])
        .first()
        .waitFor();

      const does = (name: string) => steward.say(`record.does.${name}`);
      await page.locator('button[data-command="list"]').click();
      await page.getByText(does('list')).waitFor();
      await page.locator('form[data-command="list"] button[type=submit]').click();
      await page.getByText(steward.say('command.done', { command: steward.say('codes.command.list') })).waitFor();
      expect((await recordOf(id)).state).to.equal('listed');
      for (const name of ['suspend', 'restore', 'withdraw']) {
        await page.locator(`button[data-command="${name}"]`).click();
        await page.getByText(does(name)).waitFor();
        await steward.isSound(`before ${name}`);
        if (name !== 'restore') await steward.fill('record.in.zh.reason', '数据质量问题');
        if (name === 'suspend') await steward.fill('record.in.en.reason', 'Wrong figures');
        await page.locator(`form[data-command="${name}"] button[type=submit]`).click();
        await page.getByText(steward.say('command.done', { command: steward.say(`codes.command.${name}`) })).waitFor();
        await steward.settled();
        // Nobody waits for what they keep themselves.
        expect(await page.getByText(steward.say('codes.nextStepHelp.wait')).count(), name).to.equal(0);
        if (name === 'suspend')
          for (const [read, told] of [
            ['zh-CN', '数据质量问题'],
            ['en', 'Wrong figures'],
          ] as const)
            expect((await recordOf(id, read)).notices[0].text).to.equal(told);
      }
      expect((await recordOf(id)).state).to.equal('withdrawn');
      expect(await steward.commands()).to.deep.equal(['restore']);
      expect(await page.getByRole('link', { name: steward.say('record.edit') }).count()).to.equal(1);
      await steward.close();
    }),
  );

  LANGUAGES.forEach((language, at) =>
    it(`its steward says where the secure environment is, and who was granted it reads so, in ${language}`, async function () {
      this.timeout(240_000);
      const dataset = cases.datasets[2 + at] as string;
      const width = at === 0 ? WIDTHS.phone : WIDTHS.desk;
      const { deliveryKinds } = await recordOf(dataset);
      const delivered = { deliveryKinds: [...new Set([...deliveryKinds, 'sandbox'])], sandbox: null };
      fine(await cases.as(STEWARD).change(`/api/datasets/${dataset}`, delivered));
      const grant = await cases.granted(dataset);
      const limit = { reason: 'Inside only', delivery: 'sandbox' };
      fine(await cases.as('supervisor').command(grant, 'limit', limit));
      const page = grant.replace('/api', '');
      const handler = await desk.open(language, 'enterprise-a-handler', width);
      await handler.visit(page);
      await handler.page.getByText(handler.say('grant.noLinks.sandbox')).waitFor();

      const steward = await desk.open(language, STEWARD, width);
      await steward.visit(`/datasets/${dataset}`);
      await steward.page.getByText(steward.say('record.sandboxUnsaid')).waitFor();
      await steward.isSound('a record that does not say where its environment is');
      await steward.page.getByRole('link', { name: steward.say('record.saySandbox') }).click();
      await steward.heading(steward.say('record.edit'));
      await steward.page.locator('#sandbox :focus').waitFor();
      const place = steward.page.locator('#sandbox');
      await place.getByLabel(steward.say('record.address')).fill('https://lab.example.org/');
      await steward.press('record.save');
      await place.locator('[aria-invalid="true"]').first().waitFor();
      await steward.fill('record.in.zh.sandbox', '四号楼二层');
      await steward.fill('record.in.en.sandbox', 'Building 4, second floor');
      await steward.isSound('where the environment is, written');
      await steward.press('record.save');
      await steward.page.waitForURL(new RegExp(`/datasets/${dataset}$`));
      await steward.settled();
      expect(await steward.page.getByText(steward.say('record.sandboxUnsaid')).count()).to.equal(0);

      await handler.visit(page);
      await handler.page.getByText(language === 'en' ? 'Building 4, second floor' : '四号楼二层').waitFor();
      const way = handler.page.getByRole('link', { name: handler.say('grant.sandboxOpen') });
      expect(await way.getAttribute('href')).to.equal('https://lab.example.org/');
      await handler.isSound('a grant that says where the environment is');
      await steward.close();
      await handler.close();
    }),
  );

  it('is kept by nobody but its stewards; a supervisor may stop it', async function () {
    this.timeout(240_000);
    const dataset = cases.datasets[0] as string;
    for (const [who, offered] of [
      ['enterprise-a-handler', []],
      ['reviewer-transport', []],
      ['steward-health', []],
      ['supervisor', ['suspend']],
    ] as const) {
      const user = await desk.open('en', who);
      await user.visit(`/datasets/${dataset}`);
      expect(await user.commands(), who).to.deep.equal([...offered]);
      expect(await user.page.getByRole('link', { name: user.say('record.edit') }).count(), who).to.equal(0);
      await user.visit(`/datasets/${dataset}/edit`);
      await user.page.getByText(user.say('record.notYours')).waitFor();
      await user.isSound(`a record that ${who} does not edit`);
      expect(await user.page.getByRole('button', { name: user.say('record.save') }).count(), who).to.equal(0);
      await user.close();
    }
  });
});
