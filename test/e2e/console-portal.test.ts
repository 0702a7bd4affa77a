import { expect } from 'chai';
import { Caller } from '../support/caller.js';
import { LANGUAGES } from '../support/console.js';
import { describeAtDesk } from '../support/desk.js';

interface Files {
  readonly id: string;
  readonly distributions: readonly { readonly id: string; readonly kind: string; readonly url?: string }[];
}

describeAtDesk('the example portal, as a person meets it', (desk) => {
  const someOf = async (query: string): Promise<Files> => {
    const caller = await Caller.person(desk.address, 'enterprise-b-handler');
    const { items } = (await caller.get(`/api/datasets?${query}&limit=1`)).body as { items: { id: string }[] };
    return (await caller.get(`/api/datasets/${items[0]?.id}`)).body as Files;
  };

  for (const language of LANGUAGES) {
    it(`explains a refusal in ${language}, and leads from the bare address of a file to signing in and applying`, async () => {
      const { id, distributions } = await someOf('tier=conditional&field=transport');
      const user = await desk.open(language);
      const { page } = user;
      await user.visit(`/files/${distributions[0]?.id}/data.csv`);
      expect(new URL(page.url()).pathname).to.equal(`/portal/${distributions[0]?.id}`);
      await user.press('portal.download');
      await page.getByRole('heading', { name: user.say('portal.refused'), exact: true }).waitFor();
      const refusal = page.locator('.card-stop');
      expect(await refusal.textContent())
        .to.contain('sign-in-required')
        .and.match(language === 'en' ? /sign in and apply/ : /请登录并申请/);
      await user.isSound('a refusal of the portal');
      await refusal.getByRole('link', { name: user.say('codes.nextStep.sign-in') }).click();
      await user.signIn('enterprise-a-handler', false);
      await page.waitForURL(/\/portal\//);
      await user.settled();
      await user.press('portal.download');
      await refusal.getByRole('link', { name: user.say('codes.nextStep.apply') }).click();
      await page.waitForURL(/\/apply/);
      expect(new URL(page.url()).searchParams.get('dataset')).to.equal(id);
      await user.close();
    });
  }

  it('gives open data at once, without a page in between', async () => {
    const { id } = await someOf('tier=open&field=transport');
    const user = await desk.open('en');
    await user.visit(`/datasets/${id}`);
    const download = user.page.waitForEvent('download');
    await user.page
      .locator('#data')
      .getByRole('link', { name: user.say('dataset.get') })
      .first()
      .click();
    expect((await download).suggestedFilename()).to.match(/\.(csv|json)$/);
    await user.close();
  });

  it('asks for the purpose that is chosen, and keeps it in the address', async () => {
    const { id, distributions } = await someOf('tier=conditional&field=health');
    const user = await desk.open('zh-CN');
    const { page } = user;
    await user.visit(`/portal/${distributions[0]?.id}?dataset=${id}`);
    await page.locator('select').selectOption('education');
    await page.waitForURL(/purpose=education/);
    const asked = page.waitForRequest((request) => request.url().includes('/files/'));
    await user.press('portal.download');
    expect(new URL((await asked).url()).searchParams.get('purpose')).to.equal('education');
    await user.close();
  });

  it('says that it could not ask when the network is gone, and serves nothing', async () => {
    const { id, distributions } = await someOf('tier=conditional&field=health');
    const user = await desk.open('en');
    await user.visit(`/portal/${distributions[0]?.id}?dataset=${id}`);
    await user.context.setOffline(true);
    await user.press('portal.download');
    await user.page.getByText(user.say('problem.network.title')).waitFor();
    await user.close();
  });
});
