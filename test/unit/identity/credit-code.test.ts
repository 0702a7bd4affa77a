import { expect } from 'chai';
import fc from 'fast-check';
import { creditCheckSymbol, creditCodeFault, isCreditCode } from '../../../src/identity/index.js';

const SYMBOLS = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** The example of the standard, and two published codes of large companies: the check must accept reality. */
const REAL = ['91350100M000100Y43', '914403001922038216', '9144030071526726XG'];

const first17 = fc
  .tuple(
    fc.string({ unit: fc.constantFrom(...SYMBOLS), minLength: 2, maxLength: 2 }),
    fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 6, maxLength: 6 }),
    fc.string({ unit: fc.constantFrom(...SYMBOLS), minLength: 9, maxLength: 9 }),
  )
  .map((parts) => parts.join(''));

describe('identity: unified social credit code (GB 32100)', () => {
  for (const code of REAL) it(`accepts ${code}`, () => expect(creditCodeFault(code)).to.equal(null));

  it('accepts every code that its check symbol closes, and no other last symbol', () => {
    fc.assert(
      fc.property(first17, (start) => {
        const check = creditCheckSymbol(start);
        const accepted = [...SYMBOLS].filter((last) => isCreditCode(start + last));
        expect(accepted).to.deep.equal([check]);
      }),
    );
  });

  it('finds every mistyped symbol: 31 is prime and no weight is a multiple of it', () => {
    fc.assert(
      fc.property(first17, fc.nat(16), fc.nat(30), (start, at, other) => {
        const code = start + creditCheckSymbol(start);
        const typo = code.slice(0, at) + SYMBOLS.charAt(other) + code.slice(at + 1);
        expect(isCreditCode(typo)).to.equal(typo === code);
      }),
    );
  });

  it('finds two neighbours exchanged', () => {
    fc.assert(
      fc.property(first17, fc.integer({ min: 8, max: 15 }), (start, at) => {
        const code = start + creditCheckSymbol(start);
        const swapped = code.slice(0, at) + code.charAt(at + 1) + code.charAt(at) + code.slice(at + 2);
        expect(isCreditCode(swapped)).to.equal(swapped === code);
      }),
    );
  });

  it('says what is wrong', () => {
    const [code = ''] = REAL;
    expect(creditCodeFault('')).to.equal('length');
    expect(creditCodeFault(`${code} `)).to.equal('length');
    expect(creditCodeFault(code.toLowerCase())).to.equal('symbol');
    for (const symbol of 'IOSVZ 中') expect(creditCodeFault(code.slice(0, 17) + symbol), symbol).to.equal('symbol');
    expect(creditCodeFault(`91A${code.slice(3)}`)).to.equal('division');
    expect(creditCodeFault(`${code.slice(0, 17)}${code.endsWith('0') ? '1' : '0'}`)).to.equal('check');
  });

  it('has no check symbol for what is not the start of a code', () => {
    expect(creditCheckSymbol('9135')).to.equal(null);
    expect(creditCheckSymbol('I'.repeat(17))).to.equal(null);
  });
});
