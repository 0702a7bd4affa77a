import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { Caller } from '../support/caller.js';
import { describeInChromium } from '../support/chromium.js';
import { ConsoleUser, LANGUAGES, WIDTHS } from '../support/console.js';
import { gb18030 } from '../support/gb18030.js';
import { Place, RunningProduct } from '../support/product.js';

const NAMES = ['王小明', '李建国', '张伟', '刘芳', '陈静', '杨洋'];
const ROSTER = gb18030(
  `姓名,手机号,线路\n${Array.from({ length: 60 }, (_, at) => `${NAMES[at % NAMES.length]},138${String(22_000_000 + at * 4099)},${at % 9}路`).join('\n')}\n`,
);

describeInChromium('evidence in the console', (browser) => {
  let place: Place;
  let product: RunningProduct;
  before(async function () {
    this.timeout(120_000);
    place = new Place();
    product = await RunningProduct.start(place);
  });
  after(async () => {
    await product?.stop();
    place?.remove();
  });

  /** Datasets of the steward's own body that are open and that nobody has to look at. */
  const openDatasets = async (): Promise<string[]> => {
    const caller = await Caller.person(product.address, 'steward-transport');
    const { body: me } = await caller.get('/api/me');
    const { body } = await caller.get(`/api/datasets?tier=open&publisher=${me.organisation.id}&limit=20`);
    return body.items.map(({ id }: { id: string }) => id);
  };
  const choose = (user: ConsoleUser, name: string, content: Buffer) =>
    user.page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: content });
  const spooled = (): string[] => {
    const folder = join(place.folder, 'data', 'spool');
    return existsSync(folder) ? readdirSync(folder) : [];
  };

  LANGUAGES.forEach((language, at) =>
    it(`a steward’s GB18030 file makes a dataset restricted; the officer sees why and confirms, in ${language}`, async function () {
      this.timeout(90_000);
      const dataset = (await openDatasets())[at] ?? '';
      const steward = await ConsoleUser.open(
        browser(),
        product.address,
        language,
        at === 0 ? WIDTHS.phone : WIDTHS.desk,
      );
      await steward.signIn('steward-transport');
      await steward.visit(`/datasets/${dataset}`);
      await steward.page.getByRole('link', { name: steward.say('evidence.all') }).click();
      await steward.page.locator('input[type=file]').waitFor();
      await steward.isSound('evidence before a file');
      await choose(steward, 'passengers.csv', ROSTER);
      await steward.press('evidence.sendFile');
      await steward.page.waitForURL(/\/classification\//);
      await steward.page.getByText(steward.say('codes.assessmentState.proposed')).first().waitFor({ timeout: 60_000 });
      await steward.page.getByText(steward.say('codes.findingType.mobile-number')).first().waitFor();
      await steward.isSound('an assessment of a file');
      expect(await steward.commands(), 'nobody decides on what they sent').to.deep.equal([]);
      const officer = await ConsoleUser.open(browser(), product.address, language);
      await officer.signIn('officer');
      await officer.visit(`/datasets/${dataset}/evidence`);
      await officer.page.getByText(officer.say('evidence.fromSample')).waitFor();
      const text = (await officer.page.locator('main').textContent()) ?? '';
      for (const seen of ['手机号', officer.say('codes.findingType.person-name'), officer.say('evidence.fromSample')])
        expect(text).to.include(seen);
      for (const value of NAMES) expect(text).not.to.include(value);
      expect(text).to.match(language === 'en' ? /art\. 41/ : /第四十一条/);
      await officer.isSound('the evidence page of an officer');
      await officer.visit(new URL(steward.page.url()).pathname);
      await officer.command('confirm', () => Promise.resolve());
      await officer.page.getByText(officer.say('codes.assessmentState.confirmed')).first().waitFor();
      const portal = await Caller.portal(product.address);
      const question = {
        subject: { type: 'anonymous', id: 'anonymous' },
        resource: { type: 'dataset', id: dataset },
        action: { name: 'download' },
      };
      const answer = (await portal.post('/access/v1/evaluation', question)).body;
      expect(answer.decision, JSON.stringify(answer)).to.equal(false);
      expect(spooled(), 'the file is gone').to.deep.equal([]);
      await steward.close();
      await officer.close();
    }),
  );

  it('says in both languages why a file gave no assessment, and what to do', async function () {
    this.timeout(60_000);
    const [dataset] = (await openDatasets()).slice(5);
    for (const language of LANGUAGES) {
      const user = await ConsoleUser.open(browser(), product.address, language, WIDTHS.phone);
      await user.signIn('steward-transport');
      await user.visit(`/datasets/${dataset}/evidence`);
      await choose(user, 'picture.csv', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1]));
      await user.press('evidence.sendFile');
      await user.page.getByText(user.say('codes.sampleFailure.binary-file')).waitFor({ timeout: 30_000 });
      await user.page.getByText(user.say('evidence.deleted')).waitFor();
      await user.isSound('a file that is no table');
      await user.close();
    }
  });

  it('lets a steward cancel a file that is being read, also after a reload', async function () {
    this.timeout(60_000);
    const [dataset] = (await openDatasets()).slice(6);
    const user = await ConsoleUser.open(browser(), product.address, 'en');
    await user.signIn('steward-transport');
    await user.visit(`/datasets/${dataset}/evidence`);
    const row = `${'0123456789,'.repeat(20)}\n`;
    const large = join(place.folder, 'large.csv');
    writeFileSync(large, `${'c,'.repeat(20)}\n${row.repeat(150_000)}`);
    await user.page.locator('input[type=file]').setInputFiles(large);
    await user.press('evidence.sendFile');
    await user.page.waitForURL(/\/classification\//, { timeout: 30_000 });
    await user.page.reload();
    await user.page.locator('progress').waitFor();
    await user.page.locator('button[data-command="cancel"]').click();
    await user.page.getByText(user.say('evidence.cancelled')).waitFor();
    await user.isSound('a cancelled file');
    await user.visit(`/datasets/${dataset}/evidence`);
    await user.page.locator('input[type=file]').waitFor();
    await user.close();
  });
});
