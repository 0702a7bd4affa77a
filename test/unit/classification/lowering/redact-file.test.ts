import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import iconv from 'iconv-lite';
import type { Recipe } from '../../../../src/classification/domain/lowering/recipe.js';
import { recipeText } from '../../../../src/classification/domain/lowering/recipe.js';
import type { Step } from '../../../../src/classification/domain/lowering/steps.js';
import { classifyFile } from '../../../../src/classification/files/classify-file.js';
import { harmless, isFormula, recordOf } from '../../../../src/classification/files/delimited-text.js';
import { NewFile } from '../../../../src/classification/files/new-file.js';
import { recipeOf } from '../../../../src/classification/files/read-recipe.js';
import { type Redacted, type RedactOptions, redactFile } from '../../../../src/classification/files/redact-file.js';
import { sha256 } from '../../../../src/classification/packs/load.js';
import { asText, people, PEOPLE_COLUMNS } from '../../../support/classification/people.js';

describe('a recipe applied to a file', function () {
  this.timeout(240_000);
  let folder: string;
  const at = (name: string): string => join(folder, name);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tiergate-redact-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const REGISTER = asText(PEOPLE_COLUMNS, people(600));
  function put(name: string, text: string, encoding = 'utf-8'): string {
    writeFileSync(at(name), iconv.encode(text, encoding));
    return at(name);
  }
  async function adviceFor(path: string): Promise<Recipe> {
    const report = await classifyFile(path, { declared: 'open', title: '办事记录' });
    const [advice] = report.kind === 'assessed' ? report.lowering : [];
    if (advice?.status !== 'lowers') throw new Error('no advice');
    return advice.recipe;
  }
  /** The recipe with other steps, hashed as if it had been made so. */
  function withSteps(recipe: Recipe, steps: readonly Step[]): Recipe {
    const plain = { ...recipe, steps };
    return { ...plain, hash: sha256(recipeText(plain)) };
  }
  const redact = (path: string, recipe: Recipe, options: RedactOptions = {}) =>
    redactFile(path, recipe, at('out.csv'), { declared: 'open', title: '办事记录', ...options });
  const done = (outcome: Awaited<ReturnType<typeof redact>>): Redacted => {
    if (outcome.kind !== 'redacted') throw new Error(`${outcome.code}: ${outcome.detail}`);
    return outcome;
  };

  it('writes the same rows in the same encoding without what names people, and the engine agrees', async () => {
    const path = put('people.csv', REGISTER, 'gb18030');
    const result = done(await redact(path, await adviceFor(path)));
    expect(result).to.deep.include({ rows: 600, encoding: 'gb18030', brokenRows: 0 });
    expect(result.check.verdict.floor).to.equal('open');
    expect(result.check.file.name).to.equal('out.csv');
    expect(result.check.risk).to.have.nested.property('sets[0].figures.k').that.is.at.least(5);
    const text = iconv.decode(readFileSync(at('out.csv')), 'gb18030');
    expect(text.split('\r\n')[0]).to.equal('出生日期,区县,办理事项');
    expect(text.split('\r\n')).to.have.length(602);
    for (const [, phone = '', id = ''] of people(600)) {
      expect(text).not.to.contain(phone);
      expect(text).not.to.contain(id);
    }
    expect(readdirSync(folder).sort()).to.deep.equal(['out.csv', 'people.csv']);
  });

  it('in UTF-8 when told so, and in UTF-16 with its mark when the file is', async () => {
    const path = put('people.csv', `\ufeff${REGISTER}`, 'utf-16le');
    const recipe = await adviceFor(path);
    expect(done(await redact(path, recipe)).encoding).to.equal('utf-16le');
    expect([...readFileSync(at('out.csv')).subarray(0, 2)]).to.deep.equal([0xff, 0xfe]);
    rmSync(at('out.csv'));
    expect(done(await redact(path, recipe, { encoding: 'utf-8' })).encoding).to.equal('utf-8');
    expect(readFileSync(at('out.csv'), 'utf8').split('\r\n')[0]).to.equal('出生日期,区县,办理事项');
  });

  it('withholds combinations that are rare in this file, and counts them', async () => {
    const path = put('people.csv', REGISTER);
    const recipe = await adviceFor(path);
    const steps: Step[] = [
      ...recipe.steps.filter((step) => step.kind === 'drop'),
      { kind: 'generalise', column: '出生日期', to: { by: 'year' } },
      { kind: 'withhold', columns: ['出生日期', '区县'], least: 5 },
    ];
    const result = done(await redact(path, withSteps(recipe, steps)));
    const rows = readFileSync(at('out.csv'), 'utf8').trim().split('\r\n').slice(1);
    const counts = new Map<string, number>();
    for (const row of rows) counts.set(row.split(',', 2).join(), (counts.get(row.split(',', 2).join()) ?? 0) + 1);
    expect(counts.get('*,*')).to.equal(result.withheld).and.greaterThan(0);
    counts.delete('*,*');
    expect(Math.min(...counts.values())).to.be.at.least(5);
  });

  it('never takes the place of a file, and leaves nothing behind', async () => {
    const path = put('people.csv', REGISTER);
    const recipe = await adviceFor(path);
    put('out.csv', 'mine');
    expect(await redact(path, recipe)).to.deep.include({ kind: 'refused', code: 'name-taken' });
    expect(readFileSync(at('out.csv'), 'utf8')).to.equal('mine');
    expect(await redactFile(path, recipe, path)).to.have.property('code', 'name-taken');
    expect(readdirSync(folder).sort()).to.deep.equal(['out.csv', 'people.csv']);
  });

  it('a name that was taken while it wrote is not overwritten either', async () => {
    const file = await NewFile.begin(at('late.csv'), 'utf-8');
    await file?.write('ours');
    await file?.finish();
    put('late.csv', 'theirs');
    expect(await file?.publish()).to.equal(false);
    expect(readFileSync(at('late.csv'), 'utf8')).to.equal('theirs');
    expect(readdirSync(folder)).to.deep.equal(['late.csv']);
  });

  it('refuses another file unless told, and one that lacks a column even then', async () => {
    const recipe = await adviceFor(put('people.csv', REGISTER));
    const other = put('other.csv', asText(PEOPLE_COLUMNS, people(600, 9)));
    expect(await redact(other, recipe)).to.have.property('code', 'another-file');
    expect(done(await redact(other, recipe, { otherFile: true })).rows).to.equal(600);
    const lacking = put('lacking.csv', '出生日期,区县\n1980-01-01,黄浦区\n');
    rmSync(at('out.csv'));
    expect(await redact(lacking, recipe, { otherFile: true })).to.have.property('code', 'columns-missing');
    expect(existsSync(at('out.csv'))).to.equal(false);
  });

  it('does not write a result of which the rules still demand more than the recipe says', async () => {
    const path = put('people.csv', REGISTER);
    const recipe = withSteps(await adviceFor(path), [{ kind: 'drop', column: '姓名' }]);
    expect(await redact(path, recipe)).to.deep.include({ code: 'still-demanded', detail: 'restricted' });
    expect(readdirSync(folder)).to.deep.equal(['people.csv']);
  });

  it('refuses what cannot be read as a table, and a rule pack it does not have', async () => {
    const path = put('people.csv', REGISTER);
    const recipe = await adviceFor(path);
    expect(await redact(at('nowhere.csv'), recipe)).to.deep.include({ code: 'unreadable' });
    expect(await redact(path, { ...recipe, pack: { ...recipe.pack, id: 'atlantis' } })).to.have.property(
      'code',
      'pack-unknown',
    );
    put('empty.csv', '');
    expect(await redact(at('empty.csv'), recipe, { otherFile: true })).to.have.property('code', 'unreadable');
  });

  it('says so when the folder is not there, and leaves nothing behind', async () => {
    const path = put('people.csv', REGISTER);
    const recipe = await adviceFor(path);
    const outcome = await redactFile(path, recipe, at('no/out.csv')).catch((error: unknown) => error);
    expect(outcome).to.be.an('error').with.property('code', 'ENOENT');
    expect(readdirSync(folder)).to.deep.equal(['people.csv']);
  });
});

