import { expect } from 'chai';
import fc from 'fast-check';
import {
  type KnownColumns,
  sharedIdentifiers,
  tellingColumns,
  tellingHeadings,
  within,
} from '../../../../src/classification/domain/risk/shared-identifiers.js';
import { columnRules } from '../../../../src/classification/domain/columns/column-rules.js';
import { requirePacks } from '../../../../src/classification/packs/load.js';

const types = requirePacks().current('cn-shanghai')?.pack.columns;
if (types === undefined) throw new Error('no pack');
const rules = columnRules(types);
const finding = (item: string, type: string) => ({ item, type, matchedFraction: 1, sampleSize: 9, rule: 'r' });
const content = (...columns: readonly [string, string][]): KnownColumns => ({
  basis: 'content',
  columns: tellingColumns(
    columns.map(([item, type]) => finding(item, type)),
    types,
  ),
});
const headings = (...names: readonly string[]): KnownColumns => ({
  basis: 'headings',
  columns: tellingHeadings(
    names.map((name) => ({ name })),
    rules,
    types,
  ),
});

describe('what two datasets could be joined on', () => {
  it('is what helps to find a person in both; what is only sensitive or of a body is not', () => {
    const first = content(['n', 'person-name'], ['b', 'birth-date'], ['i', 'income'], ['o', 'credit-code']);
    const second = content(['x', 'birth-date'], ['y', 'birth-date'], ['z', 'person-name'], ['o', 'credit-code']);
    expect(sharedIdentifiers(first, second)).to.deep.equal({
      status: 'assessed',
      basis: 'content',
      shared: [
        { type: 'person-name', role: 'identifier', first: ['n'], second: ['z'] },
        { type: 'birth-date', role: 'quasi-identifier', first: ['b'], second: ['x', 'y'] },
      ],
    });
  });

  it('counts only the items that are asked for', () => {
    const first = content(['n', 'person-name'], ['b', 'birth-date']);
    expect(within(first, ['b']).columns.map(({ item }) => item)).to.deep.equal(['b']);
    expect(within(first, [])).to.deep.equal(first);
  });

  it('is unknown where a dataset was never assessed, and nothing only where both contents are known', () => {
    const unknown = { status: 'not-assessed', reason: 'no-content' };
    expect(sharedIdentifiers(null, content(['n', 'person-name']))).to.deep.equal(unknown);
    expect(sharedIdentifiers(headings('数量'), content(['n', 'person-name']))).to.deep.equal(unknown);
    expect(sharedIdentifiers(content(), content(['n', 'person-name']))).to.deep.equal({
      status: 'assessed',
      basis: 'content',
      shared: [],
    });
  });

  it('may be read from headings, and says so', () => {
    const shared = sharedIdentifiers(headings('身份证号', '出生日期'), content(['born', 'birth-date']));
    expect(shared).to.deep.equal({
      status: 'assessed',
      basis: 'headings',
      shared: [{ type: 'birth-date', role: 'quasi-identifier', first: ['出生日期'], second: ['born'] }],
    });
    expect(headings('身份证号').columns.map(({ type }) => type)).not.to.include('masked-identifier');
  });

  it('is the same from either side', () => {
    const kinds = fc.constantFrom('person-name', 'birth-date', 'postcode', 'income', 'sex');
    const side = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), kinds), { maxLength: 6 });
    fc.assert(
      fc.property(side, side, (a, b) => {
        const [there, back] = [
          sharedIdentifiers(content(...a), content(...b)),
          sharedIdentifiers(content(...b), content(...a)),
        ];
        if (there.status !== 'assessed' || back.status !== 'assessed') throw new Error('not assessed');
        expect(back.shared.map((one) => ({ ...one, first: one.second, second: one.first }))).to.deep.equal(
          there.shared,
        );
      }),
    );
  });
});
