import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { Cases } from '../support/cases.js';
import { LANGUAGES, WIDTHS } from '../support/console.js';
import { describeAtDesk } from '../support/desk.js';
import { textOf } from '../support/mail-server.js';

describeAtDesk('notifications in the console', (desk) => {
  LANGUAGES.forEach((language, at) =>
    it(`ring the bell, lead to the case, and are read, in ${language}`, async function () {
      this.timeout(240_000);
      const cases = await Cases.open(desk.address);
      const path = await cases.at('submitted');
      await cases.give('reviewer-transport', path, 'accept');
      await cases.give('reviewer-transport', path, 'ask', { text: 'Which servers? 存放在哪里？' });
      const told = (await cases.as('enterprise-a-handler').get('/api/notifications?unread=true')).body.total as number;

      const width = at === 0 ? WIDTHS.phone : WIDTHS.desk;
      const user = await desk.open(language, 'enterprise-a-handler', width);
      const { page } = user;
      const bell = page.locator('a.bell');
      const openMenu = async () => {
        if (width === WIDTHS.phone) await page.locator('.burger').click();
      };
      const counts = async (count: number): Promise<void> => {
        const name = user.say('shell.bell_other', { count });
        await page.locator(`a.bell[aria-label="${name}"]`).waitFor({ state: 'attached' });
      };
      await counts(told);
      await openMenu();
      await user.isSound('the bell in the bar');
      await bell.click();
      await user.heading(user.say('notifications.title'));
      await page.locator('li.told.is-unread').first().waitFor();
      expect(await page.locator('li.told.is-unread').count()).to.equal(Math.min(told, 20));
      const [chinese, english] = [/\p{Script=Han}{4}/u, /There is a question about application/];
      expect(await page.locator('li.told').first().textContent()).to.match(language === 'en' ? english : chinese);
      await user.isSound('what was told');

      const link = page.locator('li.told a.row-title').first();
      const id = path.split('/').at(-1);
      expect(await link.getAttribute('href')).to.equal(`/applications/${id}`);
      await link.click();
      await page.waitForURL(`**/applications/${id}`);
      await user.settled();
      await counts(told - 1);
      await user.visit('/notifications?unread=true');
      await page.locator('li.told').first().waitFor();
      await page.locator('li.told .row-side button').first().click();
      await counts(told - 2);
      await user.press('notifications.markAll');
      await page.getByText(user.say('notifications.allRead')).waitFor();
      await counts(0);
      expect(await page.locator('.bell-count').count()).to.equal(0);
      await user.isSound('nothing unread');
      await user.visit('/notifications');
      await page.locator('li.told').first().waitFor();
      expect(await page.locator('li.told.is-unread').count()).to.equal(0);
      await user.close();
    }),
  );

  it('show somebody who was told nothing that it is so, and a visitor no bell', async function () {
    this.timeout(240_000);
    const admin = await desk.open('en', 'admin');
    await admin.visit('/notifications');
    await admin.page.getByText(admin.say('notifications.empty')).waitFor();
    await admin.isSound('nothing told');
    await admin.close();
    const visitor = await desk.open('zh-CN');
    await visitor.visit('/');
    expect(await visitor.page.locator('a.bell').count()).to.equal(0);
    await visitor.visit('/notifications');
    await visitor.heading(visitor.say('guard.title'));
    await visitor.isSound('a visitor');
    await visitor.close();
  });

  LANGUAGES.forEach((language, at) =>
    it(`let somebody choose to be told by mail, in ${language}`, async function () {
      this.timeout(240_000);
      const user = await desk.open(
        language,
        `steward-${at === 0 ? 'transport' : 'health'}`,
        at === 0 ? WIDTHS.phone : WIDTHS.desk,
      );
      const { page } = user;
      const letters = join(desk.place.folder, 'data', 'mail');
      const written = (): string[] => (existsSync(letters) ? readdirSync(letters).sort() : []);
      /** The code of the letter that comes after those there were. */
      const codeAfter = async (before: number): Promise<string> => {
        while (written().length === before) await sleep(100);
        const raw = readFileSync(join(letters, written().at(-1) ?? ''), 'utf8');
        return /^ {2}([2-9A-Z]{8})$/m.exec(textOf(raw))?.[1] ?? expect.fail(raw);
      };
      await user.visit('/notifications');
      await page.getByRole('link', { name: user.say('mail.settings') }).click();
      await user.heading(user.say('mail.title'));
      await user.isSound('nothing chosen');
      const daily = page.getByRole('radio', { name: user.say('codes.mailMode.daily') });
      await daily.check();
      const save = page.getByRole('button', { name: user.say('mail.save'), exact: true });
      expect(await save.isDisabled(), 'without an address').to.equal(true);
      await user.fill('mail.address', 'steward@example');
      await page.locator('form').evaluate((form) => form.setAttribute('novalidate', ''));
      await save.click();
      await page.locator('.problem').waitFor();
      await user.isSound('an address that is none');
      await user.fill('mail.address', 'steward@example.org');
      const before = written().length;
      await save.click();
      await page.getByText(user.say('mail.saved'), { exact: true }).waitFor();
      await page.getByRole('heading', { name: user.say('mail.confirm') }).waitFor();
      await user.isSound('an address that waits for its code');
      await user.fill('mail.code', '22222222');
      const confirm = page.getByRole('button', { name: user.say('mail.confirmIt'), exact: true });
      await confirm.click();
      await page.locator('.problem').waitFor();
      await user.isSound('a wrong code');
      await codeAfter(before);
      await page.getByRole('button', { name: user.say('mail.sendAgain') }).click();
      await page.getByText(user.say('mail.sentAgain'), { exact: true }).waitFor();
      await user.visit(`/notifications/mail?code=${await codeAfter(before + 1)}`);
      await confirm.click();
      await page.getByRole('heading', { name: user.say('mail.confirm') }).waitFor({ state: 'detached' });
      await user.isSound('chosen');
      await page.reload();
      await user.settled();
      expect(await page.getByLabel(user.say('mail.address')).inputValue()).to.equal('steward@example.org');
      expect(await daily.isChecked()).to.equal(true);
      await user.close();
    }),
  );
});
