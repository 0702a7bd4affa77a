import { expect } from 'chai';
import { LANGUAGES, WIDTHS } from '../support/console.js';
import { describeAtDesk } from '../support/desk.js';

const PUBLIC = [
  '/',
  '/datasets',
  '/datasets?tier=conditional&field=transport',
  '/datasets?q=zzzz-nothing',
  '/datasets/01J00000000000000000000000',
  '/sign-in',
  '/join',
  '/invited',
  '/apply',
  '/datasets/01J00000000000000000000000/apply',
  '/portal/01J00000000000000000000000',
  '/agreements',
  '/no-such-page',
];
const BY_ROLE: Readonly<Record<string, readonly string[]>> = {
  'enterprise-b-handler': [
    '/applications',
    '/applications?state=draft',
    '/applications?state=abandoned',
    '/colleagues',
    '/grants',
    '/apply',
    '/queue',
  ],
  'steward-transport': ['/datasets?state=suspended', '/datasets/new', '/datasets/new?like=01J00000000000000000000000'],
  'reviewer-health': ['/queue', '/queue?queue=due', '/queue?queue=overdue'],
  officer: ['/classification', '/usage'],
  supervisor: ['/applications', '/grants?state=active', '/grants?state=revoked'],
  auditor: ['/applications'],
  citizen: ['/applications', '/classification', '/evidence', '/registrations'],
  admin: ['/agreements', '/agreements/new', '/mails', '/portals', '/registrations'],
};

describeAtDesk('the screens of the console', (desk) => {
  for (const language of LANGUAGES) {
    for (const [name, width] of Object.entries(WIDTHS)) {
      it(`are sound for a visitor in ${language}, on a ${name}`, async function () {
        this.timeout(240_000);
        const user = await desk.open(language, undefined, width);
        for (const path of PUBLIC) {
          await user.visit(path);
          await user.isSound(path);
        }
        await user.visit('/');
        await user.picture('home');
        await user.visit('/datasets?field=transport');
        await user.picture('search');
        await user.page.locator('main .hits a').first().click();
        await user.isSound('a dataset');
        await user.close();
      });

      for (const [username, paths] of Object.entries(BY_ROLE)) {
        it(`are sound for ${username} in ${language}, on a ${name}`, async function () {
          this.timeout(240_000);
          const user = await desk.open(language, username, width);
          for (const path of paths) {
            await user.visit(path);
            await user.isSound(`${username} ${path}`);
          }
          const first = user.page.locator('main a.row-title').first();
          if ((await first.count()) > 0) {
            await first.click();
            await user.isSound(`${username}, the first of ${paths.at(-1) ?? ''}`);
          }
          await user.picture(`first-${username}`);
          await user.close();
        });
      }
    }
  }

  it('keep the chosen language over a reload and ask the server for it', async () => {
    const user = await desk.open('zh-CN');
    await user.visit('/datasets');
    const asked = user.page.waitForRequest(
      (request) => request.url().includes('/api/datasets') && request.headers()['accept-language'] === 'en',
    );
    await user.page.getByRole('button', { name: 'English' }).click();
    await asked;
    await user.page.reload();
    await user.settled();
    expect(await user.page.evaluate<string>('document.documentElement.lang')).to.equal('en');
    expect(await user.page.getByRole('heading', { level: 1 }).textContent()).to.equal('Datasets');
    await user.close();
  });

  it('keep filters and pages in the address', async () => {
    const user = await desk.open('en');
    const { page } = user;
    await user.visit('/datasets');
    await page.locator('.facet', { hasText: 'Road traffic' }).click();
    await page.waitForURL(/field=transport/);
    await user.settled();
    const first = await page.locator('main .hits a').first().textContent();
    await user.press('pager.next');
    await page.waitForURL(/trail=/);
    await user.settled();
    const second = await page.locator('main .hits a').first().textContent();
    expect(second).not.to.equal(first);
    await page.reload();
    await user.settled();
    expect(await page.locator('main .hits a').first().textContent()).to.equal(second);
    await page.goBack();
    await user.settled();
    expect(await page.locator('main .hits a').first().textContent()).to.equal(first);
    await user.close();
  });

  it('can be walked with the keyboard alone', async () => {
    const user = await desk.open('en');
    const { page } = user;
    await user.visit('/sign-in');
    await page.keyboard.press('Tab');
    expect(await page.evaluate<string>('document.activeElement.className')).to.contain('skip');
    await page.keyboard.press('Enter');
    expect(await page.evaluate<string>('document.activeElement.id')).to.equal('main');
    await page.keyboard.press('Tab');
    await page.keyboard.type('supervisor');
    await page.keyboard.press('Tab');
    await page.keyboard.type('tiergate-demo');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname === '/grants');
    await user.close();
  });

  it('say what was wrong with a sign-in, in the reader’s language', async () => {
    const user = await desk.open('zh-CN');
    await user.visit('/sign-in?then=https://evil.example/');
    await user.page.locator('input[name=username]').fill('enterprise-a-handler');
    await user.page.locator('input[name=password]').fill('wrong');
    await user.press('action.signIn');
    const problem = user.page.getByRole('alert');
    await problem.waitFor();
    expect(await problem.textContent())
      .to.match(/\p{Script=Han}/u)
      .and.contain('invalid-credentials');
    await user.isSound('a refused sign-in');
    await user.page.locator('input[name=password]').fill('tiergate-demo');
    await user.press('action.signIn');
    await user.page.waitForURL(`${desk.address}/`);
    await user.close();
  });

  it('stay usable when the server goes away, and come back with it', async () => {
    const user = await desk.open('en');
    await user.visit('/datasets');
    await user.context.setOffline(true);
    await user.page.locator('main .hits a').first().click();
    await user.page
      .getByRole('alert')
      .or(user.page.getByRole('heading', { name: user.say('screenFailed.title') }))
      .first()
      .waitFor({ timeout: 20_000 });
    await user.context.setOffline(false);
    await user.page
      .getByRole('button', { name: user.say('action.retry') })
      .first()
      .click();
    await user.page.locator('#why').waitFor({ timeout: 15_000 });
    await user.close();
  });
});
