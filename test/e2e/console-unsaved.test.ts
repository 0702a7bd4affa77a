import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { Cases, fine } from '../support/cases.js';
import { LANGUAGES, WIDTHS } from '../support/console.js';
import { describeAtDesk } from '../support/desk.js';

const STEWARD = 'steward-transport';

describeAtDesk('what is not saved yet in the console', (desk) => {
  let cases: Cases;
  before(async () => {
    cases = await Cases.open(desk.address);
  });

  const recordOf = async (id: string) => fine(await cases.as(STEWARD).get(`/api/datasets/${id}`)).body;

  LANGUAGES.forEach((language, at) =>
    it(`of a record is asked about before it is lost, in ${language}`, async function () {
      this.timeout(240_000);
      const dataset = cases.datasets[4] as string;
      const steward = await desk.open(language, STEWARD, at === 0 ? WIDTHS.phone : WIDTHS.desk);
      const { page } = steward;
      const asked: string[] = [];
      let leaves = false;
      page.on('dialog', (dialog) => {
        asked.push(dialog.type() === 'confirm' ? dialog.message() : dialog.type());
        void (leaves ? dialog.accept() : dialog.dismiss());
      });
      const away = () =>
        page
          .locator('main')
          .getByRole('link', { name: steward.say('action.cancel') })
          .click();
      const question = steward.say('action.leaveUnsaved');
      const edited = `/datasets/${dataset}/edit`;
      const answered = async (times: number) => {
        while (asked.length < times) await sleep(20);
        expect(asked.splice(0)).to.deep.equal(Array.from({ length: times }, () => question));
      };

      // Nothing written, nobody asked.
      await steward.visit(`/datasets/${dataset}`);
      await page.getByRole('link', { name: steward.say('record.edit') }).click();
      await steward.heading(steward.say('record.edit'));
      await away();
      await page.waitForURL(new RegExp(`/datasets/${dataset}$`));
      expect(asked).to.deep.equal([]);

      await page.getByRole('link', { name: steward.say('record.edit') }).click();
      await steward.heading(steward.say('record.edit'));
      await steward.fill('record.in.en.abstract', 'Half a thought');
      await away();
      await answered(1);
      await page.goBack();
      await answered(1);
      await page.waitForURL(new RegExp(`${edited}$`));
      expect(await page.getByLabel(steward.say('record.in.en.abstract')).inputValue()).to.equal('Half a thought');
      // The browser asks in its own words where the page is closed or read again.
      await page.reload({ timeout: 5_000 }).catch(() => undefined);
      expect(asked.splice(0)).to.deep.equal(['beforeunload']);
      leaves = true;
      await away();
      await answered(1);
      await page.waitForURL(new RegExp(`/datasets/${dataset}$`));
      expect((await recordOf(dataset)).abstract.en).to.not.equal('Half a thought');
      // What is saved is not asked about.
      await steward.visit(edited);
      await steward.fill('record.in.en.abstract', `A whole thought ${at}`);
      await steward.press('record.save');
      await page.waitForURL(new RegExp(`/datasets/${dataset}$`));
      await steward.settled();
      await steward.visit('/datasets/new');
      await steward.fill('dataset.identifier', 'X');
      await away();
      await answered(1);
      await steward.close();
    }),
  );

  it('of a complaint, an objection or a demand is asked about on the way out', async function () {
    this.timeout(240_000);
    const handler = await desk.open('zh-CN', 'enterprise-a-handler', WIDTHS.desk);
    const { page } = handler;
    const asked: string[] = [];
    page.on('dialog', (dialog) => {
      asked.push(dialog.type() === 'confirm' ? dialog.message() : dialog.type());
      void dialog.accept();
    });
    const record = `/datasets/${cases.datasets[6]}`;
    const forms = [
      [`${record}/wrong`, 'wrong.reason'],
      [`${record}/objection`, 'objections.why'],
      ['/demands/new', 'makeDemand.description'],
    ] as const;
    for (const [path, field] of forms) {
      for (const text of ['', '只写了一半']) {
        await handler.visit(path);
        if (field === 'wrong.reason') await page.locator('input[type=radio][value=quality]').check();
        await handler.fill(field, text);
        await page.locator('.page-above a').click();
        await page.waitForURL((url) => url.pathname !== path);
        // The form asks until it is gone, which is a moment after the address.
        await handler.settled();
        const question = [handler.say('action.leaveUnsaved')];
        expect(asked.splice(0), `${path} ${text}`).to.deep.equal(text === '' ? [] : question);
      }
    }
    await handler.close();
  });

  it('of an application is kept on the way out, or asked about where it cannot be', async function () {
    this.timeout(240_000);
    const handler = await desk.open('en', 'enterprise-a-handler', WIDTHS.phone);
    const { page } = handler;
    const asked: string[] = [];
    page.on('dialog', (dialog) => {
      asked.push(dialog.message());
      void dialog.dismiss();
    });
    const path = `/apply?dataset=${cases.datasets[5]}`;
    const away = () => page.locator('.page-above a').click();
    await handler.visit(path);
    await handler.fill('apply.scenario', 'Travel times of goods vehicles');
    // Without a purpose nothing can be saved.
    await away();
    while (asked.length === 0) await sleep(20);
    expect(asked.splice(0)).to.deep.equal([handler.say('action.leaveUnsaved')]);
    expect(new URL(page.url()).pathname).to.equal('/apply');
    await page.locator('select').first().selectOption('research');
    await away();
    await page.waitForURL(/\/datasets\/[^/]+$/);
    expect(asked).to.deep.equal([]);
    const { items } = fine(await cases.as('enterprise-a-handler').get('/api/applications?state=draft')).body;
    const drafts = await Promise.all(
      items.map(
        async ({ id }: { id: string }) =>
          fine(await cases.as('enterprise-a-handler').get(`/api/applications/${id}`)).body,
      ),
    );
    expect(drafts.map(({ purpose }) => purpose.scenario)).to.include('Travel times of goods vehicles');
    await handler.close();
  });
});
