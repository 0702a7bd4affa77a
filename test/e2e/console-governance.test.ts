import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { Cases } from '../support/cases.js';
import { describeInChromium } from '../support/chromium.js';
import { ConsoleUser, LANGUAGES, WIDTHS } from '../support/console.js';
import { Place, RunningProduct } from '../support/product.js';

describeInChromium('governance in the console', (browser) => {
  let place: Place;
  let product: RunningProduct;
  let cases: Cases;
  before(async function () {
    this.timeout(240_000);
    place = new Place();
    product = await RunningProduct.start(place);
    cases = await Cases.open(product.address);
  });
  after(async () => {
    await product?.stop();
    place?.remove();
  });

  LANGUAGES.forEach((language, at) =>
    it(`shows what a raised tier does to whom before the button, and afterwards what it did, in ${language}`, async function () {
      this.timeout(240_000);
      const dataset = cases.datasets[at + 1] as string;
      const grant = await cases.granted(dataset);
      const review = await cases.at('submitted', {
        datasets: [{ dataset }],
        purpose: { category: 'education', scenario: 'A course on traffic' },
      });
      const user = await ConsoleUser.open(browser(), product.address, language, at === 0 ? WIDTHS.phone : WIDTHS.desk);
      await user.signIn('officer');
      await user.visit(`/datasets/${dataset}/tier`);
      await user.page.getByRole('radio', { name: user.say('codes.tier.restricted') }).check();
      const impact = user.page.locator('[data-impact="restricted"]');
      await impact.locator('[data-outcome="suspended"]').waitFor();
      const told = await cases.as('officer').get(`/api/datasets/${dataset}/reclassification?tier=restricted`);
      const { grants, applications } = told.body as { grants: unknown[]; applications: unknown[] };
      expect(applications.length, 'one application at least').to.be.above(0);
      expect(await impact.locator('[data-outcome]').count()).to.equal(grants.length + applications.length);
      expect(await impact.locator(`a[href="/grants/${grant.split('/').at(-1)}"]`).count()).to.equal(1);
      expect((await cases.as('supervisor').get(grant)).body.state, 'nothing happened yet').to.equal('active');
      await user.isSound('the impact before the button');
      await user.fill('command.reason', 'Number plates can be read. 可识别车牌。');
      await user.press('changeTier.give', { tier: user.say('codes.tier.restricted') });
      await user.page.waitForURL(/\/classification\//);
      expect((await cases.as('supervisor').get(grant)).body.state).to.equal('suspended');
      await user.visit(`/tier-changes?dataset=${dataset}`);
      expect(await user.page.locator('[data-outcome="no-longer-possible"]').count()).to.equal(applications.length);
      await user.isSound('the changes that happened');
      await user.close();

      const applicant = await ConsoleUser.open(browser(), product.address, language);
      await applicant.signIn('enterprise-a-handler');
      await applicant.visit(review.replace('/api', ''));
      await applicant.page.getByText(applicant.say('codes.event.application_tier-changed')).first().waitFor();
      await applicant.isSound('the case of whoever asked');
      await applicant.close();
    }),
  );

  it('shows the second officer the impact of what they would confirm or set instead', async () => {
    const dataset = cases.datasets[3] as string;
    await cases.granted(dataset);
    const { id } = (
      await cases.give('officer', `/api/datasets/${dataset}`, 'propose-tier', {
        tier: 'open',
        reason: 'No longer sensitive',
        legalBasis: 'art. 41(2)',
        evidence: 'Letter 17 of the map office',
      })
    ).body;
    const user = await ConsoleUser.open(browser(), product.address, 'en');
    await user.signIn('officer-2');
    await user.visit(`/classification/${id}`);
    const proposed = user.page.locator('.card', { hasText: user.say('assessment.saidByProposer') });
    const officer = (await cases.as('officer').get('/api/me')).body.subject;
    for (const said of [officer.name, 'No longer sensitive', 'art. 41(2)', 'Letter 17 of the map office'])
      await proposed.getByText(said).waitFor();
    await user.page.locator('button[data-command="confirm"]').click();
    await user.page.locator('[data-impact="open"] [data-outcome="kept"]').waitFor();
    await user.isSound('the impact beside the confirmation');
    await user.close();
  });

  LANGUAGES.forEach((language, at) =>
    it(`lets one officer write, rehearse and propose a rule, and another publish it, in ${language}`, async function () {
      this.timeout(240_000);
      const width = at === 0 ? WIDTHS.phone : WIDTHS.desk;
      const frequency = at === 0 ? 'quarterly' : 'half-yearly';
      const user = await ConsoleUser.open(browser(), product.address, language, width);
      await user.signIn('officer');
      await user.visit('/rule-packs');
      await user.isSound('the packs');
      await user.visit('/rule-packs/new?pack=cn-shanghai');
      await user.fill('newPack.json', '{ not a rule');
      await user.page.getByText(user.say('newPack.noRule')).waitFor();
      await user.isSound('a rule that is none');
      await user.fill('newPack.json', JSON.stringify(rule(`closed-${frequency}`, frequency)));
      await user.fill('command.reason', 'Renewed too seldom to be relied on. 更新过慢。');
      await user.press('newPack.give');
      await user.page.waitForURL(/\/rule-packs\/01/);
      const path = new URL(user.page.url()).pathname;
      await user.command('rehearse');
      await user.page.getByText(user.say('codes.rehearsalState.done')).waitFor({ timeout: 60_000 });
      await user.page.locator('[data-changes="dataset"] .row-card').first().waitFor();
      const text = (await user.page.locator('[data-changes="dataset"]').textContent()) ?? '';
      expect(text).to.contain(`closed-${frequency}`);
      await user.isSound('what would change');
      await user.page.locator('button[data-kind="grant"]').click();
      await user.isSound('the grants it would touch');
      await user.command('propose');
      expect(await user.commands(), 'not by whoever proposed it').to.not.include('publish');
      await user.close();

      const second = await ConsoleUser.open(browser(), product.address, language, width);
      await second.signIn('officer-2');
      await second.visit(path);
      await second.page.locator('[data-differs] code', { hasText: `closed-${frequency}` }).waitFor();
      await second.page.locator('button[data-command="publish"]').click();
      await second.page.getByText(second.say('packs.consequence')).waitFor();
      await second.isSound('before the publication');
      await second.page.locator('form[data-command="publish"] button[type=submit]').click();
      await second.page.getByText(second.say('codes.packState.published')).first().waitFor();
      await second.visit('/rule-packs');
      await second.page.getByText(second.say('packs.published')).first().waitFor();
      await second.close();
    }),
  );

  it('tells of lists that the product brings and that are newer, and takes them over', async function () {
    this.timeout(240_000);
    const officer = cases.as('officer');
    const { status, body } = await officer.post('/api/rule-packs', {
      pack: 'us-pod',
      reason: 'r',
      changes: { columns: 1 },
    });
    expect(status).to.equal(201);
    const path = `/api/rule-packs/${body.id}`;
    const { body: rehearsal } = await officer.post(`${path}/commands/rehearse`);
    while ((await officer.get(`/api/rehearsals/${rehearsal.id}`)).body.state === 'running') await sleep(50);
    for (const [who, name] of [
      ['officer', 'propose'],
      ['officer-2', 'publish'],
    ] as const)
      expect((await cases.as(who).command(path, name)).status, name).to.equal(200);

    const user = await ConsoleUser.open(browser(), product.address, 'zh-CN', WIDTHS.phone);
    await user.signIn('officer');
    await user.visit('/rule-packs');
    const note = user.page.getByText(user.say('packs.newer', { lists: 'columns/2' }));
    const [above, below] = [
      await note.locator('xpath=preceding-sibling::*[1]').boundingBox(),
      await note.boundingBox(),
    ];
    const gap = (below?.y ?? 0) - (above?.y ?? 0) - (above?.height ?? 0);
    expect(gap, 'the note stands apart').to.be.at.least(8);
    await user.isSound('newer lists');
    await user.page.getByRole('link', { name: user.say('packs.takeLists') }).click();
    await user.fill('command.reason', 'Areas are found, too. 区域也可识别。');
    await user.isSound('taking newer lists over');
    await user.press('newPack.give');
    await user.page.waitForURL(/\/rule-packs\/01/);
    await user.page.locator('[data-differs] code', { hasText: 'types/area' }).waitFor();
    await user.isSound('a version with newer lists');
    await user.visit('/rule-packs/new?pack=cn-zhejiang-2350&take=lists');
    await user.page.getByText(user.say('takeLists.none')).waitFor();
    await user.close();
  });

  it('shows what was not renewed in time, by its cause, and on the dataset itself', async () => {
    const user = await ConsoleUser.open(browser(), product.address, 'en', WIDTHS.phone);
    await user.signIn('officer');
    await user.visit('/reviews');
    await user.page.getByRole('combobox', { name: user.say('reviews.cause') }).click();
    await user.page.getByRole('option', { name: user.say('codes.reviewCause.late-update') }).click();
    await user.page.waitForURL(/cause=late-update/);
    await user.settled();
    const cards = user.page.locator('main .row-meta');
    expect(await cards.count()).to.be.above(0);
    for (const text of await cards.allTextContents())
      expect(text).to.contain(user.say('codes.reviewCause.late-update'));
    await user.isSound('what was not renewed');
    await user.page.locator('main .row-title a').first().click();
    await user.page.locator('.notices').getByText('should have been renewed').waitFor();
    await user.isSound('a dataset that was not renewed');
    await user.close();
  });

  it('shows the tiers to look at again, and lets an officer say that they still hold', async () => {
    const dataset = cases.datasets[4] as string;
    const asked = { cause: 'join', note: 'Joined with the parking register' };
    await cases.as('steward-transport').post(`/api/reevaluations/${dataset}/commands/ask`, asked);
    const user = await ConsoleUser.open(browser(), product.address, 'zh-CN', WIDTHS.phone);
    await user.signIn('officer');
    await user.visit('/reviews');
    await user.page.getByText(asked.note).waitFor();
    await user.isSound('the queue of reviews');
    await user.page.locator(`button[data-command="close"]`).first().click();
    await user.fill('command.reason', '关联后不能识别个人。');
    await user.page.locator('form[data-command="close"] button[type=submit]').click();
    await user.page.getByText(asked.note).waitFor({ state: 'detached' });
    await user.visit('/reviews?queue=upcoming');
    await user.isSound('what falls due next');
    await user.close();
  });
});

/** Data renewed at this pace is not open. */
const rule = (id: string, frequency: string) => ({
  id,
  test: 'protected',
  when: { fact: { name: 'updateFrequency', in: [frequency] } },
  outcome: { floor: 'restricted' },
  strength: 'strong',
  reason: 'named-ban',
  text: { zh: '更新过慢的数据不予开放。', en: 'Data renewed too seldom is not open.' },
  source: { text: { zh: '本地规定', en: 'A local rule' } },
  verified: false,
});
