import { execFileSync } from 'node:child_process';
import { expect } from 'chai';
import { renderReport } from '../../../src/classification/files/render-report.js';
import { textRow, workbookOf } from '../../support/classification/source-files.js';
import { gb18030 } from '../../support/gb18030.js';
import { classifiedFiles, peopleOf, table } from './classified-files.js';
import { generator } from './identifiers.js';

describe('tiergate classify: what a file may be', () => {
  const { at, save, assessed, refused } = classifiedFiles();
  const random = generator(7);
  const people = peopleOf(random);

  const refusals: readonly (readonly [string, string, () => string | Uint8Array])[] = [
    ['a damaged XLSX named .csv', 'broken-workbook', () => Buffer.from([0x50, 0x4b, 3, 4, 9, 9, 9])],
    ['a PDF named .csv', 'binary-file', () => '%PDF-1.7\n1 0 obj\n'],
    ['random bytes', 'binary-file', () => Buffer.from(Array.from({ length: 4000 }, () => random(256)))],
    ['an empty file', 'empty-file', () => ''],
    ['only a header', 'no-rows', () => 'a,b\n'],
    ['only line ends', 'no-rows', () => '\n\n\n'],
    ['no header', 'no-header', () => table(people)],
    ['numbers for a header', 'no-header', () => '1,2\n3,4\n'],
    ['a quote that is never closed', 'broken-quoting', () => `a,b\n"1,2\n${'3,4\n'.repeat(50)}`],
    ['one endless record', 'record-too-long', () => `a,b\n"${'x'.repeat(5_000_000)}`],
    ['too many columns', 'too-many-columns', () => `${'c,'.repeat(5000)}c\n1\n`],
    ['a page of the web', 'not-a-table', () => '\ufeff\n<!DOCTYPE html>\n<table>\n</table>\n'],
    ['a secrecy mark in a cell', 'state-secret', () => '名称,备注\n位置,"机密★\n长期"\n'],
    ['a secrecy mark with a wide colon', 'state-secret', () => '名称,备注\n表,密级 ： 秘密\n'],
    [
      'a secrecy mark across two pieces of the file',
      'state-secret',
      () => `a,b\n${'x,y\n'.repeat(65_536).slice(0, 262_139)}机密★,1\n`,
    ],
    ['a file name with a secrecy mark', 'state-secret', () => 'a,b\n1,2\n'],
  ];
  for (const [name, code, content] of refusals)
    it(`refuses ${name}: ${code}`, async () => {
      const report = await refused(save(name.startsWith('a file name') ? '位置 机密★.csv' : 'bad.csv', content()));
      expect(report.code).to.equal(code);
      expect(report.exitCode).to.equal(3);
      expect(report.remedy).to.have.keys('zh', 'en');
      expect(renderReport(report, 'en')).to.include(code);
    });

  it('reads what a file holds, whatever it is called', async () => {
    const records = people.map(([name, phone]) => ({ 姓名: name, 手机: Number(phone) }));
    const report = await assessed(save('named.csv', JSON.stringify({ data: records })), { declared: 'open' });
    expect([report.file.format, report.rows, report.exitCode]).to.deep.equal(['json', 200, 1]);
    const book = workbookOf({
      登记: ['姓名,手机', ...people.map((row) => row.join())].map((row) => textRow(...row.split(','))).join(''),
    });
    const sheet = await assessed(save('book.csv', book), { declared: 'open' });
    expect([sheet.file.format, sheet.file.sheets, sheet.rows, sheet.exitCode]).to.deep.equal([
      'xlsx',
      ['登记'],
      200,
      1,
    ]);
    expect(renderReport(sheet, 'zh')).to.include('XLSX, 工作表: 登记, 200 行');
  });

  it('leaves it to a person when more than one in a hundred rows or characters could not be read', async () => {
    const rows = Array.from({ length: 199 }, () => '黄浦,3\n').join('');
    const few = await assessed(save('few.csv', `区,数\n${rows}黄浦,3,4\n`), { declared: 'open' });
    expect([few.doubts, few.exitCode]).to.deep.equal([[], 0]);
    const many = await assessed(save('many.csv', `区,数\n${rows}${'黄浦,3,4\n'.repeat(3)}`), { declared: 'open' });
    expect([many.doubts, many.exitCode]).to.deep.equal([['broken-rows'], 2]);
    expect(renderReport(many, 'en')).to.include('too much of it could not be read: a person has to look');
    const signs = await assessed(save('signs.csv', `区,数\n${rows}${'黄\ufffd,3\n'.repeat(3)}`), {
      declared: 'open',
    });
    expect([signs.doubts, signs.exitCode]).to.deep.equal([['broken-characters'], 2]);
  });

  it('refuses a pipe without waiting for its writer', async () => {
    const path = at('pipe.csv');
    execFileSync('mkfifo', [path]);
    expect((await refused(path)).code).to.equal('not-found');
  });

  it('refuses a path that is not a file', async () => {
    expect((await refused(at('absent.csv'))).code).to.equal('not-found');
    expect((await refused(at('.'))).code).to.equal('not-found');
  });

  it('reads a table without a header when told so', async () => {
    const report = await assessed(save('bare.csv', table(people)), { header: false });
    expect(report.rows).to.equal(200);
    expect(report.columns.map((column) => column.name)).to.deep.equal(['column-1', 'column-2', 'column-3']);
    expect(report.verdict.floor).to.equal('restricted');
  });

  it('reports duplicate and unnamed columns, ragged rows and unreadable characters, and still reads', async () => {
    const report = await assessed(save('odd.csv', '手机,手机,,备注\n13800000000,13900000000,x,y\n1,2\n'));
    expect(report.duplicateColumns).to.deep.equal(['手机']);
    expect(report.unnamedColumns).to.deep.equal([3]);
    expect(report.columns.map((column) => column.name)).to.deep.equal(['手机', '手机#2', 'column-3', '备注']);
    expect(report.brokenRows).to.equal(1);
    const broken = Buffer.concat([gb18030('名称,说明\n公园,绿地开放时间说明\n'), Buffer.from([0x80, 0xff, 0x0a])]);
    expect((await assessed(save('broken.csv', broken))).brokenCharacters).to.be.greaterThan(0);
  });

  it('reads tabs, semicolons, quoted line ends and formulas as text', async () => {
    const tabbed = await assessed(
      save(
        't.tsv',
        table(
          [
            ['a', 'b'],
            ['=1+1', '@x'],
            ['-2', '+3'],
          ],
          '\t',
        ),
      ),
    );
    expect([tabbed.delimiter, tabbed.columns.length, tabbed.rows]).to.deep.equal(['\t', 2, 2]);
    const quoted = await assessed(save('q.csv', '"a;1";"b"\n"two\nlines";"NaN"\n"9999-12-31";"x"\n'));
    expect([quoted.delimiter, quoted.columns.map((column) => column.name), quoted.rows]).to.deep.equal([
      ';',
      ['a;1', 'b'],
      2,
    ]);
  });

  it('finds the header under captions, and reads their words as the description', async () => {
    const rows = people.map(([name, phone]) => [name ?? '', phone ?? '', 'x', 'y']);
    const captions = [['某某街道电子病历登记', '', '', ''], [], ['填表人：某某', '', '2026年', '']];
    for (const delimiter of [',', ';', '\t']) {
      const text = table([...captions, ['姓名', '手机号', '备注', ''], ...rows], delimiter);
      const report = await assessed(save('captions.csv', gb18030(text)));
      expect([report.captions, report.rows, report.delimiter]).to.deep.equal([2, 200, delimiter]);
      expect(report.columns.map(({ name }) => name)).to.deep.equal(['姓名', '手机号', '备注', 'column-4']);
    }
    const stated = table([['本表涉及个人隐私', '', ''], ['甲', '乙', '丙'], ...rows.map(() => ['1', '2', '3'])]);
    const report = await assessed(save('stated.csv', stated), { declared: 'open' });
    expect(report.verdict.rules.map(({ id }) => id)).to.include('personal-stated');
    expect(
      (await assessed(save('sep.csv', `sep=;\n${table([['姓名', '手机号', '身份证号'], ...people], ';')}`))).captions,
    ).to.equal(1);
  });

  it('finds the separator under a caption that holds another one', async () => {
    const rows = people.map(([name, phone]) => [name ?? '', phone ?? '', '1,5']);
    for (const delimiter of [';', '\t', '|']) {
      const text = `登记表, 2026年, 第1季度\n${table([['姓名', '手机号', '得分'], ...rows], delimiter)}`;
      const report = await assessed(save('other.csv', text));
      expect([report.delimiter, report.captions, report.rows, report.brokenRows]).to.deep.equal([delimiter, 1, 200, 0]);
      expect(report.columns.map(({ name }) => name)).to.deep.equal(['姓名', '手机号', '得分']);
    }
  });

  it('reads lines that end differently as the lines they are', async () => {
    const lines = ['姓名', ...people.map(([name]) => name ?? '')];
    for (const ends of [
      ['\r\n', '\n'],
      ['\n', '\r\n'],
      ['\r\n', '\r'],
      ['\n', '\r'],
    ]) {
      const text = lines.map((line, at) => line + (at === 0 ? ends[0] : ends[1])).join('');
      const report = await assessed(save('ends.csv', text));
      expect([report.rows, report.columns[0]?.findings.map(({ type }) => type)], JSON.stringify(ends)).to.deep.equal([
        200,
        ['person-name'],
      ]);
    }
  });

  it('looks at columns that a short header leaves without a name, as merged cells do', async () => {
    const rows = people.map(([name, phone]) => ['x', 'y', name ?? '', phone ?? '']);
    const report = await assessed(save('short.csv', table([['序号', '信息'], ...rows])));
    expect([report.brokenRows, report.unnamedColumns]).to.deep.equal([0, [3, 4]]);
    expect(report.columns.map(({ findings }) => findings.map(({ type }) => type))).to.deep.equal([
      [],
      [],
      ['person-name'],
      ['mobile-number'],
    ]);
  });

  it('reads on in UTF-8 where text of another encoding was added, and says how much it could not read', async () => {
    const [first, second] = [people.slice(0, 100), people.slice(100)].map((part) => part.map(([name]) => [name ?? '']));
    const utf8 = `${table([['站点'], ...(first ?? [])])}\r\n`;
    const mixed = Buffer.concat([Buffer.from(utf8), Buffer.from(gb18030(table(second ?? [])))]);
    const report = await assessed(save('mixed.csv', mixed), { declared: 'open' });
    expect([report.file.encoding, report.doubts, report.exitCode]).to.deep.equal(['utf-8', ['broken-characters'], 2]);
  });

  it('never takes lines of UTF-8 for Chinese of another encoding, whichever of them are more and wherever they stand', async () => {
    const rows = people.map(([name]) => [name ?? '']);
    const whole = gb18030(`${table([['站点'], ...rows])}\r\n`);
    const sound = await assessed(save('sound.csv', whole), { declared: 'open' });
    expect([sound.file.encoding, sound.doubts]).to.deep.equal(['gb18030', []]);
    const few = Buffer.from(`${table(rows.slice(0, 3))}\r\n`);
    const head = Buffer.from('站点名称\r\n');
    const rest = gb18030(table(rows));
    for (const mixed of [Buffer.concat([whole, few]), Buffer.concat([head, rest]), Buffer.concat([head, few, rest])]) {
      const report = await assessed(save('mixed.csv', mixed), { declared: 'open' });
      expect([report.doubts, report.exitCode]).to.deep.equal([['broken-characters'], 2]);
    }
  });

  it('asks a person where one line of JSON is of two encodings', async () => {
    const part = (from: number, to: number): string =>
      Array.from({ length: to - from }, (_, at) => `{"site":"${from + at}","owner":"欧阳"}`).join(',');
    const [first, last] = [gb18030(`[${part(0, 300)},`), gb18030(`,${part(320, 400)}]`)];
    const sound = Buffer.concat([first, gb18030(part(300, 320)), last]);
    const mixed = Buffer.concat([first, Buffer.from(part(300, 320)), last]);
    const [one, both] = [await assessed(save('one.json', sound)), await assessed(save('both.json', mixed))];
    expect([one.file.encoding, one.brokenCharacters, one.doubts]).to.deep.equal(['gb18030', 0, []]);
    expect([both.file.encoding, both.brokenCharacters, both.doubts]).to.deep.equal([
      'gb18030',
      40,
      ['broken-characters'],
    ]);
  });

  it('asks a person where sensitive things stand beside what singles people out', async () => {
    const rows = Array.from({ length: 100 }, (_, at) => [`${at}`, '男', '高血压']);
    const report = await assessed(save('ill.csv', table([['年龄', '性别', '诊断'], ...rows])), { declared: 'open' });
    expect([report.verdict.tier, report.doubts, report.exitCode]).to.deep.equal(['open', ['singled-out'], 2]);
    const plain = rows.map(() => ['40', '男', '高血压']);
    const many = await assessed(save('many.csv', table([['年龄', '性别', '诊断'], ...plain])), { declared: 'open' });
    expect([many.doubts, many.exitCode]).to.deep.equal([[], 0]);
  });

  it('never opens a workbook whose formulas were not calculated', async () => {
    const cell = (formula: string, rest: string): string =>
      `<row><c${rest.startsWith('<') ? '' : ' t="str"'}><f>${formula}</f>${rest.replace('str', '')}</c></row>`;
    const head = textRow('全名');
    const rows = (rest: string): string => Array.from({ length: 20 }, () => cell('A1', rest)).join('');
    const missing = await assessed(save('missing.xlsx', workbookOf({ S: head + textRow('x') + rows('<v></v>') })), {
      declared: 'open',
    });
    expect([missing.uncalculated, missing.doubts, missing.exitCode]).to.deep.equal([20, ['uncalculated'], 2]);
    const empty = await assessed(save('empty.xlsx', workbookOf({ S: head + textRow('x') + rows('str<v></v>') })), {
      declared: 'open',
    });
    expect([empty.uncalculated, empty.exitCode]).to.deep.equal([undefined, 0]);
  });

  it('takes no row of a ragged table for a caption', async () => {
    const report = await assessed(save('ragged.csv', '姓名,手机号\n王伟,13812345678,x,y\n李娜\n\n张敏,13912345678\n'));
    expect([report.captions, report.rows, report.brokenRows]).to.deep.equal([0, 3, 2]);
  });

  it('shows control and direction characters of a column name instead of obeying them', async () => {
    const path = save('evil.csv', 'a\u202eb\u001b[31m,c\n1,2\n');
    expect(renderReport(await assessed(path), 'en')).to.include('a<202e>b<001b>[31m');
    const none = await refused(path, { quasiIdentifiers: ['d'] });
    expect(renderReport(none, 'en')).to.include('a<202e>b<001b>[31m');
  });
});
