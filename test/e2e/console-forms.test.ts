import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { Caller } from '../support/caller.js';
import { LANGUAGES, WIDTHS } from '../support/console.js';
import { describeAtDesk } from '../support/desk.js';

// oxlint-disable-next-line typescript/no-explicit-any -- answers as they come over HTTP
type Body = any;

describeAtDesk('forms in the console', (desk) => {
  /** A conditional dataset that asks for no proofs, so that only the form stands against submitting. */
  const plain = async (): Promise<string> => {
    const { items } = (await Caller.anonymous(desk.address).get('/api/datasets?tier=conditional&limit=100'))
      .body as Body;
    for (const { id } of items) {
      const dataset = (await Caller.anonymous(desk.address).get(`/api/datasets/${id}`)).body as Body;
      const asks = dataset.conditions.some((one: Body) => one.evidenceRequired);
      if (!asks && dataset.agreement != null && dataset.deliveryKinds.includes('download')) return id;
    }
    throw new Error('every dataset asks for proofs');
  };

  it('are written by the officer, question by question, tried beside, published, and taken out of force', async function () {
    this.timeout(240_000);
    const user = await desk.open('en', 'officer');
    await user.visit('/forms');
    await user.isSound('the forms in force');
    const row = user.page.locator('li.row-card', { hasText: user.say('codes.purpose.journalism') });
    await row.getByRole('link', { name: user.say('forms.write') }).click();
    await user.heading(user.say('forms.editTitle', { purpose: user.say('codes.purpose.journalism') }));
    await user.fill('forms.titleZh', '新闻用途');
    await user.fill('forms.titleEn', 'Journalism');

    const field = (at: number) => user.page.locator('fieldset.proof').nth(at);
    const write = async (at: number, key: string, text: string) =>
      field(at).getByLabel(user.say(key), { exact: true }).fill(text);
    await write(0, 'forms.questionEn', 'Where will it appear?');
    await write(0, 'forms.questionZh', '将在何处刊发？');
    await field(0).getByLabel(user.say('forms.kind')).selectOption('choice');
    await write(0, 'forms.options', 'print | 报纸 | In print\nonline | 网站 | Online');
    await field(0).getByLabel(user.say('forms.required')).check();
    await user.press('forms.add');
    await write(1, 'forms.questionEn', 'At which address?');
    await field(1).getByLabel(user.say('forms.required')).check();
    await field(1).getByLabel(user.say('forms.when')).selectOption({ label: '将在何处刊发？' });
    await field(1).getByText('online', { exact: true }).click();

    const preview = user.page.locator('.card', { hasText: user.say('forms.preview') });
    expect(await preview.getByLabel('At which address?').count()).to.equal(0);
    await preview.getByLabel('Where will it appear?').selectOption('online');
    await preview.getByLabel('At which address?').waitFor();
    await user.isSound('a form being written');

    // Names of fields are unique: the server says which one is not, and the screen shows it there.
    const [first] = [await field(0).getByLabel(user.say('forms.name')).inputValue()];
    await write(1, 'forms.name', first);
    await user.press('forms.publish', { number: 1 });
    await field(1).locator('[aria-invalid="true"]').first().waitFor();
    await write(1, 'forms.name', 'address');
    await user.press('forms.publish', { number: 1 });
    await user.heading(user.say('forms.title'));
    await row.getByText(user.say('forms.version', { number: 1 })).waitFor();

    const { items } = (await Caller.anonymous(desk.address).get('/api/forms')).body as Body;
    const published = items.find((one: Body) => one.purpose === 'journalism');
    expect(published.fields[1]).to.deep.include({ name: 'address', when: { field: first, in: ['online'] } });
    await row.getByRole('button', { name: user.say('forms.withdraw') }).click();
    await row.getByText(user.say('forms.none')).waitFor();
    await user.close();
  });

  it('lose nothing of the version before when the next one is written', async function () {
    this.timeout(240_000);
    const both = (text: string) => ({ zh: `${text}（中）`, en: `${text} (en)` });
    const options = ['a', 'b'].map((value) => ({ value, title: both(value) }));
    const fields = [
      { name: 'line', kind: 'text', title: both('line'), help: both('help'), required: true, maxLength: 40 },
      { name: 'lines', kind: 'long-text', title: { en: 'lines' }, help: { en: 'only here' }, required: false },
      { name: 'one', kind: 'choice', title: { zh: '一' }, required: true, options },
      {
        name: 'some',
        kind: 'choices',
        title: both('some'),
        required: false,
        options,
        when: { field: 'one', in: ['b'] },
      },
      { name: 'count', kind: 'number', title: both('count'), required: false, minimum: -1.5, maximum: 10 },
      { name: 'on', kind: 'day', title: both('on'), required: true },
      { name: 'yes', kind: 'yes-no', title: both('yes'), required: true },
      { name: 'why', kind: 'text', title: both('why'), required: true, when: { field: 'yes', in: ['no'] } },
    ];
    const officer = await Caller.person(desk.address, 'officer');
    const form = { purpose: 'education', title: both('Education'), obligatory: true, fields };
    expect((await officer.post('/api/forms', form)).status).to.equal(201);
    const user = await desk.open('zh-CN', 'officer', WIDTHS.phone);
    await user.visit('/forms/education');
    await user.isSound('a whole form in the editor');
    await user.press('forms.publish', { number: 2 });
    await user.heading(user.say('forms.title'));
    await user.close();
    const { items } = (await officer.get('/api/forms')).body as Body;
    const { title, number, obligatory, fields: next } = items.find((one: Body) => one.purpose === 'education');
    expect({ title, number, obligatory }).to.deep.equal({ title: form.title, number: 2, obligatory: true });
    expect(next).to.deep.equal(fields);
  });

  for (const language of LANGUAGES) {
    it(`are answered in the wizard and read beside the case, in ${language}`, async function () {
      this.timeout(240_000);
      const dataset = await plain();
      const zh = language === 'zh-CN';
      const user = await desk.open(language, 'enterprise-a-handler', zh ? WIDTHS.phone : WIDTHS.desk);
      await user.visit(`/apply?dataset=${dataset}`);
      const { page } = user;
      expect(await page.getByText(user.say('forms.optional')).count()).to.equal(0);
      await page.getByLabel(user.say('apply.category')).selectOption('product-development');
      await page.getByText(user.say('forms.optional')).waitFor();
      const other = zh ? '其他成果是什么？' : 'What else is it?';
      await page.getByRole('checkbox', { name: zh ? '其他' : 'Something else' }).check();
      await page.getByLabel(other).fill(zh ? '地图' : 'A map');
      await page
        .getByRole('spinbutton')
        .or(page.getByLabel(zh ? '预计用户数' : 'How many people will use it?'))
        .first()
        .fill('200');
      await user.fill('apply.scenario', `Deliveries planned by the hour. 按小时规划配送。${language}`);
      await user.press('apply.submit');

      // One obligatory question of the form is open: the case is not sent, and the field says so.
      await page.getByText(user.say('codes.fault.answer-missing')).first().waitFor();
      await user.isSound('a form with an answer missing');
      await page.getByRole('radio', { name: user.say('forms.no') }).check();
      const file = { name: '等保备案 plan.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 a plan') };
      await page.locator('input[type=file]').setInputFiles(file);
      await page.getByRole('button', { name: file.name, exact: true }).waitFor();
      await page.locator('input[type=file]').setInputFiles({ ...file, buffer: Buffer.from('no PDF') });
      await page.getByText('attachment-type').waitFor();
      expect(await page.locator('[data-attachment]').count()).to.equal(1);
      await user.press('apply.submit');
      await page.waitForURL(/\/applications\/[0-9A-Z]{26}$/);
      const id = page.url().split('/').at(-1) ?? '';
      await page.getByText(zh ? '地图' : 'A map', { exact: true }).waitFor();
      const [saved] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: file.name, exact: true }).click(),
      ]);
      expect(saved.suggestedFilename()).to.equal(file.name);
      expect(readFileSync(await saved.path(), 'utf8')).to.equal('%PDF-1.7 a plan');
      await user.isSound('a case with answers');
      await user.close();

      const handler = await Caller.person(desk.address, 'enterprise-a-handler');
      const { form } = (await handler.get(`/api/applications/${id}`)).body as Body;
      expect(form.answers).to.deep.equal({
        made: ['other'],
        otherResult: zh ? '地图' : 'A map',
        users: 200,
        charged: false,
      });
    });
  }
});
