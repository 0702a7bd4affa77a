import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import iconv from 'iconv-lite';
import type { Lowers, NoLowering } from '../../../../src/classification/domain/lowering/lowering.js';
import { recipeText } from '../../../../src/classification/domain/lowering/recipe.js';
import { classifyFile } from '../../../../src/classification/files/classify-file.js';
import type { ClassifyOptions } from '../../../../src/classification/files/classify-options.js';
import { recipeOf } from '../../../../src/classification/files/read-recipe.js';
import type { FileAssessment } from '../../../../src/classification/files/report.js';
import { sha256 } from '../../../../src/classification/packs/load.js';
import { asText, people, PEOPLE_COLUMNS } from '../../../support/classification/people.js';
import { inProject } from '../../../support/project.js';

describe('what would lower the tier of a file', function () {
  this.timeout(240_000);
  const folder = mkdtempSync(join(tmpdir(), 'tiergate-lower-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  async function assessed(text: string, options: ClassifyOptions = {}, encoding = 'utf-8'): Promise<FileAssessment> {
    const path = join(folder, 'table.csv');
    writeFileSync(path, iconv.encode(text, encoding));
    const report = await classifyFile(path, { declared: 'open', title: '办事记录', ...options });
    if (report.kind !== 'assessed') throw new Error(report.code);
    return report;
  }
  const lowers = ({ lowering: [advice] }: FileAssessment): Lowers => {
    if (advice?.status !== 'lowers') throw new Error(JSON.stringify(advice));
    return advice;
  };
  const REGISTER = asText(PEOPLE_COLUMNS, people(1200));

  it('drops what names people, makes the date of birth coarser, and says what that does to k', async () => {
    const report = await assessed(REGISTER, {}, 'gb18030');
    expect(report.verdict.floor).to.equal('restricted');
    const advice = lowers(report);
    expect(advice).to.deep.include({ from: 'restricted', to: 'open', search: 'complete' });
    expect(advice.steps.slice(0, 3)).to.deep.equal([
      { kind: 'drop', column: '姓名' },
      { kind: 'drop', column: '手机号' },
      { kind: 'drop', column: '身份证号' },
    ]);
    expect(advice.steps.find((step) => step.kind === 'generalise')).to.have.property('column', '出生日期');
    expect(advice.before.figures).to.have.property('k', 1);
    expect(advice.after.figures).to.have.property('k').that.is.at.least(5);
    expect(advice.informationKept).to.be.greaterThan(0.3).and.lessThan(0.6);
    expect(report.risk).to.have.nested.property('sets[0].figures.k', 1);
  });

  it('judges columns that the caller names, too, and refuses names of none', async () => {
    const report = await assessed(REGISTER, { quasiIdentifiers: ['办理事项'] });
    expect(lowers(report).before.columns).to.deep.equal(['出生日期', '区县', '办理事项']);
    expect(lowers(report).after.figures).to.have.property('k').that.is.at.least(5);
    const wrong = await assessed(REGISTER, { quasiIdentifiers: ['鞋码'] }).catch((error: unknown) => error);
    expect(wrong).to.have.property('message', 'no-such-column');
  });

  it('gives the same bytes on every run, and a recipe that its schema and hash accept', async () => {
    const [first, second] = [lowers(await assessed(REGISTER)), lowers(await assessed(REGISTER))];
    expect(JSON.stringify(second)).to.equal(JSON.stringify(first));
    const { recipe } = first;
    expect(recipe.hash).to.equal(sha256(recipeText(recipe)));
    expect(recipeOf(JSON.stringify(recipe))).to.deep.equal(recipe);
    const schema = JSON.parse(readFileSync(inProject('policies/schemas/classification/recipe.schema.json'), 'utf8'));
    expect(new Ajv2020({ strict: true, strictTypes: false }).validateSchema(schema)).to.equal(true);
    expect(recipe.file.columns).to.deep.equal([...PEOPLE_COLUMNS]);
  });

  it('holds no cell of the file', async () => {
    const text = JSON.stringify(await assessed(REGISTER));
    for (const cell of people(1200).flatMap((row) => row.slice(0, 4)))
      if (cell.length > 3) expect(text).not.to.contain(cell);
  });

  it('withholds the few who stay rare instead of making everybody coarser', async () => {
    const rows = people(1200).map(([, phone = '', , born = ''], index) => [
      phone,
      index < 3 ? '1931-01-01' : `19${60 + (index % 20)}-01-01`,
      born,
    ]);
    const advice = lowers(
      await assessed(
        asText(
          ['手机号', '出生日期', '备注'],
          rows.map(([phone = '', born = '']) => [phone, born, '无']),
        ),
      ),
    );
    expect(advice.withheld).to.be.closeTo(3 / 1200, 1e-9);
    expect(advice.steps.at(-1)).to.deep.equal({ kind: 'withhold', columns: ['出生日期'], least: 5 });
    expect(advice.after.figures).to.deep.include({ suppressed: 3, records: 1197, atRisk: 0 });
  });

  it('where the rules demand nothing there is nothing to advise', async () => {
    const report = await assessed('区县,停车位\n黄浦区,20\n徐汇区,31\n');
    expect(report.lowering).to.deep.equal([]);
    expect(report.risk).to.deep.equal({ status: 'not-assessed', reason: 'no-quasi-identifiers' });
  });

  it('a ground of the record as a whole is not lifted by changing columns', async () => {
    const report = await assessed(REGISTER, { abstract: '本数据包含个人隐私信息。' });
    const [none] = report.lowering as NoLowering[];
    expect(none).to.deep.include({ status: 'none', from: 'restricted', reason: 'whole-record' });
    expect(none?.remaining.map(({ rule }) => rule)).to.include('personal-stated');
  });

  it('a table that would have nothing left gets no advice', async () => {
    const rows = people(50).map(([name = '', phone = '']) => [name, phone]);
    const report = await assessed(asText(['姓名', '手机号'], rows));
    expect(report.lowering[0]).to.deep.include({ status: 'none', reason: 'nothing-left' });
  });

  it('too few records to hide among: what singles out goes', async () => {
    const rows = people(4).map(([, phone = '', , born = '', place = '']) => [phone, born, place]);
    const advice = lowers(await assessed(asText(['手机号', '出生日期', '区县'], rows)));
    expect(advice.steps).to.deep.equal([
      { kind: 'drop', column: '手机号' },
      { kind: 'drop', column: '出生日期' },
      { kind: 'drop', column: '区县' },
    ]);
    expect(advice.after.figures).to.deep.equal({ status: 'not-assessed', reason: 'no-quasi-identifiers' });
  });

  it('without time for it says so, and still judges', async () => {
    const report = await assessed(REGISTER, { riskBudget: 0.000_001 });
    expect(report.verdict.floor).to.equal('restricted');
    expect(report.risk).to.have.property('reason', 'time-up');
    expect(report.lowering[0]).to.deep.include({ status: 'none', reason: 'not-measured', detail: 'time-up' });
    expect((await assessed(REGISTER, { riskBudget: 0 })).risk).to.have.property('reason', 'time-up');
  });
});
