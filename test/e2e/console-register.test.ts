import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { dayOf } from '../../src/kernel/time.js';
import { Cases } from '../support/cases.js';
import { describeInChromium } from '../support/chromium.js';
import { type ConsoleLanguage, ConsoleUser, LANGUAGES, WIDTHS } from '../support/console.js';
import { backends } from '../support/databases.js';
import { dayBefore, plant, quarterBefore } from '../support/register-planting.js';
import { type OpenApp, openApp } from '../support/server.js';

describeInChromium('register, statistics and exports in the console', (browser) => {
  const today = dayOf(Date.now());
  const last = quarterBefore(today, 1);
  let opened: OpenApp;
  let address: string;
  let cases: Cases;
  before(async function () {
    this.timeout(240_000);
    opened = await openApp(backends[0] as never, { seeded: true });
    address = await opened.listen();
    cases = await Cases.open(address);
    const holder = (await cases.as('reviewer-transport').get('/api/me')).body.organisation.id as string;
    const [dataset = ''] = cases.datasets;
    const planted = { dataset, holder, field: 'transport', applicants: 9, ruledOn: dayBefore(today, 1) } as const;
    await plant(opened.app, [planted, { ...planted, ruledOn: dayBefore(today, 2), more: { late: true, days: 21 } }]);
    // Of this quarter, which is not public yet.
    for (const [who, ruling] of [
      ['reviewer-transport', 'refused'],
      ['reviewer-health', 'approved'],
      ['approver-deputy', 'approved'],
    ] as const) {
      const by = (await cases.as(who).get('/api/me')).body.subject.id as string;
      const more = { ruling, judges: { advised: { by, ruling }, ruledBy: null } };
      await plant(opened.app, [{ ...planted, applicants: 12, ruledOn: today, more }]);
    }
    await opened.app.slices.register.keeper.letTimeAct(opened.app.unit);
  });
  after(() => opened?.close());

  const open = async (language: ConsoleLanguage, username?: string, width?: number): Promise<ConsoleUser> => {
    const user = await ConsoleUser.open(browser(), address, language, width);
    if (username !== undefined) await user.signIn(username);
    return user;
  };

  for (const language of LANGUAGES)
    for (const [device, width] of Object.entries(WIDTHS)) {
      it(`tells a visitor of rulings, in ${language} at the ${device}`, async function () {
        this.timeout(240_000);
        const user = await open(language, undefined, width);
        await user.visit('/register');
        await user.heading(user.say('register.title'));
        await user.page.locator('[data-figure="count"]').getByText('18', { exact: true }).waitFor();
        await user.page.locator('[data-figure="share"]').getByText('50', { exact: false }).waitFor();
        const lines = user.page.getByRole('region', { name: user.say('register.lines') });
        await lines.getByText(last).first().waitFor();
        expect(await lines.locator('tbody tr').count()).to.equal(18);
        await lines.getByText('=Open map').first().waitFor();
        expect(await user.page.getByText(user.say('register.full'), { exact: true }).count()).to.equal(0);
        await user.isSound(`the register in ${language} at the ${device}`);

        await user.page.getByLabel(user.say('register.period')).selectOption(last);
        await user.page.locator('[data-figure="count"]').getByText('9', { exact: true }).waitFor();
        await user.page
          .locator('main')
          .getByRole('link', { name: user.say('codes.matterOutcome.refused'), exact: true })
          .click();
        await user.page.waitForURL(/outcome=refused/);
        await lines.locator('tbody tr').nth(2).waitFor({ state: 'detached' });
        expect(await lines.locator('tbody tr').count()).to.equal(2);
        await user.close();
      });
    }

  for (const language of LANGUAGES)
    for (const [device, width] of Object.entries(WIDTHS))
      it(`shows who oversees how people of a desk judge, in ${language} at the ${device}`, async function () {
        this.timeout(240_000);
        const user = await open(language, 'supervisor', width);
        await user.visit('/register');
        const card = user.page.locator('section.card', { hasText: user.say('judging.title') });
        expect(await card.count(), 'everyone sees nothing of it').to.equal(0);
        await user.page.getByRole('link', { name: user.say('judging.title') }).click();
        await card.getByText(user.say('judging.differs.below')).waitFor();
        expect(await card.locator('tbody tr').count()).to.equal(3);
        expect(await card.locator('tr[data-differs="below"]').count()).to.equal(1);
        await user.isSound(`how people judge in ${language} at the ${device}`);
        await user.close();
      });

  it('shows who judges only themselves, and a visitor nothing of it', async function () {
    this.timeout(240_000);
    const user = await open('en', 'reviewer-transport');
    await user.visit('/register');
    await user.page.getByRole('link', { name: user.say('judging.title') }).click();
    const card = user.page.locator('section.card', { hasText: user.say('judging.title') });
    await card.getByText(user.say('judging.differs.below')).waitFor();
    expect(await card.locator('tbody tr').count()).to.equal(1);
    await user.close();
    const visitor = await open('en');
    await visitor.visit('/register');
    await visitor.page.getByText(visitor.say('register.objections')).first().waitFor();
    expect(await visitor.page.getByText(visitor.say('judging.title')).count()).to.equal(0);
    await visitor.close();
  });

  it('leads there without signing in, and keeps what is shown as a table', async function () {
    this.timeout(240_000);
    const user = await open('en');
    await user.visit('/datasets');
    await user.page
      .getByRole('navigation')
      .getByRole('link', { name: user.say('shell.nav.register') })
      .first()
      .click();
    await user.heading(user.say('register.title'));
    const saving = user.page.waitForEvent('download');
    await user.press('register.saveAs.csv');
    const saved = await saving;
    expect(saved.suggestedFilename()).to.equal('register.csv');
    expect(
      readFileSync(await saved.path(), 'utf8')
        .trimEnd()
        .split('\r\n'),
    ).to.have.length(19);
    const printing = user.page.waitForEvent('download');
    await user.press('register.saveStatistics.pdf');
    const printed = await printing;
    expect(printed.suggestedFilename()).to.equal('statistics.pdf');
    expect(
      readFileSync(await printed.path())
        .subarray(0, 5)
        .toString(),
    ).to.equal('%PDF-');
    await user.close();
  });

  it('lets an officer of the authority look at everything, and nobody else', async function () {
    this.timeout(240_000);
    await cases.at('refused');
    await opened.app.slices.register.keeper.letTimeAct(opened.app.unit);
    const approver = await open('zh-CN', 'approver');
    await approver.visit('/register');
    await approver.page.locator('[data-figure="count"]').getByText('18', { exact: true }).waitFor();
    await approver.page.getByRole('link', { name: approver.say('register.full') }).click();
    await approver.page
      .locator('[data-figure="count"]')
      .getByText('18', { exact: true })
      .waitFor({ state: 'detached' });
    expect(Number(await approver.page.locator('[data-figure="count"]').innerText())).to.be.greaterThan(18);
    await approver.isSound('statistics in full');
    await approver.close();
    const handler = await open('en', 'enterprise-a-handler');
    await handler.visit('/register?sight=full');
    await handler.page.locator('[data-figure="count"]').getByText('18', { exact: true }).waitFor();
    await handler.close();
  });

  for (const [device, width] of Object.entries(WIDTHS))
    it(`keeps a case in three forms and a queue as a table, at the ${device}`, async function () {
      this.timeout(240_000);
      const path = await cases.at('submitted');
      const user = await open('en', 'reviewer-transport', width);
      await user.visit(path.replace('/api', ''));
      const { number } = (await cases.as('reviewer-transport').get(path)).body;
      for (const form of ['PDF', 'CSV', 'JSON']) {
        const saving = user.page.waitForEvent('download');
        await user.press('export.as', { form });
        const saved = await saving;
        expect(saved.suggestedFilename()).to.equal(`${number}.${form.toLowerCase()}`);
        expect(readFileSync(await saved.path()).length, form).to.be.greaterThan(500);
      }
      await user.isSound(`a case with exports at the ${device}`);
      await user.visit('/queue');
      const saving = user.page.waitForEvent('download');
      await user.press('export.queue');
      expect(readFileSync(await (await saving).path(), 'utf8')).to.contain(number);
      await user.isSound(`a queue with its export at the ${device}`);
      await user.close();
    });
});
