import { expect } from 'chai';
import { type ConsoleUser, LANGUAGES, WIDTHS } from '../support/console.js';
import { describeAtDesk } from '../support/desk.js';
import { residentNumber } from '../support/registrant.js';

const PASSWORD = 'window seven hills';

describeAtDesk('registration in the console', (desk) => {
  const account = async (user: ConsoleUser, username: string, name: string) => {
    await user.page.getByRole('textbox', { name: user.say('join.name'), exact: true }).fill(name);
    await user.fill('signIn.username', username);
    await user.page.locator('main input[type=password]').first().fill(PASSWORD);
  };
  const choose = (user: ConsoleUser, kind: string) =>
    user.page.getByLabel(user.say(`codes.registrant.${kind}`), { exact: true }).check();
  const signIn = async (user: ConsoleUser, username: string) => {
    await user.visit('/sign-in');
    await user.page.locator('input[name=username]').fill(username);
    await user.page.locator('input[name=password]').fill(PASSWORD);
    await user.press('action.signIn');
    await user.page.waitForURL((url) => url.pathname !== '/sign-in');
    await user.page.locator('.account').waitFor({ state: 'attached' });
  };
  /** What the menu of the account says they act as; a phone folds the menu away. */
  const namedAs = async (user: ConsoleUser, words: string) => {
    if ((user.page.viewportSize()?.width ?? 0) < WIDTHS.desk) return;
    await user.page.locator('.account').click();
    await user.page.getByRole('menu').getByText(words).waitFor();
    await user.page.keyboard.press('Escape');
  };
  /** The administrator finds it in the list, by its name. */
  const found = async (admin: ConsoleUser, name: string) => {
    await admin.visit('/registrations?state=submitted');
    await admin.isSound('the list of registrations');
    await admin.page.getByRole('link', { name, exact: true }).click();
    await admin.heading(name);
  };

  LANGUAGES.forEach((language, at) => {
    const width = at === 0 ? WIDTHS.phone : WIDTHS.desk;

    it(`lets a person take part in their own name, in ${language}`, async function () {
      this.timeout(240_000);
      const [username, name, number] = [`person-${at}`, `来者${at}`, residentNumber(700 + at)];
      const person = await desk.open(language, undefined, width);
      await person.visit('/sign-in');
      await person.page.getByRole('link', { name: person.say('join.title'), exact: true }).click();
      await person.heading(person.say('join.title'));
      for (const kind of ['enterprise', 'unincorporated', 'person']) {
        await choose(person, kind);
        await person.isSound(`the form of ${kind}`);
      }
      await account(person, username, name);
      await person.fill('join.number', `${number.slice(0, 17)}${number.endsWith('X') ? '0' : 'X'}`);
      await person.press('join.give');
      await person.page.getByText(person.say('codes.fault.invalid-identity')).first().waitFor();
      await person.isSound('a number with a typo');
      await person.fill('join.number', number);
      await person.press('join.give');
      await person.page.getByText(person.say('join.nextPerson')).waitFor();
      await person.isSound('the receipt');

      const admin = await desk.open(language, 'admin', width);
      await found(admin, name);
      expect(await admin.commands()).to.deep.equal(['check-identity', 'refuse']);
      await admin.page.getByText(`…${number.slice(-4)}`).waitFor();
      await admin.isSound('a registration of a person');
      await admin.command('check-identity', () => admin.fill('registrations.seen', number));
      await admin.page.getByText(admin.say('registrations.checked')).waitFor();
      expect(await admin.commands()).to.deep.equal(['verify', 'refuse']);
      await admin.command('verify', async () => admin.isSound('what verifying does'));
      await admin.page.getByText(admin.say('codes.registrationState.verified')).first().waitFor();

      await signIn(person, username);
      await namedAs(person, person.say('shell.noOrganisation'));
      for (const path of ['/applications', '/grants', '/evidence', '/violations', '/notices']) {
        await person.visit(path);
        await person.isSound(path);
        const text = await person.page.locator('main').innerText();
        if (path !== '/notices') expect(text, path).to.not.match(/[Yy]our organisation|贵单位|本单位/);
      }
    });

    it(`lets an unincorporated organisation take part with one person for both, in ${language}`, async function () {
      this.timeout(240_000);
      const [username, name] = [`studio-${at}`, `某某工作室${at}`];
      const studio = await desk.open(language, undefined, at === 0 ? WIDTHS.desk : WIDTHS.phone);
      await studio.visit('/join');
      await choose(studio, 'unincorporated');
      await studio.page.getByLabel(studio.say('join.organisation')).fill(name);
      await studio.fill('join.answersFor', '合伙协议第三条。 Article 3 of the partnership agreement.');
      await account(studio, username, '甲');
      await studio.isSound('a whole form');
      await studio.press('join.give');
      await studio.page.getByText(studio.say('join.next')).waitFor();
      const admin = await desk.open(language, 'admin-2', at === 0 ? WIDTHS.desk : WIDTHS.phone);
      await found(admin, name);
      expect(await admin.commands()).to.deep.equal(['verify', 'refuse']);
      await admin.command('verify', async () => {});
      await signIn(studio, username);
      await namedAs(studio, name);
    });
  });
});