describe('a recipe', () => {
  it('is refused when it is no JSON, has another shape, or was edited', () => {
    expect(recipeOf('{')).to.deep.include({ fault: 'recipe-invalid' });
    expect(recipeOf('{"format":"tiergate-recipe"}')).to.deep.include({ fault: 'recipe-invalid' });
    const plain = {
      format: 'tiergate-recipe' as const,
      version: 1 as const,
      file: { sha256: '0'.repeat(64), columns: ['a'] },
      pack: { id: 'cn-shanghai', version: 1, hash: '0'.repeat(64) },
      from: 'restricted' as const,
      to: 'open' as const,
      steps: [{ kind: 'drop' as const, column: 'a' }],
      quasiIdentifiers: [],
    };
    const whole = { ...plain, hash: sha256(recipeText(plain)) };
    expect(recipeOf(JSON.stringify(whole))).to.deep.equal(whole);
    expect(recipeOf(JSON.stringify({ ...whole, to: 'conditional' }))).to.deep.include({ fault: 'recipe-edited' });
    const odd = { ...whole, steps: [{ kind: 'generalise', column: 'a', to: { by: 'prefix', length: -1 } }] };
    expect(recipeOf(JSON.stringify(odd))).to.deep.include({ fault: 'recipe-invalid' });
    expect(recipeOf(JSON.stringify({ ...whole, steps: [{ kind: 'explode', column: 'a' }] }))).to.have.property(
      'fault',
      'recipe-invalid',
    );
  });
});

describe('cells in delimited text', () => {
  it('formulas are kept from being calculated; numbers stay numbers', () => {
    for (const formula of ['=1+1', '+SUM(A1)', '-A1', '@cmd', '\t=1', '=HYPERLINK("x")']) {
      expect(isFormula(formula), formula).to.equal(true);
      expect(harmless(formula)).to.equal(`'${formula}`);
    }
    for (const plain of ['-5', '+7.5', '-1,234.50', '1e-5', '-3%', 'a=b', '', '*', '30..<40'])
      expect(harmless(plain), plain).to.equal(plain);
  });

  it('are quoted where the separator, a quote or a line end is in them', () => {
    expect(recordOf(['a', 'b;c', 'd"e', 'f\ng'], ';')).to.equal('a;"b;c";"d""e";"f\ng"\r\n');
    expect(recordOf(['a;b', '=x,y'], ',')).to.equal(`a;b,"'=x,y"\r\n`);
  });
});
