import { expect } from 'chai';
import { Caller } from '../support/caller.js';
import { ConsoleUser } from '../support/console.js';
import { describeAtDesk } from '../support/desk.js';

const ROLE = '.account-role';

describeAtDesk('sessions in the console', (desk) => {
  let submitted: string;
  before(async () => {
    const handler = await Caller.person(desk.address, 'enterprise-b-handler');
    const { items } = (await handler.get('/api/applications?state=submitted')).body as { items: { id: string }[] };
    submitted = `/applications/${items[0]?.id}`;
  });

  /** The session is over at the server; the page has not heard of it yet. */
  const endAtServer = (user: ConsoleUser): Promise<number> =>
    user.page.evaluate<number>(
      "fetch('/api/auth/sign-out', { method: 'POST', headers: { 'x-tiergate-console': '1' } }).then((answer) => answer.status)",
    );
  const writeRemark = async (user: ConsoleUser): Promise<void> => {
    await user.visit(submitted);
    await user.page.locator('button[data-command="remark"]').click();
    await user.fill('command.text', 'A long and careful remark.');
    expect(await endAtServer(user)).to.equal(204);
    await user.page.locator('form[data-command="remark"] button[type=submit]').click();
    await user.heading(user.say('guard.ended'));
  };
  const signInHere = async (user: ConsoleUser, username: string): Promise<void> => {
    await user.page.locator('input[name=username]').fill(username);
    await user.page.locator('input[name=password]').fill('tiergate-demo');
    await user.press('action.signIn');
    await user.page.locator('.account').waitFor();
    await user.settled();
  };

  it('that end by themselves lose nothing that was written: sign in on the spot and go on', async () => {
    const user = await desk.open('zh-CN', 'enterprise-b-handler');
    await writeRemark(user);
    await user.isSound('an ended session');
    expect(await user.page.locator('form[data-command="remark"]').isVisible(), 'hidden meanwhile').to.equal(false);
    await signInHere(user, 'enterprise-b-handler');
    const form = user.page.locator('form[data-command="remark"]');
    expect(await form.locator('textarea').inputValue()).to.equal('A long and careful remark.');
    await form.locator('button[type=submit]').click();
    await user.page.getByText(user.say('command.done', { command: user.say('codes.command.remark') })).waitFor();
    await user.close();
  });

  it('are never handed on: whoever else signs in finds nothing of the first one', async () => {
    const user = await desk.open('en', 'enterprise-b-handler');
    await writeRemark(user);
    await signInHere(user, 'enterprise-a-handler');
    expect(await user.page.content()).not.to.contain('A long and careful remark.');
    expect(await user.page.locator('form[data-command]').count()).to.equal(0);
    await user.page.locator('main .problem').waitFor();
    expect(await user.page.locator('main').textContent(), 'another organisation’s case').not.to.contain('Hefeng');
    await user.close();
  });

  it('are followed by the other tabs: signing out, and signing in as somebody else', async () => {
    const user = await desk.open('en', 'enterprise-b-handler');
    const other = await user.context.newPage();
    await other.goto(`${desk.address}/applications`);
    await other.locator('.row-card').first().waitFor();
    await user.page.locator('.account').click();
    await user.page.getByRole('menuitem', { name: user.say('action.signOut') }).click();
    await other.getByRole('heading', { name: user.say('guard.title') }).waitFor();
    expect(await other.locator('.row-card').count()).to.equal(0);

    await user.signIn('supervisor');
    await other
      .locator(ROLE)
      .filter({ hasText: user.say('codes.role.supervisor') })
      .waitFor();
    await user.signIn('enterprise-a-handler');
    await other
      .locator(ROLE)
      .filter({ hasText: user.say('codes.role.handler') })
      .waitFor();
    await other.getByText(user.say('applications.empty')).waitFor();
    await user.close();
  });

  it('begin where the work of a role waits, or where a link led', async () => {
    const starts = {
      'reviewer-health': '/queue',
      'approver-deputy': '/queue',
      officer: '/classification',
      'steward-health': '/classification',
      'enterprise-b-signatory': '/applications',
      auditor: '/applications',
      citizen: '/',
    };
    for (const [username, path] of Object.entries(starts)) {
      const user = await desk.open('en', username);
      expect(new URL(user.page.url()).pathname, username).to.equal(path);
      await user.visit('/sign-in?then=%2Fdatasets%3Ffield%3Dhealth&as=supervisor');
      expect(await user.page.locator('input[name=username]').inputValue()).to.equal('supervisor');
      await user.press('action.signIn');
      await user.page.waitForURL(/\/datasets\?field=health/);
      await user.close();
    }
  });
});
