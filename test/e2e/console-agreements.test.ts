import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { Caller } from '../support/caller.js';
import { fine } from '../support/cases.js';
import { type ConsoleUser, LANGUAGES, WIDTHS } from '../support/console.js';
import { describeAtDesk } from '../support/desk.js';

/** An administrator publishes what signatories accept: a template, its next version, and how it is concluded. */
describeAtDesk('templates of agreements in the console', (desk) => {
  let admin: Caller;
  before(async () => {
    admin = await Caller.person(desk.address, 'admin');
  });

  const inForce = async (template: string) => fine(await admin.get(`/api/agreements/${template}`)).body;
  const all = async (): Promise<string[]> =>
    fine(await admin.get('/api/agreements')).body.items.map((one: { template: string }) => one.template);
  const row = (user: ConsoleUser, template: string) => user.page.locator(`li[data-template="${template}"]`);
  /** As anybody can compute it from the text. */
  const hashOf = (zh: string, en: string) => createHash('sha256').update(`zh\n${zh}\n\nen\n${en}\n`).digest('hex');
  const publishing = (user: ConsoleUser) => user.page.locator('main form button[type="submit"]');

  LANGUAGES.forEach((language, at) => {
    const width = at === 0 ? WIDTHS.phone : WIDTHS.desk;

    it(`are followed by the next version, whose hash is shown, in ${language}`, async function () {
      this.timeout(240_000);
      const template = (await all())[at] as string;
      const before = await inForce(template);
      const user = await desk.open(language, 'admin', width);
      await user.visit('/agreements');
      await row(user, template).getByText(before.hash).waitFor();
      await row(user, template).locator('summary').click();
      await user.isSound('the agreements in force');
      await row(user, template)
        .getByRole('link', { name: user.say('agreements.next') })
        .click();
      await user.settled();
      const text = user.page.getByLabel(user.say('record.in.zh.agreementText'));
      expect(await text.inputValue()).to.equal(before.text.zh);
      expect(await publishing(user).isDisabled(), 'nothing is changed').to.equal(true);
      await text.fill(`第${at}稿`);
      await user.fill('record.in.en.agreementText', `Draft ${at}`);
      await user.page.getByLabel(user.say('agreements.execution')).selectOption('counter-signature');
      await user.isSound('the next version');
      await user.press('agreements.publish', { version: before.version + 1 });
      await user.heading(user.say('agreements.title'));
      await row(user, template)
        .getByText(hashOf(`第${at}稿`, `Draft ${at}`))
        .waitFor();
      await row(user, template).getByText(user.say('codes.execution.counter-signature')).waitFor();
      await user.close();
      const after = await inForce(template);
      expect(after).to.deep.include({ version: before.version + 1, title: before.title });
      expect(after).to.include({ hash: hashOf(`第${at}稿`, `Draft ${at}`), execution: 'counter-signature' });
    });

    it(`are not written over unseen when somebody else was first, in ${language}`, async function () {
      this.timeout(240_000);
      const template = (await all())[at] as string;
      const { version, etag } = await inForce(template);
      const user = await desk.open(language, 'admin', width);
      await user.visit(`/agreements/${template}`);
      await user.fill('record.in.en.agreementText', 'Written here');
      const headers = { 'if-match': etag, 'idempotency-key': crypto.randomUUID() };
      const theirs = { text: { en: 'Written elsewhere' } };
      fine(await admin.post(`/api/agreements/${template}/commands/revise`, theirs, headers));
      await user.press('agreements.publish', { version: version + 1 });
      await user.page.getByText(user.say('agreements.meanwhile', { version: version + 1 })).waitFor();
      const theirWords = await user.page.locator('.note-wait .agreement').textContent();
      expect(theirWords, 'it is read before it is written over').to.equal('Written elsewhere');
      expect((await inForce(template)).text.en).to.equal('Written elsewhere');
      await user.isSound('a version that was published meanwhile');
      await user.press('record.carryOver');
      await user.press('agreements.publish', { version: version + 2 });
      await user.heading(user.say('agreements.title'));
      await user.close();
      expect(await inForce(template)).to.deep.include({ version: version + 2 });
      expect((await inForce(template)).text.en).to.equal('Written here');
    });

    it(`are begun, in ${language}`, async function () {
      this.timeout(240_000);
      const known = await all();
      const user = await desk.open(language, 'admin', width);
      await user.visit('/agreements');
      await user.page.getByRole('link', { name: user.say('agreements.new') }).click();
      await user.heading(user.say('agreements.new'));
      await user.fill('record.in.zh.title', `示范协议 ${at}`);
      expect(await publishing(user).isDisabled(), 'without a text').to.equal(true);
      await user.fill('record.in.zh.agreementText', '利用方仅可用于研究。');
      await user.isSound('a new template');
      await user.press('agreements.publish', { version: 1 });
      await user.heading(user.say('agreements.title'));
      const [added] = (await all()).filter((one) => !known.includes(one));
      expect(added).to.be.a('string');
      await row(user, added as string)
        .getByText(hashOf('利用方仅可用于研究。', ''))
        .waitFor();
      await user.close();
      expect(await inForce(added as string)).to.deep.include({ version: 1, title: { zh: `示范协议 ${at}` } });
    });
  });

  it('are read by everybody and written by nobody else', async function () {
    this.timeout(240_000);
    const [template] = (await all()) as [string];
    const user = await desk.open('en', 'enterprise-a-handler', WIDTHS.phone);
    await user.visit('/agreements');
    await row(user, template).waitFor();
    expect(await user.page.locator('main a[href^="/agreements/"]').count()).to.equal(0);
    for (const path of ['/agreements/new', `/agreements/${template}`]) {
      await user.visit(path);
      await user.heading(user.say('notFound.title'));
    }
    await user.close();
  });
});
