import { expect } from 'chai';
import { Caller } from '../support/caller.js';
import { type ConsoleLanguage, LANGUAGES, WIDTHS } from '../support/console.js';
import { describeAtDesk } from '../support/desk.js';

interface Sets {
  readonly count: number;
  readonly sets: readonly { readonly members: readonly { readonly id: string; readonly dataset: string }[] }[];
}

describeAtDesk('sets of alike records in the console', (desk) => {
  const officer = (): Promise<Caller> => Caller.person(desk.address, 'officer');
  /** Groups from which the engine abstains, the largest first. */
  const abstained = async (): Promise<string[]> => {
    const caller = await officer();
    const { groups } = (await caller.get('/api/assessments?state=proposed')).body as {
      groups: { group: string; sample: string }[];
    };
    const samples = await Promise.all(groups.map(({ sample }) => caller.get(`/api/assessments/${sample}`)));
    return groups
      .filter(
        (_, at) => (samples[at]?.body as { verdict?: { abstained: boolean } } | undefined)?.verdict?.abstained === true,
      )
      .map(({ group }) => group);
  };
  const setsOf = async (group: string): Promise<Sets> =>
    (await (await officer()).get(`/api/assessments/groups/${group}/alike`)).body as Sets;

  LANGUAGES.forEach((language, at) =>
    it(`decides on what is ticked of a set by one act, and leaves the rest, in ${language}`, async () => {
      const group = (await abstained())[at] ?? '';
      const before = await setsOf(group);
      const [first] = before.sets;
      expect(first?.members.length, 'a set to decide on').to.be.above(1);
      const user = await desk.open(language as ConsoleLanguage, 'officer');
      await user.visit('/classification');
      await user.page.locator(`a[href="/classification/groups/${group}/alike"]`).click();
      await user.heading(
        user.say(`alike.title_${before.sets.length === 1 && language === 'en' ? 'one' : 'other'}`, {
          count: before.sets.length,
        }),
      );
      await user.isSound('the sets of a group');
      await user.picture('alike');
      await user.page.locator('.alike-member input[type=checkbox]').first().uncheck();
      await user.page.locator('button[data-command="override"]').click();
      const form = user.page.locator('form[data-command="override"]');
      await form.getByRole('radio', { name: user.say('codes.tier.open'), exact: true }).check();
      await user.fill('command.reason', 'Read one by one: statistics without persons. 逐条核对，均为不含个人的统计。');
      await form.locator('button[type=submit]').click();
      await user.page.getByRole('alert').waitFor();
      await user.isSound('opening a set without its legal basis');
      await user.fill('override.legalBasis', 'Shanghai Data Regulations, art. 41');
      await form.locator('button[type=submit]').click();
      const decided = (first?.members.length ?? 0) - 1;
      await user.page
        .getByText(
          user.say(`alike.decided_${decided === 1 && language === 'en' ? 'one' : 'other'}`, { count: decided }),
        )
        .waitFor();
      const after = await setsOf(group);
      expect(after.count).to.equal(before.count - decided);
      expect(after.sets.flatMap(({ members }) => members.map(({ id }) => id))).to.include(first?.members[0]?.id);
      const { body } = await (await officer()).get(`/api/datasets/${first?.members[1]?.dataset}`);
      expect(body).to.include({ tier: 'open', tierStatus: 'confirmed' });
      await user.close();
    }),
  );

  it('offers a steward the sets to read, and nothing to decide; and fits a phone', async () => {
    const caller = await Caller.person(desk.address, 'steward-transport');
    const { groups } = (await caller.get('/api/assessments?state=proposed')).body as { groups: { group: string }[] };
    const user = await desk.open('zh-CN', 'steward-transport', WIDTHS.phone);
    await user.visit(`/classification/groups/${groups[0]?.group}/alike`);
    await user.isSound('the sets of a group on a phone');
    expect(await user.page.locator('.alike-member').count()).to.be.above(0);
    expect(await user.page.locator('main input[type=checkbox]').count()).to.equal(0);
    expect(await user.commands()).to.deep.equal([]);
    await user.close();
  });
});
