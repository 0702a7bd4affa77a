import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { Caller } from '../support/caller.js';
import { asText, people, PEOPLE_COLUMNS } from '../support/classification/people.js';
import { type ConsoleUser, LANGUAGES, WIDTHS } from '../support/console.js';
import { describeAtDesk } from '../support/desk.js';
import { gb18030 } from '../support/gb18030.js';

/** An assessment as the console is given it, with the parts that these tests put other answers into. */
interface Answer {
  lowering: object[];
  content: { origin: string } | null;
}

const FIGURES = { records: 900, suppressed: 0, classes: 300, average: 0.3 };
const BEFORE = { status: 'assessed', ...FIGURES, k: 1, highest: 1, atRisk: 0.9, uniqueness: 0.8 };
const AFTER = { status: 'assessed', ...FIGURES, k: 5, highest: 0.2, atRisk: 0, uniqueness: 0 };
const GROUNDS = [{ rule: 'item-birth', items: ['出生日期'] }];
const LOWERS = {
  status: 'lowers',
  from: 'restricted',
  to: 'conditional',
  steps: [
    { kind: 'drop', column: '姓名' },
    { kind: 'mask', column: '手机号', first: 3, last: 4 },
    { kind: 'generalise', column: '出生日期', to: { by: 'year' } },
    { kind: 'generalise', column: '入住日期', to: { by: 'decade' } },
    { kind: 'generalise', column: '年龄', to: { by: 'band', width: 5 } },
    { kind: 'generalise', column: '邮编', to: { by: 'prefix', length: 3 } },
    { kind: 'withhold', columns: ['出生日期', '年龄'], least: 5 },
  ],
  before: { columns: ['出生日期', '年龄'], figures: BEFORE },
  after: { columns: ['出生日期', '年龄'], figures: AFTER },
  informationKept: 0.47,
  withheld: 0.02,
  search: 'local',
  remaining: GROUNDS,
};
const none = (reason: string, more: object = {}) => ({
  status: 'none',
  from: 'restricted',
  reason,
  remaining: GROUNDS,
  ...more,
});

