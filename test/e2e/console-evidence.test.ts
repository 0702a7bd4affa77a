import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import exceljs from 'exceljs';
import { tierChoice, WORKSHEET_FIELDS } from '../../src/classification/domain/worksheet.js';
import { Caller } from '../support/caller.js';
import { type ConsoleUser, LANGUAGES, WIDTHS } from '../support/console.js';
import { describeAtDesk } from '../support/desk.js';
import { gb18030 } from '../support/gb18030.js';
import { printedPages, printedText } from '../support/read-pdf.js';

const NAMES = ['王小明', '李建国', '张伟', '刘芳', '陈静', '杨洋'];
const ROSTER = gb18030(
  `姓名,手机号,线路\n${Array.from({ length: 60 }, (_, at) => `${NAMES[at % NAMES.length]},138${String(22_000_000 + at * 4099)},${at % 9}路`).join('\n')}\n`,
);

describeAtDesk('evidence in the console', (desk) => {
  /** Datasets of the steward's own body that are open and that nobody has to look at. */
  const openDatasets = async (): Promise<string[]> => {
    const caller = await Caller.person(desk.address, 'steward-transport');
    const { body: me } = await caller.get('/api/me');
    const { body } = await caller.get(`/api/datasets?tier=open&publisher=${me.organisation.id}&limit=20`);
    return body.items.map(({ id }: { id: string }) => id);
  };
  const choose = (user: ConsoleUser, name: string, content: Buffer) =>
    user.page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: content });
  const spooled = (): string[] => {
    const folder = join(desk.place.folder, 'data', 'spool');
    return existsSync(folder) ? readdirSync(folder) : [];
  };

  LANGUAGES.forEach((language, at) =>
    it(`a steward’s GB18030 file makes a dataset restricted; the officer sees why and confirms, in ${language}`, async function () {
      this.timeout(240_000);
      const dataset = (await openDatasets())[at] ?? '';
      const steward = await desk.open(language, 'steward-transport', at === 0 ? WIDTHS.phone : WIDTHS.desk);
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
      const officer = await desk.open(language, 'officer');
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
      const portal = await Caller.portal(desk.address);
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
    this.timeout(240_000);
    const [dataset] = (await openDatasets()).slice(5);
    for (const language of LANGUAGES) {
      const user = await desk.open(language, 'steward-transport', WIDTHS.phone);
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
    this.timeout(240_000);
    const [dataset] = (await openDatasets()).slice(6);
    const user = await desk.open('en', 'steward-transport');
    await user.visit(`/datasets/${dataset}/evidence`);
    const row = `${'0123456789,'.repeat(20)}\n`;
    const large = join(desk.place.folder, 'large.csv');
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

  it('confirms a group on one screen, and says beforehand what it will do', async function () {
    this.timeout(240_000);
    const officer = await Caller.person(desk.address, 'officer');
    const { body } = await officer.get('/api/assessments?state=proposed&limit=100');
    for (const [at, language] of LANGUAGES.entries()) {
      const groups = [...new Map(body.items.map((one: { group: string }) => [one.group, one])).values()] as {
        group: string;
        verdict: { abstained: boolean };
      }[];
      const chosen = groups.filter(({ verdict }) => !verdict.abstained)[at];
      const path = `/api/assessments/groups/${chosen?.group}`;
      const { count } = (await officer.get(path)).body as { count: number };
      const user = await desk.open(language, 'officer', at === 0 ? WIDTHS.phone : WIDTHS.desk);
      await user.visit(`/classification/groups/${chosen?.group}`);
      await user.isSound('a group');
      await user.page.locator('button[data-command="confirm"]').click();
      const form = user.page.locator('form[data-command="confirm"]');
      expect(await form.textContent()).to.include(String(count));
      await user.fill('command.reasonOptional', 'Looked at the ones that stand out. 已查看突出的记录。');
      await user.fill('override.legalBasis', 'Shanghai Data Regulations, art. 41(3)');
      await form.locator('button[type=submit]').click();
      await user.heading(user.say('group.done', { count }));
      await user.isSound('a confirmed group');
      expect((await officer.get(path)).status).to.equal(404);
      await user.close();
    }
  });

  it('gives the lists for signature as workbooks and on paper, in the language of the screen', async function () {
    this.timeout(180_000);
    for (const [at, language] of LANGUAGES.entries()) {
      const user = await desk.open(language, 'steward-transport', at === 0 ? WIDTHS.phone : WIDTHS.desk);
      await user.visit('/classification/worksheets');
      for (const [label, title] of [
        ['worksheet.grading', '数据分类分级表'],
        ['worksheet.openingList', '公共数据开放清单'],
      ] as const) {
        const arriving = user.page.waitForEvent('download', { timeout: 60_000 });
        await user.page.getByRole('button', { name: `${user.say(label)} (PDF)`, exact: true }).click();
        const [first] = printedText(await printedPages(readFileSync(await (await arriving).path())));
        expect(first)
          .to.include(title)
          .and.include(language === 'en' ? 'Open' : '无条件开放');
        expect(
          await user.page.getByRole('button', { name: `${user.say(label)} (XLSX)`, exact: true }).count(),
        ).to.equal(1);
      }
      await user.isSound('lists for signature');
      await user.close();
    }
  });

  it('sends a worksheet out, takes it back, and tells what became of each row', async function () {
    this.timeout(240_000);
    for (const [at, language] of LANGUAGES.entries()) {
      const user = await desk.open(language, 'steward-transport', at === 0 ? WIDTHS.phone : WIDTHS.desk);
      await user.visit('/classification/worksheets');
      await user.isSound('worksheets');
      const arriving = user.page.waitForEvent('download');
      await user.press('worksheet.fetch');
      const book = new exceljs.Workbook();
      await book.xlsx.readFile(await (await arriving).path());
      const [table] = book.worksheets;
      const tier = WORKSHEET_FIELDS.indexOf('tier') + 1;
      expect(table?.rowCount).to.be.above(2);
      const row = table?.getRow(2 + at);
      if (row !== undefined) row.getCell(tier).value = tierChoice('restricted');
      const wrong = table?.getRow(4 + at);
      if (wrong !== undefined) wrong.getCell(tier).value = '不知道';
      const filled = join(desk.place.folder, `filled-${language}.xlsx`);
      await book.xlsx.writeFile(filled);
      await user.page.locator('input[type=file]').setInputFiles(filled);
      await user.press('worksheet.send');
      await user.page.getByRole('link', { name: user.say('worksheet.proposed') }).waitFor();
      await user.page.getByText('unknown-tier').waitFor();
      await user.isSound('the report of a worksheet');
      await user.close();
    }
  });
});
