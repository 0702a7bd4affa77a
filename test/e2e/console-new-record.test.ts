import { expect } from 'chai';
import { Cases, fine } from '../support/cases.js';
import { type ConsoleUser, LANGUAGES, WIDTHS } from '../support/console.js';
import { describeAtDesk } from '../support/desk.js';

const STEWARD = 'steward-transport';

describeAtDesk('a record that is begun in the console', (desk) => {
  let cases: Cases;
  before(async () => {
    cases = await Cases.open(desk.address);
  });

  const recordOf = async (id: string) => fine(await cases.as(STEWARD).get(`/api/datasets/${id}`)).body;
  const entry = (user: ConsoleUser, place: string, at: number) =>
    user.page.locator(`#${place} .entries details.entry`).nth(at);
  const inEntry = async (user: ConsoleUser, place: string, at: number, key: string, text: string) =>
    entry(user, place, at).getByLabel(user.say(key), { exact: true }).fill(text);
  const open = async (user: ConsoleUser, place: string, at: number) =>
    entry(user, place, at).locator('summary').click();
  /** The dataset that stands in the address after something was saved. */
  const saved = async (user: ConsoleUser): Promise<string> => {
    await user.page.waitForURL(/\/datasets\/[0-9A-HJKMNP-TV-Z]{26}$/);
    await user.settled();
    return new URL(user.page.url()).pathname.split('/').at(-1) as string;
  };
  const pasted = async (user: ConsoleUser, lines: readonly string[]) => {
    const box = user.page.locator('#items details.entry').last();
    await box.locator('summary').click();
    await box.getByLabel(user.say('record.lines'), { exact: true }).fill(lines.join('\n'));
    await user.press('record.addLines');
  };

  LANGUAGES.forEach((language, at) =>
    it(`is written, refused at its fields, and found among drafts, in ${language}`, async function () {
      this.timeout(240_000);
      const taken = `TAKEN-${at}`;
      fine(await cases.as(STEWARD).post('/api/datasets', { identifier: taken, title: { zh: '已有' } }));
      const steward = await desk.open(language, STEWARD, at === 0 ? WIDTHS.desk : WIDTHS.phone);
      const { page } = steward;
      await steward.visit('/datasets');
      await page.getByRole('link', { name: steward.say('record.new') }).click();
      await steward.heading(steward.say('record.new'));
      await steward.isSound('a new record');
      expect(await page.getByRole('button', { name: steward.say('record.create') }).isDisabled()).to.equal(true);
      await page.getByRole('textbox', { name: steward.say('dataset.identifier') }).fill(taken);
      await steward.fill('record.in.zh.title', '公交到站预报');
      await steward.fill('record.in.en.title', 'Bus arrivals');
      await page.getByLabel(steward.say('codes.recordPlace.keywords')).fill('公交\n\n 到站 \n公交');
      await page.getByLabel(steward.say('codes.recordPlace.declaredTier')).selectOption('open');

      // What is added begins open, and is typed into at once.
      await steward.press('record.addItem');
      await page.keyboard.type('line_no');
      await pasted(steward, ['stop\t站点\tStop\tstring', 'at,到站时间,Arrival,datetime', 'line_no\t重复']);
      await page.getByText(steward.say('record.itemsLeft')).waitFor();
      const box = page.getByLabel(steward.say('record.lines'), { exact: true });
      expect(await box.inputValue()).to.equal('line_no\t重复');
      await steward.press('record.addDistribution');
      await steward.press('record.addDocument');
      await inEntry(steward, 'documents', 0, 'record.address', 'javascript:alert(1)');
      await steward.press('record.create');
      await entry(steward, 'distributions', 0).getByText(steward.say('codes.fault.is-length')).waitFor();
      await entry(steward, 'documents', 0).getByText(steward.say('codes.fault.matches')).waitFor();
      await steward.isSound('a new record that is refused');
      await inEntry(steward, 'distributions', 0, 'record.format', 'CSV');
      await inEntry(steward, 'distributions', 0, 'record.address', '/files/arrivals.csv');
      await inEntry(steward, 'documents', 0, 'record.address', 'https://data.example.org/dictionary.html');
      await steward.press('record.create');
      await page.getByText(steward.say('codes.fault.taken')).first().waitFor();
      await page.getByRole('textbox', { name: steward.say('dataset.identifier') }).fill(`BUS-${at}`);
      await steward.press('record.create');

      const id = await saved(steward);
      await page.locator('#keep').getByText(steward.say('codes.recordPlace.abstract'), { exact: true }).waitFor();
      const record = await recordOf(id);
      expect(record).to.deep.include({ state: 'draft', identifier: `BUS-${at}`, keywords: ['公交', '到站'] });
      expect(record.title).to.deep.equal({ zh: '公交到站预报', en: 'Bus arrivals' });
      expect(
        record.items.map(({ name, type, title }: { name: string; type: string; title: object }) => [name, type, title]),
      ).to.deep.equal([
        ['line_no', 'string', {}],
        ['stop', 'string', { zh: '站点', en: 'Stop' }],
        ['at', 'datetime', { zh: '到站时间', en: 'Arrival' }],
      ]);
      expect(record.distributions[0]).to.include({ format: 'CSV', kind: 'file', url: '/files/arrivals.csv' });
      expect(record.documents[0]).to.include({ kind: 'sample', url: 'https://data.example.org/dictionary.html' });

      // Another like it has its items and none of its files.
      await page.getByRole('link', { name: steward.say('record.writeLike') }).click();
      await steward.heading(steward.say('record.new'));
      await page.getByRole('textbox', { name: steward.say('dataset.identifier') }).fill(`LIKE-${at}`);
      await steward.press('record.create');
      await page.waitForURL((url) => !url.pathname.endsWith(id) && !url.pathname.endsWith('/new'));
      const like = await recordOf(await saved(steward));
      expect([like.items.length, like.distributions, like.documents]).to.deep.equal([3, [], []]);

      await steward.visit('/datasets?state=draft');
      await page.locator('main .hits').getByText(steward.say('codes.datasetState.draft')).first().waitFor();
      expect(await page.locator('main .hits a').count()).to.be.at.least(3);
      await steward.isSound('drafts of the own body');
      await steward.close();
    }),
  );

  LANGUAGES.forEach((language, at) =>
    it(`is changed in what it holds, and loses nothing that two people write, in ${language}`, async function () {
      this.timeout(240_000);
      const file = { title: { zh: '表', en: 'Table' }, format: 'CSV', kind: 'file', url: '/files/a.csv' };
      const item = (name: string) => ({ name, title: { zh: name }, type: 'string' });
      const { id, distributions } = fine(
        await cases.as(STEWARD).post('/api/datasets', {
          identifier: `BOTH-${at}`,
          title: { zh: '二人' },
          keywords: ['甲', '乙'],
          items: ['a', 'b', 'c'].map(item),
          distributions: [file],
          documents: [{ kind: 'sample', title: { zh: '样' }, url: 'https://data.example.org/s.csv' }],
        }),
      ).body;
      const path = `/api/datasets/${id}`;
      const steward = await desk.open(language, STEWARD, at === 0 ? WIDTHS.phone : WIDTHS.desk);
      const { page } = steward;
      await steward.visit(`/datasets/${id}/edit`);
      await steward.isSound('a record with contents');
      await open(steward, 'items', 2);
      await entry(steward, 'items', 2)
        .getByRole('button', { name: steward.say('forms.up') })
        .click();
      await open(steward, 'items', 0);
      await inEntry(steward, 'items', 0, 'dataset.itemName', 'b');
      await steward.press('record.save');
      await entry(steward, 'items', 2).getByText(steward.say('codes.fault.repeated')).waitFor();
      await steward.isSound('an item that stands twice');
      await inEntry(steward, 'items', 0, 'dataset.itemName', 'a2');
      await open(steward, 'distributions', 0);
      await inEntry(steward, 'distributions', 0, 'record.in.en.title', 'Renamed');
      await entry(steward, 'documents', 0).locator('summary').click();
      await entry(steward, 'documents', 0)
        .getByRole('button', { name: steward.say('forms.remove') })
        .click();
      const keywords = page.getByLabel(steward.say('codes.recordPlace.keywords'));
      await keywords.fill('甲\n丁');

      // Meanwhile another adds an item, changes one, and takes a keyword away.
      fine(
        await cases.as(STEWARD).change(path, {
          items: [item('a'), item('b'), { ...item('c'), type: 'number' }, item('d')],
          keywords: ['乙', '丙'],
        }),
      );
      await steward.press('record.save');
      const places = ['keywords', 'items'].map((place) => steward.say(`codes.recordPlace.${place}`));
      await page.getByText(steward.say('record.meanwhile', { places: places.join(' · ') })).waitFor();
      await steward.isSound('contents that two people changed');
      await steward.press('record.carryOver');
      await steward.press('record.save');
      await saved(steward);
      const after = await recordOf(id);
      expect(after.items.map(({ name, type }: { name: string; type: string }) => `${name} ${type}`)).to.have.members([
        'a2 string',
        'b string',
        'c number',
        'd string',
      ]);
      expect(after.keywords).to.have.members(['丁', '丙']);
      expect(after.distributions).to.have.length(1);
      expect(after.distributions[0]).to.deep.include({ id: distributions[0].id, title: { zh: '表', en: 'Renamed' } });
      expect(after.documents).to.deep.equal([]);
      await steward.close();
    }),
  );

  it('that was withdrawn before it was whole is found, completed and listed', async function () {
    this.timeout(240_000);
    const bare = { identifier: 'AWAY', title: { en: 'Put away' }, declaredTier: 'open', field: 'transport' };
    const { id } = fine(await cases.as(STEWARD).post('/api/datasets', bare)).body;
    fine(await cases.as(STEWARD).command(`/api/datasets/${id}`, 'withdraw', { reason: 'Not yet' }));
    const steward = await desk.open('en', STEWARD);
    await steward.visit('/datasets');
    await steward.page
      .locator('.facets')
      .getByRole('link', { name: steward.say('codes.datasetState.withdrawn') })
      .click();
    await steward.page.getByRole('link', { name: 'Put away' }).click();
    await steward.heading('Put away');
    // Never listed, it comes back as the draft it was; what it lacks keeps it from being listed.
    expect(await steward.commands()).to.deep.equal(['restore']);
    await steward.page.locator('button[data-command="restore"]').click();
    await steward.page.getByText(steward.say('record.does.restoreDraft')).waitFor();
    await steward.page.getByRole('link', { name: steward.say('record.edit') }).click();
    await steward.fill('record.in.en.abstract', 'Now it is whole');
    await steward.page
      .getByLabel(steward.say('codes.recordPlace.updateFrequency'), { exact: true })
      .selectOption('yearly');
    await steward.press('record.save');
    await saved(steward);
    expect(await steward.commands()).to.deep.equal(['restore']);
    await steward.command('restore', async () => undefined);
    expect((await recordOf(id)).state).to.equal('draft');
    await steward.settled();
    await steward.command('list', async () => undefined);
    expect((await recordOf(id)).state).to.equal('listed');
    await steward.close();
  });

  it('is begun by nobody but stewards, and what a body has not listed is found by no other', async function () {
    this.timeout(240_000);
    for (const who of ['enterprise-a-handler', 'reviewer-transport', 'officer', 'steward-health']) {
      const user = await desk.open('en', who);
      const steward = who.startsWith('steward');
      await user.visit('/datasets?state=draft');
      const link = user.page.getByRole('link', { name: user.say('record.new') });
      expect(await link.count(), who).to.equal(steward ? 1 : 0);
      const sees = who !== 'enterprise-a-handler' && !steward;
      expect((await user.page.locator('main .hits a').count()) > 0, who).to.equal(sees);
      await user.visit('/datasets/new');
      await user.isSound(`a new record for ${who}`);
      expect(await user.page.getByRole('button', { name: user.say('record.create') }).count(), who).to.equal(
        steward ? 1 : 0,
      );
      await user.close();
    }
  });
});
