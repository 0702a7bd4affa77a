import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import iconv from 'iconv-lite';
import { type Recipe, recipeText } from '../../src/classification/domain/lowering/recipe.js';
import { sha256 } from '../../src/classification/packs/load.js';
import { asText, people, PEOPLE_COLUMNS } from '../support/classification/people.js';
import { Place } from '../support/product.js';

/** A steward with a register, a terminal, and no account. */
describe('lowering the tier of a file on the command line', function () {
  this.timeout(240_000);
  let place: Place;
  const at = (name: string): string => join(place.folder, name);
  beforeEach(() => {
    place = new Place();
    writeFileSync(at('people.csv'), iconv.encode(asText(PEOPLE_COLUMNS, people(600)), 'gb18030'));
  });
  afterEach(() => place.remove());

  it('classify says what would do, redact does it, and the result may go', async () => {
    const before = await place.tiergate('classify', 'people.csv', '--declared', 'open', '--recipe', 'recipe.json');
    expect(before.code).to.equal(1);
    expect(before.out).to.match(/k \(出生日期[^)]*\): 1 → \d+/);
    expect(before.out).to.contain('1. drop 姓名').and.to.contain('generalise 出生日期');
    expect(before.err).to.contain('recipe.json');
    const after = await place.tiergate(
      ...'redact people.csv --recipe recipe.json --out open.csv --declared open'.split(' '),
    );
    expect(after.code, after.err).to.equal(0);
    expect(after.err).to.contain('600 rows in gb18030');
    expect(after.out).to.contain('Verdict: Open');
    const written = iconv.decode(readFileSync(at('open.csv')), 'gb18030');
    expect(written).to.match(/^出生日期,区县,办理事项\r\n19\d\d0?s?,/);
    const again = await place.tiergate('classify', 'open.csv', '--declared', 'open');
    expect(again.code).to.equal(0);
  });

  it('in Chinese, and as JSON for a machine', async () => {
    const before = await place.tiergate('classify', 'people.csv', '--language', 'zh', '--recipe', 'r.json');
    expect(before.out).to.contain('去除：姓名').and.to.contain('泛化：出生日期').and.to.contain('重识别风险');
    const after = await place.tiergate(
      ...'redact people.csv --recipe r.json --out o.csv --encoding utf-8 --json'.split(' '),
    );
    expect(JSON.parse(after.out)).to.deep.include({ kind: 'redacted', rows: 600, encoding: 'utf-8' });
    expect(after.code, 'nobody declared a tier').to.equal(2);
    expect(readFileSync(at('o.csv'), 'utf8')).to.contain('出生日期');
  });

  it('says where the recipe was made by other rules than it checks by, and leaves that to people', async () => {
    await place.tiergate('classify', 'people.csv', '--declared', 'open', '--recipe', 'r.json');
    const { hash: _, ...recipe } = JSON.parse(readFileSync(at('r.json'), 'utf8')) as Recipe;
    const other = { ...recipe, pack: { ...recipe.pack, version: recipe.pack.version + 1, hash: 'f'.repeat(64) } };
    writeFileSync(at('other.json'), JSON.stringify({ ...other, hash: sha256(recipeText(other)) }));
    const redact = (name: string, out: string) =>
      place.tiergate('redact', 'people.csv', '--recipe', name, '--out', out, '--declared', 'open');
    const same = await redact('r.json', 'same.csv');
    expect([same.code, same.err.includes('other rules')], same.err).to.deep.equal([0, false]);
    const done = await redact('other.json', 'o.csv');
    expect([done.code, done.err.includes('other rules')], done.err).to.deep.equal([2, true]);
    expect(existsSync(at('o.csv')), 'the steps were applied all the same').to.equal(true);
  });

  it('refuses, with the reason and what to do, and leaves no file', async () => {
    await place.tiergate('classify', 'people.csv', '--recipe', 'r.json');
    const redact = (...more: string[]) => place.tiergate('redact', 'people.csv', '--out', 'o.csv', ...more);
    expect((await redact()).code).to.equal(2);
    expect(await redact('--recipe', 'nowhere.json')).to.deep.include({ code: 3 });
    writeFileSync(at('edited.json'), readFileSync(at('r.json'), 'utf8').replace('"drop"', '"drop" '));
    expect((await redact('--recipe', 'edited.json')).code, 'blanks change nothing').to.equal(2);
    writeFileSync(at('edited.json'), readFileSync(at('r.json'), 'utf8').replace('"to": "open"', '"to": "restricted"'));
    const edited = await place.tiergate('redact', 'people.csv', '--out', 'p.csv', '--recipe', 'edited.json');
    expect(edited.code).to.equal(3);
    expect(edited.err).to.contain('recipe-edited');
    const taken = await redact('--recipe', 'r.json');
    expect(taken.err).to.contain('name-taken');
    expect(existsSync(at('p.csv'))).to.equal(false);
    writeFileSync(at('people.csv'), asText(PEOPLE_COLUMNS, people(600, 11)));
    const other = await place.tiergate('redact', 'people.csv', '--out', 'q.csv', '--recipe', 'r.json');
    expect(other.err).to.contain('another-file').and.to.contain('--other-file');
    expect((await redact('--recipe', 'r.json', '--encoding', 'klingon')).code).to.equal(2);
  });

  it('no recipe is written where there is nothing to write, nor over another file', async () => {
    writeFileSync(at('parking.csv'), '区县,停车位\n黄浦区,20\n徐汇区,31\n');
    const none = await place.tiergate('classify', 'parking.csv', '--recipe', 'r.json');
    expect(none.err).to.contain('no recipe was written');
    expect(existsSync(at('r.json'))).to.equal(false);
    writeFileSync(at('mine.json'), 'mine');
    const taken = await place.tiergate('classify', 'people.csv', '--recipe', 'mine.json');
    expect(taken.code).to.equal(3);
    expect(readFileSync(at('mine.json'), 'utf8')).to.equal('mine');
    const unknown = await place.tiergate('classify', 'people.csv', '--quasi', '鞋码', '--language', 'zh');
    expect(unknown.code).to.equal(3);
    expect(unknown.out, 'what there is is said').to.contain(`请填写表中的列：${PEOPLE_COLUMNS.join('、')}。`);
    const spaced = await place.tiergate('classify', 'people.csv', '--quasi', '区县, 办理事项', '--json');
    expect(JSON.parse(spaced.out).risk.origin, 'blanks around a name').to.equal('named');
  });
});
