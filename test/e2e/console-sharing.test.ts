import { expect } from 'chai';
import { Cases, fine } from '../support/cases.js';
import { LANGUAGES, WIDTHS } from '../support/console.js';
import { describeAtDesk } from '../support/desk.js';

const HANDLER = 'handler-health';
const CONDITION = { 'zh-CN': '按需申请，限于履行职责使用', en: 'On request, and only to carry out official duties' };

describeAtDesk('sharing between public bodies in the console', (desk) => {
  let cases: Cases;
  before(async () => {
    cases = await Cases.open(desk.address);
  });

  LANGUAGES.forEach((language, at) =>
    it(`a body asks, the holder rules, the signatory promises, in ${language}`, async function () {
      this.timeout(240_000);
      const width = at === 0 ? WIDTHS.phone : WIDTHS.desk;
      const dataset = cases.datasets[at] as string;
      // Not open to anybody else: what the body sees is what sharing shows it.
      const propose = { tier: 'restricted', reason: 'Plates can be read' };
      await cases.give('officer', `/api/datasets/${dataset}`, 'propose-tier', propose);

      const handler = await desk.open(language, HANDLER, width);
      await handler.visit(`/datasets/${dataset}`);
      await handler.page.getByRole('heading', { name: handler.say('sharing.title') }).waitFor();
      await handler.page.getByText(CONDITION[language]).first().waitFor();
      await handler.isSound('a record that is shared and not open');
      await handler.page.getByRole('link', { name: handler.say('sharing.ask') }).click();
      await handler.heading(handler.say('sharing.apply'));
      await handler.page.getByText(handler.say('sharing.note')).waitFor();
      await handler.page.locator('select').first().selectOption('public-service');
      await handler.fill('apply.scenario', 'Routes of ambulances');
      await handler.isSound('a request between bodies');
      await handler.press('apply.submit');
      await handler.page.waitForURL(/\/applications\/[0-9A-Z]{26}$/);
      await handler.page.getByText(handler.say('sharing.kind.sharing')).first().waitFor();
      await handler.isSound('a request between bodies under way');
      const place = new URL(handler.page.url()).pathname;

      const reviewer = await desk.open(language, 'reviewer-transport', width);
      await reviewer.visit('/queue');
      await reviewer.page.getByLabel(reviewer.say('sharing.filter')).selectOption('sharing');
      await reviewer.page.locator(`a[href="${place}"]`).waitFor();
      await reviewer.isSound('the queue of requests between bodies');
      await reviewer.page.getByLabel(reviewer.say('sharing.filter')).selectOption('opening');
      await reviewer.page.locator(`a[href="${place}"]`).waitFor({ state: 'detached' });
      await reviewer.visit(place);
      await reviewer.command('accept');
      expect(await reviewer.commands())
        .to.include('approve')
        .and.to.not.include('advise');
      await reviewer.page.getByText(reviewer.say('codes.applicationStateHelp.sharing/in-review/holder')).waitFor();
      const steps = await reviewer.page.locator('.steps li').allInnerTexts();
      const named = ['draft', 'acceptance', 'holderAlone', 'promise', 'done'].map((step) =>
        reviewer.say(`steps.${step}`),
      );
      expect(steps.map((text, place) => text.includes(named[place] ?? '?'))).to.deep.equal(named.map(() => true));
      await reviewer.isSound('a request between bodies before its holder');
      await reviewer.close();
      await cases.give('reviewer-transport', `/api${place}`, 'approve', {});

      const signatory = await desk.open(language, 'signatory-health', width);
      await signatory.visit(place);
      expect(await signatory.commands()).to.include('accept-agreement');
      const now = signatory.page.locator('.steps [aria-current="step"]');
      expect(await now.innerText()).to.include(signatory.say('steps.promise'));
      await signatory.page.getByText(signatory.say('codes.applicationStateHelp.sharing/approved')).waitFor();
      await signatory.page.locator('button[data-command="accept-agreement"]').click();
      await signatory.page.locator('form[data-command="accept-agreement"]').waitFor();
      await signatory.settled();
      await signatory.isSound('the promise');
      await signatory.close();
      const { version, hash } = (await cases.as('signatory-health').get(`/api${place}`)).body.agreement;
      const { body } = await cases.give('signatory-health', `/api${place}`, 'accept-agreement', { version, hash });

      await handler.visit(`/grants/${body.grants[0].id}`);
      await handler.isSound('a grant between bodies');
      await handler.close();
      const organisation = fine(await cases.as(HANDLER).get('/api/me')).body.organisation.id;
      const answer = await cases.as('portal').post('/access/v1/evaluation', {
        subject: { type: 'organisation', id: organisation },
        resource: { type: 'dataset', id: dataset },
        action: { name: 'download' },
      });
      expect([answer.body.decision, answer.body.context.reason.code]).to.deep.equal([true, 'shared']);
    }),
  );

  it('offers an enterprise nothing of it', async function () {
    this.timeout(120_000);
    const enterprise = await desk.open('en', 'enterprise-a-handler');
    await enterprise.visit(`/datasets/${cases.datasets[2]}`);
    expect(await enterprise.page.getByText(enterprise.say('sharing.ask')).count()).to.equal(0);
    expect(await enterprise.page.getByRole('heading', { name: enterprise.say('sharing.title') }).count()).to.equal(0);
    await enterprise.close();
  });
});
