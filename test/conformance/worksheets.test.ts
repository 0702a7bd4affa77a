import { readdirSync } from 'node:fs';
import { expect } from 'chai';
import exceljs from 'exceljs';
import { classificationTables } from '../../src/classification/index.js';
import { tierChoice, WORKSHEET_FIELDS, type WorksheetField } from '../../src/classification/domain/worksheet.js';
import { verifyLog } from '../../src/log/index.js';
import { ClassificationPlatform, draft } from '../support/classification/platform.js';
import { eachBackend } from '../support/databases.js';

const VISITS = { title: { zh: '社区就诊记录', en: 'Visits to community clinics' } };
const LOWER = { reason: '已按区汇总', legalBasis: '上海市数据条例第四十一条第三款' };
interface RowReport {
  readonly row: number;
  readonly dataset: string;
  readonly outcome: string;
  readonly code: string | null;
  readonly assessment: string | null;
}

describe('conformance: worksheets', function () {
  this.timeout(240_000);
  eachBackend((backend) => {
    let platform: ClassificationPlatform;
    beforeEach(async () => {
      platform = await ClassificationPlatform.open(backend);
      await platform.put(draft('a', VISITS), draft('b', VISITS), draft('c', VISITS), draft('calm'));
    });
    afterEach(async () => {
      const { faults } = await platform.unit.read((reader) => verifyLog(reader, classificationTables));
      expect(faults).to.deep.equal([]);
      expect(readdirSync(platform.spool), 'nothing is left of what was sent').to.deep.equal([]);
      await platform.close();
    });

    const tableOf = (book: exceljs.Workbook): exceljs.Worksheet => {
      const [table] = book.worksheets;
      if (table === undefined) throw new Error('no table');
      return table;
    };
    const cell = (row: exceljs.Row, field: WorksheetField) => row.getCell(WORKSHEET_FIELDS.indexOf(field) + 1);
    const rowOf = (book: exceljs.Workbook, dataset: string): exceljs.Row => {
      const table = tableOf(book);
      for (let at = 2; at <= table.rowCount; at += 1)
        if (table.getRow(at).getCell(1).value === dataset) return table.getRow(at);
      throw new Error(`no row of ${dataset}`);
    };
    const fill = (
      book: exceljs.Workbook,
      dataset: string,
      values: Partial<Record<WorksheetField, exceljs.CellValue>>,
    ) => {
      for (const [field, value] of Object.entries(values))
        cell(rowOf(book, dataset), field as WorksheetField).value = value as exceljs.CellValue;
    };
    const send = async (book: exceljs.Workbook, who = 'steward') =>
      platform.worksheet(who, Buffer.from(await book.xlsx.writeBuffer()));
    const outcomes = (rows: readonly RowReport[]) =>
      Object.fromEntries(rows.map(({ dataset, outcome, code }) => [dataset, code ?? outcome]));

    it('goes out with what waits, its reasons, and blanks with a list to choose from', async () => {
      const book = await platform.workbook('steward');
      const table = tableOf(book);
      expect(table.rowCount).to.equal(4);
      const row = rowOf(book, 'a');
      expect(cell(row, 'titleZh').value).to.equal('社区就诊记录');
      expect(cell(row, 'titleEn').value).to.equal('Visits to community clinics');
      expect(cell(row, 'reasons').value).to.match(/第四十一条|art\. 41/);
      expect(cell(row, 'tier').value).to.equal(null);
      expect(cell(row, 'tier').dataValidation.formulae?.[0]).to.include(tierChoice('restricted'));
      expect(cell(row, 'tier').protection.locked).to.equal(false);
      expect(table.getRow(1).getCell(1).value).to.equal('数据集\nDataset id');
      expect(table.getColumn(2).hidden).to.equal(true);
      expect((await platform.workbook('steward-health')).worksheets[0]?.rowCount).to.equal(1);
      expect((await platform.workbook('officer', '?publisher=transport')).worksheets[0]?.rowCount).to.equal(4);
    });

    it('gives the grading sheet: every data item with its tier, what was found, and the article', async () => {
      const sent = await platform.sample('steward', 'calm', `名称,手机号\n${'甲,13917001234\n'.repeat(20)}`);
      await platform.classification.samples.settled();
      expect((await platform.get('steward', `/api/assessments/${sent.body.id}`)).body.state).to.equal('proposed');
      const book = await platform.workbook('steward', '', 'grading-sheet.xlsx');
      const rows: string[][] = [];
      tableOf(book).eachRow((row) => rows.push(Array.from({ length: 11 }, (_, at) => row.getCell(at + 1).text)));
      const phone = rows.find((row) => row[0] === 'calm' && row[3] === '手机号');
      expect(phone?.[4]).to.match(/mobile-number 100 % \/ 20/);
      expect(phone?.[6]).to.equal('非开放');
      expect(phone?.[8]).to.include('第四十一条');
      expect(rows.filter((row) => row[0] === 'a')).to.have.length(2);
      expect(JSON.stringify(rows)).not.to.include('13917001234');
      expect(tableOf(await platform.workbook('steward-health', '', 'grading-sheet.xlsx')).rowCount).to.equal(1);
      const printed = (await platform.paper('steward')).join('');
      for (const cell of phone ?? []) expect(printed).to.include(cell.replaceAll(/\s/g, ''));
      expect(printed)
        .to.include(`共${rows.length - 1}行`)
        .and.not.to.include('13917001234');
      expect((await platform.paper('steward-health')).join(''))
        .to.include('共0行')
        .and.not.to.include('手机号');
    });

    it('comes back as proposals, row by row, and leaves blank rows alone', async () => {
      const book = await platform.workbook('steward');
      fill(book, 'a', { tier: tierChoice('open'), ...LOWER });
      fill(book, 'b', { tier: 'Not open' });
      const { body, status } = await send(book);
      expect(status, JSON.stringify(body)).to.equal(200);
      expect(body).to.include({ proposed: 2, blank: 1, refused: 0 });
      expect(outcomes(body.rows)).to.deep.equal({ a: 'proposed', b: 'proposed', c: 'blank' });
      const [proposed] = await platform.assessments('a', 'proposed');
      expect(proposed.proposal).to.deep.include({ tier: 'open', by: 'steward', ...LOWER });
      expect((await platform.dataset('a')).tier, 'nothing is lowered without a second person').to.equal('restricted');
      const own = await platform.post('steward', `/api/assessments/${proposed.id}/commands/confirm`, {}, 1);
      expect(own.body.code).to.equal('own-proposal');
    });

    it('refuses a row by itself with a code and a remedy, and takes the others', async () => {
      const book = await platform.workbook('steward');
      fill(book, 'a', { tier: 'open' });
      fill(book, 'b', { tier: { formula: 'CONCATENATE("op","en")', result: 'open' }, ...LOWER });
      fill(book, 'c', { tier: 'restricted' });
      const { body } = await send(book);
      expect(outcomes(body.rows)).to.deep.equal({ a: 'lowering-needs-reason', b: 'formula-cell', c: 'proposed' });
      for (const row of body.rows as { outcome: string; title: string; remedy: string }[])
        if (row.outcome === 'refused') expect([row.title, row.remedy]).to.not.include('');
      expect((await platform.assessments('b', 'proposed'))[0]?.proposal.by).to.equal('engine');
    });

    it('takes no row that shows another record than its id names: columns were sorted apart', async () => {
      await platform.put(draft('parks', { declaredTier: null, title: { zh: '城市公园名录', en: 'City parks' } }));
      const book = await platform.workbook('steward');
      const [visits, parks] = [rowOf(book, 'a'), rowOf(book, 'parks')];
      for (const field of ['identifier', 'titleZh', 'titleEn'] as const) {
        const [of, other] = [cell(visits, field), cell(parks, field)];
        [of.value, other.value] = [other.value, of.value];
      }
      fill(book, 'a', { tier: 'open', ...LOWER });
      fill(book, 'b', { tier: 'open', ...LOWER, titleEn: ' Visits to  community clinics\n' });
      const { body } = await send(book);
      expect(outcomes(body.rows)).to.include({ a: 'mixed-row', b: 'proposed' });
      expect((await platform.assessments('a', 'proposed'))[0]?.proposal.by, 'nobody proposed anything').to.equal(
        'engine',
      );
      const { sheetProtection } = tableOf(book) as unknown as { sheetProtection: { sheet?: boolean; sort?: boolean } };
      expect(sheetProtection.sheet).to.equal(true);
      expect(sheetProtection.sort, 'sorting only what may be written would mix rows').not.to.equal(true);
    });

    it('names what changed since it went out, also when it is sent twice', async () => {
      const book = await platform.workbook('steward');
      fill(book, 'a', { tier: 'restricted' });
      await platform.post('steward', '/api/datasets/b/assessments', { importance: 'important' });
      fill(book, 'b', { tier: 'restricted' });
      expect(outcomes((await send(book)).body.rows)).to.deep.equal({ a: 'proposed', b: 'stale-row', c: 'blank' });
      expect(outcomes((await send(book)).body.rows)).to.deep.equal({ a: 'stale-row', b: 'stale-row', c: 'blank' });
    });

    it('takes one row of a dataset, and none of a body that is not the sender’s', async () => {
      const book = await platform.workbook('steward');
      fill(book, 'a', { tier: 'restricted' });
      const twice = tableOf(book).addRow(rowOf(book, 'a').values);
      expect(twice.number).to.equal(5);
      const row = tableOf(book).addRow(['nowhere', 1, 'x']);
      cell(row, 'tier').value = 'open';
      const { body } = await send(book);
      expect(body.rows.map(({ code, outcome }: RowReport) => code ?? outcome)).to.have.members([
        'proposed',
        'blank',
        'blank',
        'duplicate-row',
        'not-found',
      ]);
      const officers = await platform.workbook('officer', '?publisher=transport');
      fill(officers, 'b', { tier: 'restricted' });
      expect(outcomes((await send(officers, 'steward-health')).body.rows).b).to.equal('not-found');
    });

    it('refuses workbooks whose headings or mark are not ours', async () => {
      const book = await platform.workbook('steward');
      tableOf(book).getRow(1).getCell(12).value = 'Tier';
      expect((await send(book)).body.code).to.equal('foreign-worksheet');
      const bare = await platform.workbook('steward');
      bare.removeWorksheet('tiergate');
      expect((await send(bare)).body.code).to.equal('foreign-worksheet');
      const large = await platform.worksheet('steward', Buffer.alloc(9 * 1024 * 1024));
      expect([large.status, large.body.code]).to.deep.equal([413, 'too-large']);
    });
  });
});
