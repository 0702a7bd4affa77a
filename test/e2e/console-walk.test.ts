import { expect } from 'chai';
import { Caller } from '../support/caller.js';
import { type ConsoleLanguage, ConsoleUser, LANGUAGES } from '../support/console.js';
import { type Desk, describeAtDesk } from '../support/desk.js';

interface Found {
  readonly id: string;
  readonly title: { readonly zh?: string; readonly en?: string };
  readonly publisher: { readonly id: string };
  readonly deliveryKinds: readonly string[];
  readonly conditions: readonly { readonly evidenceRequired: boolean }[];
  readonly nextStep: { readonly code: string };
}

/** Conditional datasets of the transport reviewer's body that ask for no proof and can be downloaded. */
async function plainDatasets(address: string): Promise<Found[]> {
  const [handler, reviewer] = await Promise.all([
    Caller.person(address, 'enterprise-a-handler'),
    Caller.person(address, 'reviewer-transport'),
  ]);
  const holder = (await reviewer.get('/api/me')).body.organisation.id as string;
  const { items } = (await handler.get(`/api/datasets?tier=conditional&publisher=${holder}&limit=100`)).body;
  const full = await Promise.all(
    (items as Found[]).map(async ({ id }) => (await handler.get(`/api/datasets/${id}`)).body as Found),
  );
  return full.filter(
    (one) =>
      one.deliveryKinds.includes('download') &&
      one.nextStep.code === 'apply' &&
      one.conditions.every(({ evidenceRequired }) => !evidenceRequired),
  );
}

describeAtDesk('the main walk in the console', (desk) => {
  let datasets: Found[];
  before(async () => {
    datasets = await plainDatasets(desk.address);
    expect(datasets.length, 'plain conditional datasets').to.be.at.least(2);
  });

  LANGUAGES.forEach((language, at) =>
    walkIn(language, () => ({ desk, address: desk.address, dataset: datasets[at] as Found })),
  );
});

