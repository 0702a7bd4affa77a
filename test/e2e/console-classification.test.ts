import { expect } from 'chai';
import { Caller } from '../support/caller.js';
import { LANGUAGES } from '../support/console.js';
import { describeAtDesk } from '../support/desk.js';

interface Proposed {
  readonly id: string;
  readonly allowedCommands: readonly string[];
  readonly verdict: { readonly proposed: string };
}

describeAtDesk('classification in the console', (desk) => {
  const proposedTo = async (username: string): Promise<Proposed[]> => {
    const caller = await Caller.person(desk.address, username);
    return ((await caller.get('/api/assessments?state=proposed&limit=100')).body as { items: Proposed[] }).items;
  };

  for (const username of ['officer', 'steward-transport']) {
    it(`offers ${username} exactly the commands the server allows`, async () => {
      const user = await desk.open('en', username);
      const [first] = await proposedTo(username);
      await user.visit(`/classification/${first?.id}`);
      expect(await user.commands()).to.have.members([...(first?.allowedCommands ?? [])]);
      expect((await user.commands()).length > 0, 'an officer decides, a steward does not').to.equal(
        username === 'officer',
      );
      await user.close();
    });
  }

  LANGUAGES.forEach((language, at) =>
    it(`lets an officer lower a tier for a reason and a legal basis only, in ${language}`, async () => {
      const restricted = (await proposedTo('officer')).filter(({ verdict }) => verdict.proposed === 'restricted');
      const user = await desk.open(language, 'officer');
      await user.visit(`/classification/${restricted[at]?.id}`);
      await user.page.locator('button[data-command="override"]').click();
      const form = user.page.locator('form[data-command="override"]');
      await form.getByRole('radio', { name: user.say('codes.tier.conditional') }).check();
      await user.fill('command.reason', 'Names are removed before delivery. 交付前去除姓名。');
      await form.locator('button[type=submit]').click();
      await user.page.getByRole('alert').waitFor();
      await user.isSound('a lowering without its basis');
      expect(await form.locator('textarea').inputValue(), 'what was written').to.contain('交付前去除姓名');
      await user.fill('override.legalBasis', 'Shanghai Data Regulations, art. 41(2)');
      await form.locator('button[type=submit]').click();
      await user.page.getByText(user.say('command.done', { command: user.say('codes.command.override') })).waitFor();
      await user.page.getByText(user.say('codes.assessmentState.overridden')).first().waitFor();
      expect(await user.commands()).to.deep.equal([]);
      await user.isSound('an overridden assessment');
      await user.close();
    }),
  );

  it('confirms a whole group by one act, and takes it off the list', async () => {
    const user = await desk.open('zh-CN', 'officer');
    await user.visit('/classification');
    await user.isSound('the queue of classification');
    const before = (await proposedTo('officer')).length;
    const groups = user.page.locator('.group');
    const abstained = groups.filter({ hasText: user.say('groups.abstained') });
    expect(await abstained.count(), 'the engine abstained').to.be.above(0);
    expect(await abstained.getByRole('button').count(), 'nothing to confirm there').to.equal(0);
    const confirm = groups.getByRole('button').first();
    const count = Number(/\d+/.exec((await confirm.textContent()) ?? '')?.[0]);
    expect(count).to.be.above(1);
    await confirm.click();
    await user.page.getByText(user.say('classification.count_other', { count: before - count })).waitFor();
    expect((await proposedTo('officer')).length).to.equal(before - count);
    await user.close();
  });
});
