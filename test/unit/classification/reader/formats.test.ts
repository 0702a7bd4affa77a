import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import ExcelJS from 'exceljs';
import { openTable } from '../../../../src/classification/reader/open-table.js';
import { isFault, readSource } from '../../../../src/classification/reader/read-source.js';
import type { Reading, Source } from '../../../../src/classification/reader/reading.js';
import { saved, saveParquet, textRow, workbookOf, zipOf } from '../../../support/classification/source-files.js';

interface Read {
  readonly names: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly reading: Reading;
}

describe('formats', function () {
  this.timeout(240_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'tiergate-formats-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const at = (name: string): string => join(folder, name);
  const collected = async (path: string, more: Omit<Source, 'path'> = {}, mark: RegExp | null = null) => {
    const [names, rows]: [string[], string[][]] = [[], []];
    const sink = {
      column: (name: string) => void names.push(name),
      row: (cells: readonly string[]) => void rows.push([...cells]),
    };
    return { names, rows, reading: await readSource({ path, ...more }, sink, { mark }) };
  };
  const read = async (path: string, more: Omit<Source, 'path'> = {}): Promise<Read> => {
    const { names, rows, reading } = await collected(path, more);
    if (isFault(reading)) throw new Error(`${reading.code}: ${reading.detail}`);
    return { names, rows, reading };
  };
  const fault = async (path: string, more: Omit<Source, 'path'> = {}, mark: RegExp | null = null): Promise<string> => {
    const { reading } = await collected(path, more, mark);
    return isFault(reading) ? reading.code : 'it was read';
  };

  describe('JSON', () => {
    it('reads a list of records, a column beginning where its name is first met', async () => {
      const text = '[{"手机":13800138000,"a":{"b":"x"}},\n {"a":{"b":"y"},"c":"z"}]';
      const { names, rows, reading } = await read(saved(at('list.json'), text));
      expect(names).to.deep.equal(['手机', 'a.b', 'c']);
      expect(rows).to.deep.equal([
        ['13800138000', 'x'],
        ['', 'y', 'z'],
      ]);
      expect(reading).to.deep.include({ format: 'json', encoding: 'utf-8', rows: 2, brokenRows: 0, delimiter: null });
    });

    it('reads records inside a document, what is around them as captions, in any encoding', async () => {
      const text = '{"title":"某表","data":[{"a":1},{"a":2}],"total":2}';
      const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
      const { rows, reading } = await read(saved(at('data.json'), wide));
      expect(rows).to.deep.equal([['1'], ['2']]);
      expect(reading.captions).to.deep.equal([
        ['title', '某表'],
        ['total', '2'],
      ]);
      expect(reading.encoding).to.equal('utf-16le');
    });

    it('reads a document without a list as one record', async () => {
      const { names, rows } = await read(saved(at('one.json'), '{"张三":{"手机":"13800138000"}}'));
      expect([names, rows]).to.deep.equal([['张三.手机'], [['13800138000']]]);
    });

    it('counts records that cannot be read, and a record a line', async () => {
      const { rows, reading } = await read(saved(at('l.ndjson'), '{"a":1}\n{"a":2,}\nnull?\n{"a":3}\n'));
      expect([reading.format, rows, reading.brokenRows]).to.deep.equal(['ndjson', [['1'], ['3']], 2]);
      const inside = await read(saved(at('inside.json'), '[{"a":1},{"a":tru},{"a":3}]'));
      expect([inside.rows, inside.reading.brokenRows]).to.deep.equal([[['1'], ['3']], 1]);
    });

    it('is a table with columns that came late, asked by SQL', async () => {
      const opened = await openTable({ path: saved(at('late.ndjson'), '{"a":"1"}\n{"b":"2","a":"3"}\n') });
      if (isFault(opened)) throw new Error(opened.code);
      const rows = await opened.table.ask('SELECT c0, c1 FROM cells');
      await opened.table.close();
      expect(rows).to.deep.equal([
        { c0: '1', c1: null },
        { c0: '3', c1: '2' },
      ]);
    });

    for (const [what, code, text] of [
      ['what nests too deep', 'broken-json', '['.repeat(100_000)],
      ['what breaks off', 'broken-json', '[{"a":1},{"a":'],
      ['an endless record', 'record-too-long', `[{"a":"${'x'.repeat(5_000_000)}"}]`],
      ['an endless line', 'record-too-long', `{"a":1}\n{"a":"${'x'.repeat(5_000_000)}`],
      ['a million names', 'too-many-columns', `[{${Array.from({ length: 200_000 }, (_, n) => `"k${n}":1`).join()}}]`],
      ['an empty list', 'no-rows', '[]'],
    ] as const)
      it(`refuses ${what}: ${code}`, async () => {
        expect(await fault(saved(at('bad.json'), text))).to.equal(code);
      });
  });

  describe('XLSX', () => {
    const workbook = async (fill: (book: ExcelJS.Workbook) => void): Promise<string> => {
      const book = new ExcelJS.Workbook();
      fill(book);
      await book.xlsx.writeFile(at('book.xlsx'));
      return at('book.xlsx');
    };

    it('reads cells as they are shown: texts, numbers, dates, formulas, errors, rich text', async () => {
      const path = await workbook((book) => {
        const sheet = book.addWorksheet('登记');
        sheet.addRow(['姓名', '手机', '日期', '公式', '备注']);
        sheet.addRow([
          '王伟',
          13800138000,
          new Date('1990-02-28T00:00:00Z'),
          { formula: 'B2*2', result: 27600276000 },
          true,
        ]);
        sheet.addRow([
          { richText: [{ text: '李' }, { font: { bold: true }, text: '娜' }] },
          '007',
          new Date('9999-12-31T13:30:00Z'),
          { formula: '"a"&"b"', result: 'ab' },
          { error: '#DIV/0!' },
        ]);
        sheet.addRow(['张敏', 0.1 + 0.2, '', { formula: '1/0', result: { error: '#DIV/0!' } }, 1e21]);
        sheet.getCell('C2').numFmt = 'yyyy"年"m"月"d"日"';
        sheet.getCell('C3').numFmt = 'yyyy-mm-dd hh:mm';
      });
      const { names, rows, reading } = await read(path);
      expect(names).to.deep.equal(['姓名', '手机', '日期', '公式', '备注']);
      expect(rows).to.deep.equal([
        ['王伟', '13800138000', '1990-02-28', '27600276000', 'TRUE'],
        ['李娜', '007', '9999-12-31 13:30:00', 'ab', '#DIV/0!'],
        ['张敏', '0.30000000000000004', '', '#DIV/0!', '1e+21'],
      ]);
      expect(reading).to.deep.include({ format: 'xlsx', sheets: ['登记'], rows: 3, brokenRows: 0, encoding: null });
    });

    it('reads markup as other programs write it: no references, prefixes, numbers longer than a double, rich inline text', async () => {
      const rows = `${textRow('证件号', 'b')}<row><c><v>310101199001011234</v></c><c t="inlineStr"><is><r><t>138</t></r><r><t>00138000</t></r><rPh sb="0" eb="1"><t>kana</t></rPh></is></c></row>`;
      const sheet = workbookOf({ S: rows.replaceAll(/<(\/?)(row|c|v|is|t|r|rPh)\b/g, '<$1x:$2') }, {});
      const prefixed = Buffer.from(sheet);
      const { rows: found } = await read(saved(at('plain.xlsx'), prefixed));
      expect(found).to.deep.equal([['310101199001011234', '13800138000']]);
    });

    it('reads all sheets side by side, or the one that is asked for', async () => {
      const path = await workbook((book) => {
        book.addWorksheet('一月').addRows([['a', 'b'], ['1', '2'], ['3']]);
        book.addWorksheet('空');
        book.addWorksheet('二月', { state: 'veryHidden' }).addRows([['手机'], ['13800138000']]);
      });
      const all = await read(path);
      expect(all.reading.sheets).to.deep.equal(['一月', '二月']);
      expect(all.names).to.deep.equal(['一月 a', '一月 b', '二月 手机']);
      expect(all.rows).to.deep.equal([['1', '2'], ['3'], ['', '', '13800138000']]);
      for (const sheet of ['二月', '3']) expect((await read(path, { sheet })).names).to.deep.equal(['手机']);
      expect(await fault(path, { sheet: '三月' })).to.equal('no-such-sheet');
    });

    it('is not misled by the order of parts, or by references out of order', async () => {
      const strings = '<sst><si><t>手机</t></si><si><t xml:space="preserve">13800138000</t></si></sst>';
      const row =
        '<row r="1"><c r="C1" t="s"><v>0</v></c><c r="A1" t="str"><v>x</v></c></row><row r="9"><c r="C9" t="s"><v>1</v></c></row>';
      const { names, rows } = await read(
        saved(at('order.xlsx'), workbookOf({ S: row }, { 'xl/sharedStrings.xml': strings })),
      );
      expect([names, rows]).to.deep.equal([['x', 'column-2', '手机'], [['', '', '13800138000']]]);
    });

    it('finds a secrecy mark wherever it hides', async () => {
      const mark = /机密★|密级\s*[:：]\s*机密/u;
      const table = textRow('a', 'b') + textRow('1', '2');
      const hiding: Readonly<Record<string, Buffer>> = {
        cell: workbookOf({ S: table + textRow('x', '机密★') }),
        'cell in two runs': workbookOf({
          S: `${table}<row><c t="inlineStr"><is><r><t>机密</t></r><r><t>★</t></r></is></c></row>`,
        }),
        'escaped cell': workbookOf({ S: table + textRow('x', '&#26426;&#23494;★') }),
        'sheet name': workbookOf({ '密级：机密': table }),
        comment: workbookOf({ S: table }, { 'xl/comments1.xml': '<comments><t>机密★</t></comments>' }),
        property: workbookOf({ S: table }, { 'docProps/core.xml': '<p><title>机密★</title></p>' }),
        'another sheet': workbookOf({ S: table, T: textRow('机密★') }),
      };
      for (const [where, book] of Object.entries(hiding))
        expect(await fault(saved(at('marked.xlsx'), book), { sheet: '1' }, mark), where).to.equal('state-secret');
      expect(await fault(saved(at('marked.xlsx'), hiding['comment'] ?? ''))).to.equal('it was read');
    });

    it('refuses many parts of which none is suspicious alone: by what the archive says, or by what is unpacked', async () => {
      const part = Buffer.concat([Buffer.from('<a>'), Buffer.alloc(20_000_000, '<row/>')]);
      const parts = Array.from({ length: 4 }, (_, at) => [`xl/comments${at}.xml`, part] as const);
      const table = textRow('a') + textRow('机密★');
      const honest = workbookOf({ S: table }, Object.fromEntries(parts));
      const lying = Buffer.from(honest);
      for (let at = lying.indexOf('PK\x01\x02'); at >= 0; at = lying.indexOf('PK\x01\x02', at + 4))
        lying.writeUInt32LE(9, at + 24);
      expect(await fault(saved(at('many.xlsx'), honest), {}, /机密★/u), 'nothing is unpacked').to.equal('archive-bomb');
      expect(await fault(saved(at('lying.xlsx'), lying), {}, /绝密★/u)).to.equal('archive-bomb');
      const few = workbookOf({ S: table }, Object.fromEntries(parts.slice(1)));
      expect(await fault(saved(at('few.xlsx'), few), {}, /机密★/u)).to.not.equal('archive-bomb');
    });

    const zeros = (bytes: number): Buffer => Buffer.alloc(bytes, 0x20);
    const huge = (): Buffer =>
      Buffer.concat([Buffer.from(`<worksheet><sheetData>${textRow('a')}`), Buffer.alloc(180_000_000, '<row/>')]);
    for (const [what, code, book] of [
      [
        'a sheet that unpacks to a hundred times its size',
        'archive-bomb',
        () => workbookOf({ S: '' }, { 'xl/worksheets/table1.xml': huge() }),
      ],
      [
        'shared strings without end',
        'out-of-memory',
        () =>
          workbookOf(
            { S: textRow('a') },
            { 'xl/sharedStrings.xml': Buffer.concat([Buffer.from('<sst>'), Buffer.from('<si/>'.repeat(8_000_000))]) },
          ),
      ],
      ['one endless text', 'broken-workbook', () => workbookOf({ S: textRow('a') + textRow('x'.repeat(6_000_000)) })],
      [
        'elements inside each other without end',
        'broken-workbook',
        () => workbookOf({ S: textRow('a') + `<a>`.repeat(100_000) }),
      ],
      ['a column beyond the last', 'broken-workbook', () => workbookOf({ S: '<row><c r="ZZZZ1"><v>1</v></c></row>' })],
      [
        'entities of its own',
        'broken-workbook',
        () =>
          workbookOf(
            { S: '' },
            {
              'xl/worksheets/table1.xml': `<!DOCTYPE a [<!ENTITY b "cccc">]><worksheet><sheetData>${textRow('&b;&b;')}</sheetData></worksheet>`,
            },
          ),
      ],
      ['an archive of something else', 'binary-file', () => zipOf({ 'a.csv': 'a,b\n1,2\n' })],
      ['an archive that is cut off', 'broken-workbook', () => workbookOf({ S: textRow('a') }).subarray(0, 300)],
      ['a workbook without a table', 'no-rows', () => workbookOf({ S: '', T: '' })],
    ] as const)
      it(`refuses ${what}: ${code}`, async () => {
        const before = process.memoryUsage.rss();
        const path = saved(at('bad.xlsx'), book());
        expect(await fault(path)).to.equal(code);
        expect((process.memoryUsage.rss() - before) / 1e6).to.be.below(700);
      });

    it('opens no archive inside the archive', async () => {
      const inner = zipOf({ 'bomb.xml': zeros(50_000_000) });
      const book = workbookOf({ S: textRow('a') + textRow('1') }, { 'xl/embeddings/inner.xlsx': inner });
      expect(await fault(saved(at('nested.xlsx'), book), {}, /机密★/u)).to.equal('it was read');
    });

    it('finds a damaged sheet', async () => {
      const book = workbookOf({ S: textRow('a') + textRow('1').repeat(2000) });
      book.fill(0xff, 100, 140);
      expect(await fault(saved(at('hurt.xlsx'), book))).to.equal('broken-workbook');
    });
  });

  describe('Parquet', () => {
    const QUERY = `SELECT '00' || i AS "编号", 13800138000 + i AS phone, DATE '9999-12-31' AS d, 'nan'::DOUBLE AS f,
      CASE WHEN i = 1 THEN NULL ELSE {'a': i} END AS "it's ""nested""" FROM range(3) r(i)`;

    it('reads every cell as text, in order', async () => {
      const { names, rows, reading } = await read(await saveParquet(at('t.parquet'), QUERY));
      expect(names).to.deep.equal(['编号', 'phone', 'd', 'f', `it's "nested"`]);
      expect(rows).to.deep.equal([
        ['000', '13800138000', '9999-12-31', 'nan', "{'a': 0}"],
        ['001', '13800138001', '9999-12-31', 'nan', ''],
        ['002', '13800138002', '9999-12-31', 'nan', "{'a': 2}"],
      ]);
      expect(reading).to.deep.include({ format: 'parquet', rows: 3, encoding: null, sheets: [] });
    });

    it('is asked where it lies, and reads no other file', async () => {
      const path = await saveParquet(at('t.parquet'), QUERY);
      writeFileSync(at('other.csv'), 'a\n1\n');
      const opened = await openTable({ path });
      if (isFault(opened)) throw new Error(opened.code);
      const { table } = opened;
      const counted = await table.ask('SELECT count(*) AS n, count(DISTINCT c1) AS d, count(c4) AS c FROM cells');
      const refused = await table
        .ask(`SELECT * FROM read_csv('${at('other.csv')}')`)
        .catch((error: Error) => error.message);
      await table.close();
      expect(counted).to.deep.equal([{ n: 3, d: 3, c: 2 }]);
      expect(refused).to.equal('the private database refused a question: Permission');
    });

    it('takes a name for a name, not for a pattern', async () => {
      await saveParquet(at('a1.parquet'), 'SELECT 1 AS other');
      const { names } = await read(await saveParquet(at('a[1]*.parquet'), 'SELECT 2 AS own'));
      expect(names).to.deep.equal(['own']);
    });

    it('finds a secrecy mark in cells and names', async () => {
      const mark = /机密★/u;
      const cell = await saveParquet(
        at('c.parquet'),
        "SELECT i, CASE WHEN i = 9999 THEN 'x 机密★' END AS b FROM range(10000) r(i)",
      );
      expect(await fault(cell, {}, mark)).to.equal('state-secret');
      expect(await fault(await saveParquet(at('n.parquet'), 'SELECT 1 AS "机密★"'), {}, mark)).to.equal('state-secret');
    });

    it('refuses one that is cut off, empty, or only begins like one', async () => {
      const whole = await saveParquet(at('t.parquet'), QUERY);
      const { readFileSync } = await import('node:fs');
      expect(await fault(saved(at('cut.parquet'), readFileSync(whole).subarray(0, 400)))).to.equal('broken-parquet');
      expect(await fault(saved(at('no.parquet'), 'PAR1 and so on'))).to.equal('broken-parquet');
      expect(await fault(await saveParquet(at('e.parquet'), 'SELECT 1 AS a WHERE false'))).to.equal('no-rows');
    });

    it('holds little of one huge row group, or refuses it', async () => {
      const path = await saveParquet(
        at('huge.parquet'),
        'SELECT repeat(md5(i::VARCHAR), 40) AS a FROM range(400000) r(i)',
        ', ROW_GROUP_SIZE 10000000',
      );
      const before = process.memoryUsage.rss();
      const { reading } = await collected(path);
      expect(isFault(reading) ? reading.code : reading.rows).to.be.oneOf([400_000, 'out-of-memory']);
      expect((process.memoryUsage.rss() - before) / 1e6).to.be.below(600);
    });
  });
});
