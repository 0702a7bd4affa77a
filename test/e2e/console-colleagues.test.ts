import { expect } from 'chai';
import { Caller } from '../support/caller.js';
import { describeInChromium } from '../support/chromium.js';
import { ConsoleUser, LANGUAGES, WIDTHS } from '../support/console.js';
import { seededPlace } from '../support/desk.js';
import { headersOf, MailServer, textOf } from '../support/mail-server.js';
import { type Place, RunningProduct } from '../support/product.js';

const PASSWORD = 'window seven hills';
const WAIT = 20_000;
const STOPPED = { 'zh-CN': '这些角色不得由同一人担任', en: 'These roles are kept apart' } as const;
const ACCEPT_AS = { 'zh-CN': '的身份接受', en: 'Accept as' } as const;

/** An enterprise brings in its own people: by letter over a real mail server, by a link passed on, with a post and without. */
describeInChromium('colleagues in the console', (browser) => {
  const post = new MailServer();
  let place: Place | undefined;
  let product: RunningProduct | undefined;
  before(async function () {
    this.timeout(240_000);
    place = await seededPlace();
    place.environment['TIERGATE_SMTP_URL'] = await post.start();
    product = await RunningProduct.start(place);
  });
  after(async () => {
    await product?.stop();
    await post.stop();
    place?.remove();
  });

  const open = async (language: (typeof LANGUAGES)[number], username: string | undefined, width: number) => {
    const user = await ConsoleUser.open(browser(), (product as RunningProduct).address, language, width);
    if (username !== undefined) await user.signIn(username);
    return user;
  };
  const letterTo = async (address: string): Promise<string> => {
    for (const until = Date.now() + WAIT; Date.now() < until; await new Promise((done) => setTimeout(done, 100))) {
      const found = post.arrived.findLast(({ to }) => to.includes(address));
      if (found !== undefined) return found.raw;
    }
    throw new Error(`no letter to ${address}`);
  };
  const pathIn = (text: string): string => {
    const found = /\/invited#\S+/.exec(text)?.[0];
    if (found === undefined) throw new Error(`no link in: ${text}`);
    return found;
  };
  const invite = async (user: ConsoleUser, name: string, address: string, role: string) => {
    await user.visit('/colleagues');
    await user.page.getByRole('textbox', { name: user.say('join.name'), exact: true }).fill(name);
    await user.fill('colleagues.address', address);
    await user.page.getByLabel(user.say('colleagues.post'), { exact: true }).selectOption(role);
    if (role === 'signatory') await user.fill('join.authorisation', '法定代表人授权。');
    const letters = { 'zh-CN': 'zh', en: 'en' } as const;
    await user.page.getByLabel(user.say('colleagues.language')).selectOption(letters[user.language]);
    await user.isSound('the form');
    await user.press('colleagues.give');
    await user.page.getByText(user.say('colleagues.sent', { name, address })).waitFor();
  };
  const acceptAnew = async (user: ConsoleUser, path: string, username: string) => {
    await user.visit(path);
    await user.heading(user.say('invited.title'));
    expect(new URL(user.page.url()).hash, 'the secret stays in no address').to.equal('');
    await user.isSound('an invitation');
    const main = user.page.locator('main form.command-form');
    await main.getByRole('textbox', { name: user.say('signIn.username') }).fill(username);
    await main.locator('input[type=password]').fill(PASSWORD);
    await main.getByRole('button', { name: user.say('invited.accept'), exact: true }).click();
    await user.page.getByText(user.say('invited.done')).waitFor();
    await user.isSound('what follows');
  };
  const signIn = async (user: ConsoleUser, username: string) => {
    await user.visit('/sign-in');
    await user.page.locator('input[name=username]').fill(username);
    await user.page.locator('input[name=password]').fill(PASSWORD);
    await user.press('action.signIn');
    await user.page.waitForURL((url) => url.pathname !== '/sign-in');
    await user.page.locator('.account').waitFor({ state: 'attached' });
  };
  const rowOf = (user: ConsoleUser, text: string) => user.page.locator('li.row-card', { hasText: text });

  LANGUAGES.forEach((language, at) => {
    const width = at === 0 ? WIDTHS.phone : WIDTHS.desk;

    it(`brings in a handler by letter, and lets them go, in ${language}`, async function () {
      this.timeout(240_000);
      const [name, address, username] = [`来人${at}`, `handler-${at}@example.org`, `handler-${at}`];
      const signatory = await open(language, 'enterprise-a-signatory', width);
      await invite(signatory, name, address, 'handler');
      await signatory.isSound('the link, once');
      const raw = await letterTo(address);
      expect(headersOf(raw).get('to')).to.include(address);
      const path = pathIn(textOf(raw));
      const guest = await open(language, undefined, width);
      await acceptAnew(guest, path, username);
      await signIn(guest, username);
      await guest.visit('/applications');
      await guest.isSound('what a new handler sees');

      await signatory.visit('/colleagues');
      await signatory.isSound('colleagues');
      const row = rowOf(signatory, username);
      await row.locator('button[data-command="end"]').click();
      await row.locator('form[data-command="end"] button[type=submit]').click();
      await row.getByText(signatory.say('colleagues.noPost')).waitFor();
      await row.locator('button[data-command="remove"]').click();
      await row.getByLabel(signatory.say('command.reason')).fill('Left.');
      await signatory.isSound('letting somebody go');
      await row.locator('form[data-command="remove"] button[type=submit]').click();
      await row.getByText(signatory.say('codes.colleagueState.off')).waitFor();
      await guest.visit('/applications');
      const asked = guest.page.getByText(guest.say('guard.title'));
      await asked.or(guest.page.getByText(guest.say('guard.ended'))).waitFor();
      const again = await open(language, undefined, width);
      await again.visit(path);
      await again.page.locator('main [role=alert], main .problem').first().waitFor();
      await again.isSound('a link that was used');
      for (const user of [signatory, guest, again]) await user.close();
    });

    it(`shows whoever runs the product which letter was refused and why, and sends it again, in ${language}`, async function () {
      this.timeout(240_000);
      const address = `refused-${at}@example.org`;
      post.answer = (to) => (to === address ? 550 : 250);
      const signatory = await open(language, 'enterprise-a-signatory', width);
      await invite(signatory, `退信${at}`, address, '');
      const admin = await open(language, 'admin', width);
      const rows = admin.page.locator('li.row-card', { hasText: '550' });
      await admin.visit('/mails?state=failed');
      for (const until = Date.now() + WAIT; (await rows.count()) === 0 && Date.now() < until; )
        await admin.visit('/mails?state=failed');
      expect(await rows.count()).to.equal(1);
      const said = await rows.textContent();
      expect(said).to.include(admin.say('codes.mailState.failed')).and.not.include(address);
      await admin.isSound('a letter that was refused');
      post.answer = () => 250;
      await rows.locator('button[data-command="retry"]').click();
      await letterTo(address);
      await rows.waitFor({ state: 'detached' });
      await admin.visit('/mails');
      await admin.page.getByText(admin.say('mails.calm')).waitFor();
      await admin.isSound('all letters');
      for (const user of [signatory, admin]) await user.close();
    });

    it(`changes the signatory with an administrator, by a link passed on by hand, in ${language}`, async function () {
      this.timeout(240_000);
      const [name, address, username] = [`新签${at}`, `signatory-${at}@example.org`, `signatory-${at}`];
      const handler = await open(language, 'enterprise-b-handler', width);
      await invite(handler, name, address, 'signatory');
      const link = await handler.page.getByLabel(handler.say('colleagues.link')).inputValue();
      const guest = await open(language, undefined, width);
      await acceptAnew(guest, pathIn(link), username);
      await guest.page.getByText(guest.say('invited.awaiting')).waitFor();
      const admin = await open(language, 'admin', width);
      await admin.visit('/registrations');
      await rowOf(admin, name).locator('button[data-command="confirm"]').click();
      await admin.isSound('confirming a signatory');
      await rowOf(admin, name).locator('form[data-command="confirm"] button[type=submit]').click();
      await rowOf(admin, name).waitFor({ state: 'detached' });
      await signIn(guest, username);
      await guest.visit('/colleagues');
      const row = rowOf(guest, 'enterprise-b-signatory');
      if (at === 0) await row.locator('button[data-command="end"]').waitFor();
      await guest.isSound('a new signatory');
      for (const user of [handler, guest, admin]) await user.close();
    });
  });

  LANGUAGES.forEach((language) =>
    it(`tells a handler before that the signatory’s post is not theirs, and turns the pages of who was invited, in ${language}`, async function () {
      this.timeout(240_000);
      const caller = await Caller.person((product as RunningProduct).address, 'studio');
      const answered = await caller.get('/api/invitations?state=open');
      for (let sent = answered.body.total; sent < 22; sent++) {
        const made = await caller.post('/api/invitations', { name: `同事${sent}`, address: `c${sent}@example.org` });
        expect(made.status).to.equal(201);
      }
      const studio = await open(language, 'studio', WIDTHS.phone);
      await studio.visit('/colleagues');
      await studio.page.getByRole('button', { name: studio.say('pager.next') }).click();
      await studio.page.getByText(studio.say('pager.range', { from: 21, to: 22, total: 22 })).waitFor();
      await studio.isSound('the second page of who was invited');
      await studio.close();

      const signatory = await open(language, 'enterprise-a-signatory', WIDTHS.desk);
      await invite(signatory, '兼任', `both-${language}@example.org`, 'signatory');
      const link = await signatory.page.getByLabel(signatory.say('colleagues.link')).inputValue();
      const handler = await open(language, 'enterprise-a-handler', WIDTHS.phone);
      await handler.visit(pathIn(link));
      await handler.page.locator('main .note', { hasText: STOPPED[language] }).waitFor();
      const accept = handler.page.locator('main section.card button[type=button]', { hasText: ACCEPT_AS[language] });
      expect(await accept.isDisabled()).to.equal(true);
      await handler.isSound('an invitation that cannot be accepted');
      for (const user of [signatory, handler]) await user.close();
    }),
  );

  it('says so where the link is not whole', async function () {
    this.timeout(120_000);
    const guest = await open('en', undefined, WIDTHS.phone);
    await guest.visit('/invited');
    await guest.page.getByText(guest.say('invited.noLink')).waitFor();
    await guest.isSound('no link');
    await guest.visit('/invited#tgj_nothing');
    await guest.page.locator('main [role=alert], main .problem').first().waitFor();
    await guest.close();
  });
});