function walkIn(language: ConsoleLanguage, given: () => { desk: Desk; address: string; dataset: Found }): void {
  describe(`in ${language}`, function () {
    // Each step stands on the one before it.
    this.bail(true);
    this.timeout(240_000);
    let handler: ConsoleUser;
    let title = '';
    let number = '';
    let application = '';
    let grant = '';
    const others: ConsoleUser[] = [];
    const join = async (username: string): Promise<ConsoleUser> => {
      const { desk } = given();
      const user = await desk.open(language);
      others.push(user);
      await user.signIn(username);
      return user;
    };
    const decides = async (): Promise<boolean> => {
      const { address, dataset } = given();
      const [portal, applicant] = await Promise.all([
        Caller.portal(address),
        Caller.person(address, 'enterprise-a-handler'),
      ]);
      const { id } = (await applicant.get('/api/me')).body.organisation;
      const question = {
        subject: { type: 'organisation', id },
        resource: { type: 'dataset', id: dataset.id },
        action: { name: 'download' },
        context: { purpose: 'research' },
      };
      return (await portal.post('/access/v1/evaluation', question)).body.decision;
    };

    before(async () => {
      const { desk, dataset } = given();
      title = (language === 'en' ? dataset.title.en : dataset.title.zh) ?? dataset.title.zh ?? '';
      handler = await desk.open(language);
      others.push(handler);
    });
    after(() => Promise.all(others.map((user) => user.close())));

    it('a visitor finds the dataset, reads why it has its tier, and is led to sign in', async () => {
      const { page } = handler;
      await handler.visit('/');
      await page
        .getByRole('searchbox')
        .or(page.getByLabel(handler.say('search.box')))
        .first()
        .fill(title);
      await handler.press('action.search');
      await page.waitForURL(/\/datasets\?q=/);
      await page.locator('main .hits a', { hasText: title }).first().click();
      await handler.heading(title);
      await page
        .getByRole('heading', { name: handler.say('why.title', { tier: handler.say('codes.tier.conditional') }) })
        .waitFor();
      expect(await page.locator('#why .reasons li').count()).to.be.above(0);
      await handler.isSound('dataset page');
      await handler.picture('dataset', true);
      await page.getByRole('link', { name: handler.say('codes.nextStep.sign-in') }).click();
      await handler.signIn('enterprise-a-handler', false);
      await handler.heading(title);
    });

    it('the handler applies: a draft that warns, then a number and a receipt', async () => {
      const { page } = handler;
      await page.getByRole('link', { name: handler.say('codes.nextStep.apply') }).click();
      await page.locator('select').first().selectOption('research');
      await handler.press('apply.save');
      await page.waitForURL(/draft=/);
      await page.getByText(handler.say('apply.warnings')).waitFor();
      expect(await page.getByText(handler.say('codes.fault.scenario-missing')).count()).to.be.above(0);
      await handler.isSound('application form');
      await handler.picture('apply');
      await handler.fill(
        'apply.scenario',
        'Travel times of goods vehicles on the main corridors. 货运车辆行程时间研究。',
      );
      await handler.fill('apply.securityPlan', 'Encrypted at rest, two named persons. 加密存储，指定两人访问。');
      await handler.press('apply.submit');
      await page.waitForURL(/\/applications\/[^/]+$/);
      application = new URL(page.url()).pathname;
      await page.getByRole('heading', { name: handler.say('receipt.title') }).waitFor();
      number = (await page.locator('.facts strong.mono').first().textContent()) ?? '';
      expect(number).to.match(/^TG-\d{4}-\d{6}$/);
      await handler.isSound('submitted application');
    });

    it('a reload keeps the session, and no script can read the refresh token', async () => {
      await handler.page.reload();
      await handler.settled();
      await handler.page.locator('.account').waitFor();
      await handler.heading(title);
      expect(await handler.page.evaluate<string>('document.cookie')).to.equal('');
      const kept = await handler.page.evaluate<string>('JSON.stringify({ ...localStorage, ...sessionStorage })');
      expect(kept).not.to.match(/eyJ|[A-Za-z0-9_-]{40}/);
    });

    it('the reviewer accepts, claims and advises from the queue', async () => {
      const reviewer = await join('reviewer-transport');
      await reviewer.visit('/queue');
      await reviewer.isSound('queue');
      await reviewer.picture('queue');
      await reviewer.page.locator('.row-card', { hasText: number }).locator('a').first().click();
      await reviewer.heading(title);
      expect(await reviewer.commands())
        .to.include('accept')
        .and.not.include('approve');
      await reviewer.command('accept');
      await reviewer.command('claim');
      await reviewer.command('advise', async () => {
        await reviewer.page
          .getByRole('radio', { name: reviewer.say('codes.recommendation.approve'), exact: true })
          .check();
        await reviewer.fill('advise.remark', 'Purpose and safeguards fit. 用途明确。');
      });
      expect(await reviewer.commands()).not.to.include('approve');
      await reviewer.isSound('case page of the reviewer');
    });

    it('the applicant is offered no ruling, and sees who has the ball', async () => {
      await handler.visit(application);
      expect(await handler.commands()).not.to.include.members(['approve']);
      expect(await handler.page.locator('.ball').textContent()).to.contain(handler.say('codes.role.approver'));
    });

    it('the approver approves; a change in between is read again and said so', async () => {
      const approver = await join('approver');
      await approver.visit(application);
      if ((await approver.commands()).includes('claim')) await approver.command('claim');
      await approver.page.locator('details.ledger summary').first().click();
      await approver.picture('case', true);
      await approver.page.locator('button[data-command="approve"]').click();
      const rival = await Caller.person(given().address, 'enterprise-a-handler');
      expect(
        (await rival.command(`/api${application}`, 'remark', { text: 'One more word', private: false })).status,
      ).to.equal(200);
      const approve = approver.page
        .locator('form[data-command="approve"]')
        .getByRole('button', { name: approver.say('codes.command.approve'), exact: true });
      await approver.fill('command.reasonOptional', 'Conditions met. 符合条件。');
      await approve.click();
      await approver.page.getByText(approver.say('command.reread')).waitFor();
      await approver.page.getByText('One more word').waitFor();
      expect(
        await approver.page.locator('form[data-command="approve"] textarea').inputValue(),
        'what was written outlives the new version',
      ).to.equal('Conditions met. 符合条件。');
      await approver.isSound('a conflict');
      await approve.click();
      await approver.page
        .getByText(approver.say('command.done', { command: approver.say('codes.command.approve') }))
        .waitFor();
      expect(await decides(), 'permit before the agreement').to.equal(false);
    });

    it('the signatory reads the agreement and accepts it; the data is permitted', async () => {
      const signatory = await join('enterprise-a-signatory');
      await signatory.visit('/applications');
      await signatory.page.locator('.row-card', { hasText: number }).locator('a').first().click();
      await signatory.heading(title);
      await signatory.command('accept-agreement', async () => {
        await signatory.page.locator('.agreement').waitFor();
        await signatory.isSound('the agreement');
        await signatory.picture('agreement');
        await signatory.page.getByLabel(signatory.say('agreement.read')).check();
      });
      expect(await decides(), 'after the agreement').to.equal(true);
    });

    it('the handler follows the grant to the portal, which serves the file and names its source', async () => {
      const { page } = handler;
      await handler.visit(application);
      await page.getByRole('link', { name: handler.say('grants.open') }).click();
      await handler.heading(title);
      grant = new URL(page.url()).pathname;
      await handler.isSound('grant of the handler');
      await page.getByRole('heading', { name: handler.say('grant.links') }).waitFor();
      await page.locator('.bullets a').first().click();
      await page.waitForURL(/\/portal\//);
      expect(new URL(page.url()).searchParams.get('purpose')).to.equal('research');
      await handler.press('portal.download');
      await page.getByRole('heading', { name: handler.say('portal.served'), exact: true }).waitFor();
      expect(await page.locator('.facts').last().textContent()).to.contain('granted');
      expect(await page.locator('.table tbody tr').count()).to.be.above(1);
      await handler.isSound('a served file');
      await handler.picture('portal');
    });

    it('the supervisor is told what a suspension does to whom; it stops the download that runs meanwhile', async () => {
      const { page } = handler;
      await handler.press('portal.start');
      const now = page.locator('output');
      await now.filter({ hasText: handler.say('portal.served') }).waitFor();
      const supervisor = await join('supervisor');
      await supervisor.isSound('grants');
      await supervisor.visit(grant);
      await supervisor.command('suspend', async () => {
        const notice = (await supervisor.page.locator('form[data-command="suspend"] .note').textContent()) ?? '';
        expect(notice).to.contain(title);
        await supervisor.picture('suspend');
        await supervisor.fill('command.reason', 'Use beyond the scenario reported. 报告超出场景使用。');
      });
      expect(await decides(), 'suspended').to.equal(false);
      await now.filter({ hasText: handler.say('portal.refused') }).waitFor();
      const turn = (await page.locator('.turns li').first().textContent()) ?? '';
      expect(turn)
        .to.match(/\d+:\d\d:\d\d\.\d{3}/)
        .and.to.contain('grant-suspended');
      expect(turn, 'how long it took').to.match(language === 'en' ? /\d+ ms/ : /\d+ 毫秒/);
      await handler.picture('stopped', true);
      await supervisor.isSound('a suspended grant');
      await supervisor.command('resume', () => supervisor.fill('command.reason', 'Cleared. 已核实。'));
      expect(await decides(), 'resumed').to.equal(true);
      await now.filter({ hasText: handler.say('portal.served') }).waitFor();
      await handler.press('portal.stop');
      await handler.isSound('a stopped loop');
    });

    it('signing out ends the session, also after a reload', async () => {
      await handler.page.locator('.account').click();
      await handler.page.getByRole('menuitem', { name: handler.say('action.signOut') }).click();
      await handler.page
        .locator('.bar')
        .getByRole('link', { name: handler.say('action.signIn') })
        .waitFor();
      await handler.visit(application);
      await handler.heading(handler.say('guard.title'));
    });
  });
}
