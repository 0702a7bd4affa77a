import { expect } from 'chai';
import fc from 'fast-check';
import {
  ANY,
  cleanCell,
  fits,
  kindsOf,
  needsCleaning,
  SEEN,
} from '../../../../src/classification/domain/columns/cell.js';

describe('a cell as people mean it', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['  abc\u3000', 'abc'],
    ['="138 0013"', '138 0013'],
    ["'0571", '0571'],
    ['１３８００１３８０００', '13800138000'],
    ['ＡＢ－１', 'AB-1'],
    ['1\u200b3\ufeff8', '138'],
    ['13800138000.0', '13800138000'],
    ['310101 19900101 123x', '31010119900101123x'],
    [' 310101-19900101-1234\u200b', '310101199001011234'],
    ['310101 1990 01011234', '310101 1990 01011234'],
    ['310101199001011234.0', '310101199001011234'],
    ['1.0', '1.0'],
    ['12.50', '12.50'],
    ['\u3000\u200b', ''],
    ['张三', '张三'],
  ];
  for (const [raw, meant] of cases)
    it(`${JSON.stringify(raw)} is ${JSON.stringify(meant)}`, () => expect(cleanCell(raw)).to.equal(meant));

  it('is left alone only where cleaning would not change it', () => {
    const odd = fc.constantFrom(
      ' ',
      '\u3000',
      '１',
      'Ａ',
      '\u200b',
      "'",
      '="1"',
      '.0',
      '310101 19900101 1234',
      'a',
      '张',
      '1',
      '\u00a0',
      '\t',
      '\u2003',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(odd, fc.string({ maxLength: 3 })), { maxLength: 6 }), (parts) => {
        const cell = parts.join('');
        if (!needsCleaning(cell, kindsOf(cell))) expect(cleanCell(cell)).to.equal(cell);
      }),
      { numRuns: 2000 },
    );
  });

  it('tells kinds of characters', () => {
    expect(kindsOf('a1')).to.equal(SEEN.latin | SEEN.digit);
    expect(kindsOf('张 三')).to.equal(SEEN.han | SEEN.blank);
    expect(kindsOf('a@b.c')).to.equal(SEEN.latin | SEEN.at | SEEN.mark);
    expect(kindsOf('é')).to.equal(SEEN.letter);
    expect(kindsOf('１') & SEEN.odd).to.equal(SEEN.odd);
    expect(kindsOf('')).to.equal(0);
  });

  it('fits a validator by length, what must be there, what may, and what of several must', () => {
    const digits = { min: 2, max: 4, needs: SEEN.digit, allows: SEEN.digit | SEEN.mark, some: 0 };
    expect([1, 2, 4, 5].map((length) => fits(digits, length, SEEN.digit))).to.deep.equal([false, true, true, false]);
    expect(fits(digits, 3, SEEN.mark)).to.equal(false);
    expect(fits(digits, 3, SEEN.digit | SEEN.latin)).to.equal(false);
    const letters = { min: 0, max: 9, needs: 0, allows: ANY, some: SEEN.han | SEEN.latin };
    expect(fits(letters, 3, SEEN.digit)).to.equal(false);
    expect(fits(letters, 3, SEEN.digit | SEEN.han)).to.equal(true);
  });
});
