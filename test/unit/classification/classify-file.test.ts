import { spawnSync } from 'node:child_process';
import { expect } from 'chai';
import iconv from 'iconv-lite';
import { classifyFile } from '../../../src/classification/files/classify-file.js';
import { renderReport } from '../../../src/classification/files/render-report.js';
import type { FileAssessment } from '../../../src/classification/files/report.js';
import { gb18030 } from '../../support/gb18030.js';
import { inProject } from '../../support/project.js';
import { classifiedFiles, peopleOf, table } from './classified-files.js';
import { bankCard, creditCode, generator, mobile, personName, residentId } from './identifiers.js';

describe('tiergate classify', () => {
  const random = generator(7);
  const { save, assessed, refused } = classifiedFiles();
  const people = peopleOf(random);
  const roster = table([['姓名', '手机号', '身份证号'], ...people]);

  const utf16 = (text: string, mark: boolean): Buffer =>
    Buffer.concat([Buffer.from(mark ? [0xff, 0xfe] : []), Buffer.from(text, 'utf16le')]);

  it('says tier and reasons as soon as they stand; risk and advice follow and change neither', async () => {
    const told: FileAssessment[] = [];
    const path = save('early.csv', roster);
    const report = await assessed(path, { declared: 'open', onVerdict: (early) => told.push(early) });
    expect(told).to.have.length(1);
    const [early] = told as [FileAssessment];
    expect([early.risk.status, early.lowering]).to.deep.equal(['not-assessed', []]);
    expect(report.lowering).to.not.deep.equal([]);
    expect([early.verdict, early.columns, early.replayHash]).to.deep.equal([
      report.verdict,
      report.columns,
      report.replayHash,
    ]);
    await refused(save('none.csv', ''), { onVerdict: (one) => told.push(one) });
    expect(told, 'of a refusal there is none').to.have.length(1);
    const output = spawnSync(process.execPath, [inProject('bin/tiergate.mjs'), 'classify', path, '--progress'], {
      encoding: 'utf8',
      env: { ...process.env, LANG: 'C' },
    });
    expect(output.stderr).to.match(/^tier and reasons stand after [\d.]+ s: Not open; measuring risk and advice$/m);
  });

  describe('encodings', () => {
    const cases: readonly (readonly [string, string, () => string | Uint8Array])[] = [
      ['UTF-8', 'utf-8', () => roster],
      ['UTF-8 with a mark', 'utf-8', () => `\ufeff${roster}`],
      ['GB18030', 'gb18030', () => gb18030(roster)],
      ['UTF-16 with a mark', 'utf-16le', () => utf16(roster, true)],
      ['UTF-16 without a mark', 'utf-16le', () => utf16(table([['name', 'mobile', 'id card'], ...people]), false)],
    ];
    for (const [name, encoding, content] of cases)
      it(`reads ${name}`, async () => {
        const report = await assessed(save(`${encoding}-${name}.csv`, content()));
        expect(report.file.encoding).to.equal(encoding);
        expect(report.rows).to.equal(200);
        expect(report.brokenCharacters).to.equal(0);
        expect(report.columns.flatMap((column) => column.findings.map((finding) => finding.type))).to.include.members([
          'mobile-number',
          'resident-id',
        ]);
      });

    for (const [encoding, header, cells] of [
      ['gb18030', '手机号,积分', ['1']],
      ['gb18030', '电话', []],
      ['gb18030', '车牌,备注', ['沪']],
      ['big5', '證件,電話', ['1']],
      ['big5', '聯絡人,手機號碼,備註', ['陳大文', '張小明', '黃麗']],
    ] as const)
      it(`tells ${encoding} from a header of few characters: ${header}`, async () => {
        const numbers = people.map(([, phone], index) => [phone ?? '', cells[index % cells.length] ?? ''].join(','));
        const report = await assessed(save('few.csv', iconv.encode([header, ...numbers].join('\n'), encoding)));
        expect(report.file.encoding).to.equal(encoding);
        expect(report.columns.map(({ name }) => name).join()).to.equal(header);
      });

    it('finds GB18030 that begins only after a long ASCII stretch', async () => {
      const ascii = Array.from({ length: 20_000 }, (_, index) => [`row-${index}`, '1', '2']);
      const rows = [['id', 'a', 'b'], ...ascii, ...people];
      expect((await assessed(save('late.csv', gb18030(table(rows))))).file.encoding).to.equal('gb18030');
    });
  });

  describe('a table with names and phone numbers', () => {
    it('is restricted even when declared open, with the columns and article 41 named', async () => {
      const report = await assessed(save('people.csv', gb18030(roster)), { declared: 'open' });
      expect(report.verdict.tier).to.equal('restricted');
      expect(report.exitCode).to.equal(1);
      const proof = report.verdict.rules.find((rule) => rule.id === 'personal-identifier-found');
      expect(proof?.inputs.map((input) => input.item)).to.deep.equal(['手机号', '身份证号']);
      expect(proof?.source.article).to.deep.equal({ zh: '第四十一条第二款', en: 'art. 41(2)' });
      expect(proof?.verified).to.equal(true);
    });

    it('leaves no cell in the report, in either language or as JSON', async () => {
      const report = await assessed(save('people.csv', roster));
      const everything = `${JSON.stringify(report)}${renderReport(report, 'zh')}${renderReport(report, 'en')}`;
      for (const row of people) for (const cell of row.slice(1)) expect(everything).not.to.include(cell);
      expect(renderReport(report, 'zh')).to.include('依据列: 姓名, 手机号, 身份证号 (上海市数据条例 第四十一条第二款)');
      expect(renderReport(report, 'en')).to.include(
        'because of: 姓名, 手机号, 身份证号 (Shanghai Data Regulations art. 41(2))',
      );
    });

    it('says of a column without a ground that it waits for a declared tier, not that a rule closes it', async () => {
      const rows = people.map(([name, phone]) => [name ?? '', phone ?? '', '5']);
      const report = await assessed(save('people.csv', table([['姓名', '手机号', '积分'], ...rows])));
      expect(report.columns.map(({ tier, floor }) => `${tier} ${floor}`)).to.deep.equal([
        'restricted restricted',
        'restricted restricted',
        'restricted open',
      ]);
      expect(renderReport(report, 'zh')).to.match(/积分 +未拟定，暂不开放/);
    });

    it('gives the same replay hash twice, and another one for other content', async () => {
      const [first, again] = [await assessed(save('a.csv', roster)), await assessed(save('a.csv', roster))];
      expect(again.replayHash).to.equal(first.replayHash);
      const other = await assessed(save('a.csv', roster.replaceAll(people[0]?.[1] ?? '', 'n/a')));
      expect(other.replayHash).not.to.equal(first.replayHash);
    });
  });

  describe('thresholds', () => {
    const column = async (name: string, cells: readonly string[]): Promise<string[]> => {
      const rows = [[name, 'note'], ...cells.map((cell) => [cell, 'x'])];
      const report = await assessed(save('column.csv', table(rows)));
      return report.columns[0]?.findings.map((finding) => finding.type) ?? [];
    };
    const times = (count: number, make: () => string): string[] => Array.from({ length: count }, make);
    const digits = (count: number) => (): string => times(count, () => String(random(10))).join('');

    it('take few Luhn and credit-code hits only with a cue, and many without: 20 of 20 is no chance', async () => {
      const cards = times(20, () => bankCard(random));
      const codes = times(20, () => creditCode(random));
      expect(await column('bank card', cards.slice(0, 3))).to.deep.equal(['bank-card']);
      expect(await column('c1', cards.slice(0, 3))).to.deep.equal([]);
      expect(await column('c1', cards)).to.deep.equal(['bank-card']);
      expect(await column('统一社会信用代码', codes.slice(0, 3))).to.deep.equal(['credit-code']);
      expect(await column('c1', codes.slice(0, 3))).to.deep.equal([]);
      expect(await column('c1', codes)).to.deep.equal(['credit-code']);
    });

    it('do not take random long numbers for anything, cue or not', async () => {
      expect(await column('bank card', times(2000, digits(16)))).to.deep.equal([]);
      expect(await column('order', times(20_000, digits(18)))).to.deep.equal([]);
      expect(await column('order', times(2000, digits(11)))).to.deep.equal([]);
      expect(await column('统一社会信用代码', times(2000, digits(18)))).to.deep.equal(['generic-id']);
    });

    it('find identifiers that a spreadsheet guards, that hide invisible characters, or stand in a text', async () => {
      const ids = times(30, () => residentId(random));
      const phones = times(30, () => mobile(random));
      expect(
        await column(
          'a',
          ids.map((id) => `"=""${id}"""`),
        ),
      ).to.deep.equal(['resident-id']);
      expect(
        await column(
          'a',
          phones.map((phone) => `'${phone}`),
        ),
      ).to.deep.equal(['mobile-number']);
      expect(
        await column(
          'a',
          phones.map((phone) => `${phone.slice(0, 3)}\u200b${phone.slice(3)}`),
        ),
      ).to.deep.equal(['mobile-number']);
      const told = phones.map((phone, at) => `登记人身份 ${ids[at]} 电话${phone}，已回访`);
      expect(await column('a', told)).to.have.members(['resident-id', 'mobile-number']);
      const orders = times(300, () => `订单 ${digits(18)()} 流水 ${digits(13)()}，已发货`);
      expect(await column('a', orders)).to.deep.equal([]);
    });

    it('find identifiers under a meaningless name, and full-width digits', async () => {
      const wide = (text: string): string =>
        text.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
      expect(
        await column(
          'c1',
          times(30, () => residentId(random)),
        ),
      ).to.deep.equal(['resident-id']);
      expect(
        await column(
          'c1',
          times(30, () => mobile(random)),
        ),
      ).to.deep.equal(['mobile-number']);
      expect(
        await column(
          'c1',
          times(30, () => wide(residentId(random))),
        ),
      ).to.deep.equal(['resident-id']);
    });

    it('find one resident number among a thousand cells where the name says so', async () => {
      expect(await column('证件号码', [...times(999, () => '无'), residentId(random)])).to.deep.equal(['resident-id']);
    });

    it('leave place names, company names and a phone-number range alone', async () => {
      const streets = times(200, () => `${'南京延安淮海四川'.substring(random(4) * 2, 8).slice(0, 2)}路`);
      expect(await column('道路名称', streets)).to.deep.equal([]);
      expect(
        await column(
          '企业名称',
          times(200, () => '某某科技有限公司'),
        ),
      ).to.deep.equal(['organisation-name']);
    });
  });

  describe('verdict and exit code', () => {
    const plain = '区,数量\n黄浦,3\n徐汇,4\n';
    it('0: declared open, nothing found', async () => {
      const report = await assessed(save('plain.csv', plain), { declared: 'open' });
      expect([report.verdict.tier, report.exitCode]).to.deep.equal(['open', 0]);
    });
    it('2: undeclared, so a person has to look', async () => {
      const report = await assessed(save('plain.csv', plain));
      expect([report.verdict.tier, report.verdict.tierStatus, report.exitCode]).to.deep.equal([
        'restricted',
        'pending-review',
        2,
      ]);
    });
    it('throws for a pack that is not installed', async () => {
      const failure = await classifyFile(save('plain.csv', plain), { pack: 'atlantis' }).catch(
        (error: unknown) => error,
      );
      expect(failure).to.be.instanceOf(RangeError);
    });
  });

  it('reads 200,000 rows of GB18030 in bounded memory', async function () {
    this.timeout(240_000);
    const line = Array.from(
      { length: 2000 },
      () => `${personName(random)},${mobile(random)},${residentId(random)},路况`,
    ).join('\n');
    const block = gb18030(`${line}\n`);
    const path = save(
      'large.csv',
      Buffer.concat([gb18030('姓名,手机,身份证号,说明\n'), ...Array.from({ length: 100 }, () => block)]),
    );
    // A heap that could not hold the cells; what DuckDB keeps has a limit of its own.
    const classify = ['--max-old-space-size=64', inProject('bin', 'tiergate.mjs'), 'classify', path, '--json'];
    const { stdout, stderr } = spawnSync(process.execPath, classify, { encoding: 'utf8', maxBuffer: 16_000_000 });
    expect(stderr).to.not.include('heap out of memory');
    expect(JSON.parse(stdout).rows).to.equal(200_000);
  });
});