describeAtDesk('lowering advice in the console', (desk) => {
  const openDataset = async (): Promise<string> => {
    const caller = await Caller.person(desk.address, 'steward-transport');
    const { body: me } = await caller.get('/api/me');
    const { body } = await caller.get(`/api/datasets?tier=open&publisher=${me.organisation.id}&limit=1`);
    return body.items[0].id;
  };
  const permitted = async (dataset: string): Promise<boolean> => {
    const portal = await Caller.portal(desk.address);
    const question = {
      subject: { type: 'anonymous', id: 'anonymous' },
      resource: { type: 'dataset', id: dataset },
      action: { name: 'download' },
    };
    return (await portal.post('/access/v1/evaluation', question)).body.decision;
  };
  const send = async (
    user: ConsoleUser,
    dataset: string,
    buffer: Buffer,
    more = '',
    expected = 'codes.assessmentState.proposed',
  ): Promise<void> => {
    await user.visit(`/datasets/${dataset}/evidence`);
    await user.fill('evidence.quasi', more);
    await user.page.locator('input[type=file]').setInputFiles({ name: 'register.csv', mimeType: 'text/csv', buffer });
    await user.press('evidence.sendFile');
    await user.page.waitForURL(/\/classification\//);
    await user.page.getByText(user.say(expected)).first().waitFor({ timeout: 60_000 });
  };
  const card = (user: ConsoleUser) =>
    user.page.locator('section.card', { has: user.page.getByRole('heading', { name: user.say('lowering.title') }) });

  LANGUAGES.forEach((language, at) =>
    it(`leads a steward from the file to a recipe, and an officer to the decision, in ${language}`, async function () {
      this.timeout(180_000);
      const dataset = await openDataset();
      const table = gb18030(asText(PEOPLE_COLUMNS, people(400, 20 + at)));
      const steward = await desk.open(language, 'steward-transport', at === 0 ? WIDTHS.phone : WIDTHS.desk);
      await send(steward, dataset, table, '办理事', 'codes.sampleFailure.no-such-column');
      await steward.page.getByText(PEOPLE_COLUMNS.join(language === 'en' ? ', ' : '、')).waitFor();
      await steward.isSound('a name that the table does not have');
      await send(steward, dataset, table, '办理事项');
      const text = (await card(steward).textContent()) ?? '';
      for (const column of ['姓名', '手机号']) expect(text).to.include(steward.say('lowering.step.drop', { column }));
      expect(text).to.match(/k (值 )?1 → \d+/);
      expect(text, 'also by what was named').to.match(/出生日期.*区县.*办理事项/);
      await steward.isSound('an assessment with advice');

      const command = (await card(steward).locator('code.command-line').textContent()) ?? '';
      const arriving = steward.page.waitForEvent('download');
      await steward.press('lowering.download');
      const file = await arriving;
      const words = command
        .replace(steward.say('lowering.tableName'), 'register.csv')
        .replace(steward.say('lowering.loweredName'), `lowered-${at}.csv`)
        .split(' ');
      expect(words.slice(0, 2)).to.deep.equal(['tiergate', 'redact']);
      writeFileSync(join(desk.place.folder, file.suggestedFilename()), readFileSync(await file.path()));
      writeFileSync(join(desk.place.folder, 'register.csv'), table);
      const done = await desk.place.tiergate(...words.slice(1));
      expect(done.code, `${command}\n${done.err}`).to.equal(0);

      await send(steward, dataset, readFileSync(join(desk.place.folder, `lowered-${at}.csv`)));
      expect(await card(steward).textContent()).to.include(steward.say('lowering.notNeeded'));
      expect(await permitted(dataset)).to.equal(false);
      expect(await steward.commands(), 'nobody decides on what they sent').to.deep.equal([]);
      const officer = await desk.open(language, 'officer');
      await officer.visit(new URL(steward.page.url()).pathname);
      const next = officer.page.locator('tr .once-confirmed', { hasText: officer.say('assessment.onceConfirmed') });
      await next.first().locator('.tier-badge.tier-open').waitFor();
      await officer.command('confirm', async () => {
        await officer.fill('command.reason', 'The names are gone. 姓名已去除。');
        await officer.fill('override.legalBasis', 'Shanghai Data Regulations, art. 41(3)');
      });
      await officer.page.getByText(officer.say('codes.assessmentState.confirmed')).first().waitFor();
      expect(await permitted(dataset)).to.equal(true);
      await steward.close();
      await officer.close();
    }),
  );

  it('has a sentence for every step, every reason why there is none, and for a search that ran out of time', async function () {
    this.timeout(180_000);
    const officer = await Caller.person(desk.address, 'officer');
    const { body } = await officer.get('/api/assessments?limit=100');
    const [{ id }] = body.items.filter(({ content }: { content: object | null }) => content !== null);
    const given = (await officer.get(`/api/assessments/${id}`)).body as Answer;
    const content = { ...(given.content as object), origin: 'report', verified: 'no' };
    const answers: readonly (readonly [Partial<Answer>, readonly string[]])[] = [
      [{ lowering: [LOWERS] }, ['lowering.local', 'lowering.remaining', 'lowering.kept', 'lowering.coarser.decade']],
      [{ lowering: [none('whole-record')] }, ['codes.noLowering.whole-record', 'lowering.otherWays']],
      [{ lowering: [none('still-demanded')] }, ['codes.noLowering.still-demanded', 'lowering.stillDemands']],
      [{ lowering: [none('nothing-left')] }, ['codes.noLowering.nothing-left']],
      [
        { lowering: [none('not-measured', { detail: 'time-up' })] },
        ['codes.noLowering.not-measured', 'codes.notAssessed.time-up'],
      ],
      [{ lowering: [], content: content as never }, ['lowering.ofReport']],
    ];
    for (const [at, language] of LANGUAGES.entries()) {
      const user = await desk.open(language, 'officer', at === 0 ? WIDTHS.desk : WIDTHS.phone);
      for (const [change, keys] of answers) {
        await user.page.route(`**/api/assessments/${id}`, (route) => route.fulfill({ json: { ...given, ...change } }));
        await user.visit(`/classification/${id}`);
        const text = (await card(user).textContent()) ?? '';
        for (const key of keys) expect(text, key).to.include(user.say(key));
        expect(text, 'a key instead of its text').not.to.match(/lowering\.|noLowering/);
        const isOffered = change.lowering?.some((one) => 'steps' in one) ?? false;
        expect(await card(user).getByRole('button').count()).to.equal(isOffered ? 1 : 0);
        await user.isSound(keys.join());
        await user.page.unroute(`**/api/assessments/${id}`);
      }
      await user.close();
    }
  });
});
