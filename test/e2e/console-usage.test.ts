import { expect } from 'chai';
import { ok } from '../../src/kernel/result.js';
import { addDays, dayOf } from '../../src/kernel/time.js';
import { Caller } from '../support/caller.js';
import { describeInChromium } from '../support/chromium.js';
import { type ConsoleLanguage, ConsoleUser, LANGUAGES, WIDTHS } from '../support/console.js';
import { backends } from '../support/databases.js';
import { type OpenApp, openApp } from '../support/server.js';

/** Days of which something is counted, besides what is asked now. */
const DAYS = 25;
const PERMITTED = 40;
const DENIED = 7;

describeInChromium('the use of data in the console', (browser) => {
  let opened: OpenApp;
  let address: string;
  let dataset: { id: string; title: { zh?: string; en?: string } };
  let elsewhere: string;

  before(async function () {
    this.timeout(240_000);
    opened = await openApp(backends[0] as never, { seeded: true });
    address = await opened.listen();
    const reviewer = await Caller.person(address, 'reviewer-transport');
    const own = (await reviewer.get('/api/me')).body.organisation.id as string;
    const listed = (await reviewer.get('/api/datasets?tier=conditional&limit=100')).body.items;
    const ofPublisher = (held: boolean) =>
      listed.find(({ publisher }: { publisher: { id: string } }) => (publisher.id === own) === held);
    dataset = ofPublisher(true);
    elsewhere = ofPublisher(false).id;
    const today = dayOf(Date.now());
    await opened.app.unit.run(async (tx) => {
      for (let ago = 1; ago <= DAYS; ago++)
        for (const [id, reason, permit, count] of [
          [dataset.id, 'granted', 1, PERMITTED],
          [dataset.id, 'grant-suspended', 0, DENIED],
          [elsewhere, 'no-grant', 0, ago],
        ])
          await tx.manager.query(
            "INSERT INTO decision_uses (day, dataset, tier, reason, permit, count) VALUES (?, ?, 'conditional', ?, ?, ?)",
            [addDays(today, -ago), id, reason, permit, count],
          );
      return ok(undefined);
    });
    const portal = await Caller.portal(address);
    await portal.post('/access/v1/evaluation', {
      subject: { type: 'organisation', id: 'nobody' },
      resource: { type: 'dataset', id: dataset.id },
      action: { name: 'download' },
    });
    await opened.app.slices.decisions.book.flush();
  });
  after(() => opened?.close());

  const open = async (language: ConsoleLanguage, username: string, width?: number): Promise<ConsoleUser> => {
    const user = await ConsoleUser.open(browser(), address, language, width);
    await user.signIn(username);
    return user;
  };
  const figure = (user: ConsoleUser, key: string): Promise<string | null> =>
    user.page.locator(`[data-figure="${key}"]`).textContent();
  const number = (user: ConsoleUser, value: number): string => value.toLocaleString(user.language);

  for (const language of LANGUAGES)
    for (const [device, width] of Object.entries(WIDTHS))
      it(`shows a holder how its own data is asked for, in ${language} at the ${device}`, async function () {
        this.timeout(240_000);
        const user = await open(language, 'steward-transport', width);
        await user.visit('/usage');
        await user.heading(user.say('usage.title'));
        expect(await figure(user, 'permitted')).to.equal(number(user, PERMITTED * DAYS));
        expect(await figure(user, 'denied')).to.equal(number(user, DENIED * DAYS + 1));
        expect(await user.page.locator('.days-plot .days-permitted').count(), 'a column for every day').to.equal(30);
        await user.page.locator('.usage-days summary').click();
        expect(await user.page.locator('.usage-days tbody tr').count()).to.equal(DAYS + 1);
        const why = user.page.locator('section.card', { hasText: user.say('usage.deniedBy') });
        const word = language === 'en' ? 'The grant is suspended.' : '数据使用权限已暂停。';
        await why.getByText(word).waitFor();
        expect(await user.page.getByText(elsewhere).count()).to.equal(0);
        await user.isSound(`the use of data in ${language} at the ${device}`);
        await user.close();
      });

  it('is one key away from a dataset to its own figures, and back; and shows who oversees all of it', async function () {
    this.timeout(240_000);
    const user = await open('en', 'supervisor');
    await user.visit('/');
    await user.page
      .getByRole('navigation')
      .getByRole('link', { name: user.say('shell.nav.usage') })
      .first()
      .press('Enter');
    await user.heading(user.say('usage.title'));
    await user.settled();
    expect(await figure(user, 'denied')).to.equal(number(user, DENIED * DAYS + 1 + (DAYS * (DAYS + 1)) / 2));
    const row = user.page.locator('.usage-datasets tbody tr', { hasText: dataset.title.en ?? dataset.title.zh ?? '' });
    await row.getByRole('link', { name: user.say('usage.look', { dataset: '' }).trim() }).press('Enter');
    await user.page.waitForURL((url) => url.searchParams.get('dataset') === dataset.id);
    await user.settled();
    expect(await figure(user, 'permitted')).to.equal(number(user, PERMITTED * DAYS));
    await user.page.getByRole('link', { name: user.say('usage.days_other', { count: 90 }) }).press('Enter');
    await user.page.waitForURL(/days=90/);
    await user.settled();
    expect(await user.page.locator('.days-plot .days-permitted').count()).to.equal(90);
    await user.isSound('the use of one dataset over ninety days');
    await user.page.getByRole('link', { name: user.say('usage.all'), exact: true }).press('Enter');
    await user.page.waitForURL((url) => url.searchParams.get('dataset') === null);
    await user.close();
  });

  it('offers an applicant no way in, and says so to who comes all the same; is empty where nobody asked', async function () {
    this.timeout(240_000);
    const handler = await open('zh-CN', 'enterprise-a-handler');
    await handler.visit('/usage');
    await handler.page.getByRole('alert').getByText('forbidden').waitFor();
    expect(await handler.page.locator('nav a[href="/usage"]').count()).to.equal(0);
    await handler.isSound('the use of data for an applicant');
    await handler.close();
    const steward = await open('en', 'steward-health');
    await steward.visit(`/usage?dataset=${dataset.id}`);
    await steward.page.getByRole('alert').getByText('not-found').waitFor();
    await steward.close();
  });
});
