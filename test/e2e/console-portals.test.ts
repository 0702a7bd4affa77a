import { expect } from 'chai';
import { Caller } from '../support/caller.js';
import { type ConsoleUser, LANGUAGES, WIDTHS } from '../support/console.js';
import { describeAtDesk } from '../support/desk.js';

/** An administrator runs portals: registers one, hands over its key, replaces it, says whom it asks about, sees its checks. */
describeAtDesk('portals in the console', (desk) => {
  const secretOf = (user: ConsoleUser): Promise<string> =>
    user.page.locator('main .card-good input[readonly]').inputValue();
  const asked = (key: string, dataset = 'none') =>
    Caller.anonymous(desk.address).post(
      '/access/v1/evaluation',
      {
        subject: { type: 'anonymous', id: 'anonymous' },
        resource: { type: 'dataset', id: dataset },
        action: { name: 'read' },
      },
      { 'x-api-key': key },
    );
  const keyRow = (user: ConsoleUser, label: string) => user.page.locator('main .row-card', { hasText: label });

  LANGUAGES.forEach((language, at) => {
    const width = at === 0 ? WIDTHS.phone : WIDTHS.desk;

    it(`are registered, get a key that is shown once, and replace it without a gap, in ${language}`, async function () {
      this.timeout(240_000);
      const admin = await desk.open(language, 'admin', width);
      const [name, clientId] = [`示范门户 ${at}`, `model-portal-${at}`];
      await admin.visit('/portals');
      await admin.isSound('the list');
      await admin.fill('portals.name', name);
      await admin.fill('portals.clientId', 'Not a client');
      await admin.press('portals.register');
      await admin.page.getByText(admin.say('codes.fault.matches')).first().waitFor();
      await admin.fill('portals.clientId', clientId);
      await admin.press('portals.register');
      await admin.heading(name);
      await admin.page.getByText(admin.say('portals.noChecks')).waitFor();
      await admin.page.getByText(admin.say('portals.nobody')).waitFor();
      await admin.isSound('a new portal');

      await admin.fill('portals.label', 'Gateway');
      await admin.press('portals.make');
      await admin.page.getByText(admin.say('portals.madeNow', { label: 'Gateway' })).waitFor();
      const first = await secretOf(admin);
      await admin.isSound('a key, this once');
      expect((await asked(first)).status).to.equal(200);
      await admin.visit(new URL(admin.page.url()).pathname);
      expect(await admin.page.content(), 'shown once').to.not.contain(first);

      await admin.page.getByRole('button', { name: admin.say('portals.replaceIt', { label: 'Gateway' }) }).click();
      await admin.page.getByText(admin.say('portals.madeNow', { label: 'Gateway' })).waitFor();
      const second = await secretOf(admin);
      expect(second).to.not.equal(first);
      expect([(await asked(first)).status, (await asked(second)).status], 'both, for a while').to.deep.equal([
        200, 200,
      ]);
      await admin.settled();
      const rows = keyRow(admin, 'Gateway');
      expect(await rows.count()).to.equal(2);
      // The newest stands first, or last: the old one is the one that was there at the first look.
      const old = rows.filter({ has: admin.page.locator('button[data-command="revoke"]') }).last();
      await old.locator('button[data-command="revoke"]').click();
      await admin.page.getByText(admin.say('portals.revocation', { label: 'Gateway' })).waitFor();
      await admin.isSound('what revoking does');
      await admin.page
        .locator('form[data-command="revoke"]')
        .getByRole('button', { name: admin.say('codes.command.revoke'), exact: true })
        .click();
      // The badge: the help of the form below has the word, too.
      await rows
        .locator('.state-badge', { hasText: admin.say('codes.keyState.revoked') })
        .first()
        .waitFor();
      const statuses = [(await asked(first)).status, (await asked(second)).status];
      expect(
        statuses.toSorted((a, b) => a - b),
        'one of the two',
      ).to.deep.equal([200, 401]);
    });

    it(`are told whom they may ask about, watched, and switched off, in ${language}`, async function () {
      this.timeout(240_000);
      const admin = await desk.open(language, 'admin', width);
      const api = await Caller.person(desk.address, 'admin');
      const { organisation } = (await api.get('/api/me')).body;
      const made = (
        await api.post('/api/portals', {
          clientId: `watched-${at}`,
          name: `受看门户 ${at}`,
          organisation: organisation.id,
        })
      ).body;
      const key = (await api.post(`/api/portals/${made.id}/keys`, { kind: 'api-key', label: 'Main' })).body.secret;
      for (let n = 0; n < 3; n++) expect((await asked(key)).status).to.equal(200);
      await new Promise((resolve) => setTimeout(resolve, 1500));

      await admin.visit(`/portals/${made.id}`);
      expect(await admin.page.locator('[data-figure="denied"]').innerText()).to.equal('3');
      await admin.page.getByText(admin.say('portals.allDecided')).waitFor();
      await admin.isSound('a portal that asked');
      await admin.picture('portal', true);

      const enterprise = (await (await Caller.person(desk.address, 'enterprise-b-handler')).get('/api/me')).body;
      await admin.command('serve', async () => {
        await admin.page.getByLabel(admin.say('portals.named'), { exact: true }).check();
        const code = admin.page.locator('form[data-command="serve"]').getByRole('textbox');
        await code.fill('000000000000000000');
        await admin.press('portals.pick');
        await admin.page.getByText(admin.say('portals.noneFound')).waitFor();
        await code.fill(enterprise.organisation.creditCode);
        await admin.press('portals.pick');
        await admin.page.getByText(enterprise.organisation.creditCode).first().waitFor();
        await admin.isSound('whom it asks about');
      });
      expect((await api.get(`/api/portals/${made.id}`)).body.serves).to.deep.equal([enterprise.organisation.id]);
      await admin.page.getByText(enterprise.organisation.creditCode).first().waitFor();

      await admin.command('switch-off', async () => admin.isSound('what switching off does'));
      expect((await asked(key)).status).to.equal(401);
      await admin.command('switch-on');
      expect((await asked(key)).status).to.equal(200);
      await admin.visit('/portals');
      await admin.page.getByRole('link', { name: `受看门户 ${at}`, exact: true }).waitFor();
      await admin.isSound('the list, with what was asked');
      await admin.picture('portals');
    });
  });
});
