import { expect } from 'chai';
import fc from 'fast-check';
import { changed, unknownTo, withheldIn } from '../../../../src/classification/domain/lowering/change.js';
import { coarser, masked, type Step } from '../../../../src/classification/domain/lowering/steps.js';

describe('a value made coarser', () => {
  it('keeps the year or decade of a date however it is written, and withholds what is no date', () => {
    for (const date of ['1987-05-01', '1987/5/1', '1987.05.01', '19870501', '1987年5月1日', '1987'])
      expect(coarser(date, { by: 'year' }), date).to.equal('1987');
    expect(coarser('1987-05-01', { by: 'decade' })).to.equal('1980s');
    for (const other of ['01/05/1987', '87-05-01', 'unknown', '198', '9999-01-01'])
      expect(coarser(other, { by: 'year' }), other).to.equal('*');
  });

  it('puts a number into its band, and withholds what is no number', () => {
    const band = (cell: string) => coarser(cell, { by: 'band', width: 10 });
    expect([band('37'), band('40'), band('-3'), band('39.999')]).to.deep.equal([
      '30..<40',
      '40..<50',
      '-10..<0',
      '30..<40',
    ]);
    expect([band('1e3'), band('=1+1'), band('12345678901234567'), band('about 30')]).to.deep.equal([
      '*',
      '*',
      '*',
      '*',
    ]);
    expect(coarser('5', { by: 'band', width: 1 })).to.equal('5');
  });

  it('keeps the first characters, not bytes', () => {
    expect(coarser('上海市黄浦区南京东路', { by: 'prefix', length: 3 })).to.equal('上海市');
    expect(coarser('𠮷野家', { by: 'prefix', length: 1 })).to.equal('𠮷');
  });

  it('stays empty when it was', () => {
    const ways = [{ by: 'year' }, { by: 'decade' }, { by: 'band', width: 5 }, { by: 'prefix', length: 2 }] as const;
    for (const to of ways) expect(coarser('', to)).to.equal('');
  });

  it('tells nothing but a year, a band, a start, or that it was withheld, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const year = coarser(text, { by: 'year' });
        const band = coarser(text, { by: 'band', width: 7 });
        return (
          /^(?:|\*|[12]\d{3})$/.test(year) &&
          /^(?:|\*|-?\d+\.\.<-?\d+)$/.test(band) &&
          text.startsWith(coarser(text, { by: 'prefix', length: 2 }))
        );
      }),
    );
  });
});

describe('a masked value', () => {
  it('keeps what it may and as many characters as there were', () => {
    expect(masked('13812345678', 3, 4)).to.equal('138****5678');
    expect(masked('王小明', 1, 0)).to.equal('王**');
    expect(masked('', 1, 1)).to.equal('');
  });

  it('hides everything where keeping would hide nothing', () => {
    expect(masked('李四', 1, 1)).to.equal('**');
    expect(masked('abc', 9, 9)).to.equal('***');
  });

  it('hides at least one character of whatever is there', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.nat(6), fc.nat(6), (text, first, last) =>
        masked(text, first, last).includes('*'),
      ),
    );
  });
});

describe('steps on a table', () => {
  const columns = ['name', 'born', 'place', 'phone'];
  const steps: Step[] = [
    { kind: 'drop', column: 'name' },
    { kind: 'generalise', column: 'born', to: { by: 'year' } },
    { kind: 'mask', column: 'phone', first: 3, last: 0 },
    { kind: 'withhold', columns: ['born', 'place', 'name'], least: 2 },
  ];

  it('drop, coarsen and mask column by column; a dropped column takes no part in withholding', () => {
    const change = changed(columns, steps);
    expect(change.columns).to.deep.equal(['born', 'place', 'phone']);
    expect(change.row(['Li', '1980-01-02', 'x', '13800000000'])).to.deep.equal(['1980', 'x', '138********']);
    expect(change.withholdings).to.deep.equal([{ at: [0, 1], least: 2 }]);
    expect(withheldIn(['1980', 'x', '138********'], { at: [0, 1], least: 2 })).to.deep.equal(['*', '*', '138********']);
  });

  it('fill a row that is too short and leave out what is over', () => {
    expect(changed(columns, []).row(['a'])).to.deep.equal(['a', '', '', '']);
    expect(changed(['a'], []).row(['1', '2', '3'])).to.deep.equal(['1']);
  });

  it('name the columns that a table lacks, once', () => {
    expect(unknownTo(['born'], steps)).to.deep.equal(['name', 'phone', 'place']);
    expect(unknownTo(columns, steps)).to.deep.equal([]);
  });
});
