import { expect } from 'chai';
import fc from 'fast-check';
import {
  documentFault,
  documentText,
  endingOf,
  type IdentityDocument,
  plainNumber,
} from '../../../src/identity/domain/identity-document.js';
import { IdentityKeys } from '../../../src/identity/secrets/identity-keys.js';
import { isResidentId } from '../../../src/kernel/resident-id.js';

const resident = (number: string): IdentityDocument => ({ document: 'resident-id', number, issuedBy: null });
const passport = (number: string, issuedBy: string | null = 'DEU'): IdentityDocument => ({
  document: 'passport',
  number,
  issuedBy,
});
/** The check digit of GB 11643, written a second time. */
function residentNumber(first17: string): string {
  const sum = [...first17].reduce((total, digit, at) => total + Number(digit) * (2 ** (17 - at) % 11), 0);
  return first17 + '10X98765432'.charAt(sum % 11);
}
const numbers = fc
  .tuple(fc.integer({ min: 110000, max: 659999 }), fc.integer({ min: 1950, max: 2009 }), fc.nat(999))
  .map(([place, year, serial]) => residentNumber(`${place}${year}0228${String(serial).padStart(3, '0')}`));
const pointersOf = (document: IdentityDocument) => documentFault(document)?.errors?.map(({ pointer }) => pointer);

describe('identity: documents of natural persons', () => {
  it('knows a resident number by its date and check digit (property)', () => {
    fc.assert(
      fc.property(numbers, fc.nat(17), fc.integer({ min: 1, max: 9 }), (number, at, shift) => {
        expect(documentFault(resident(number))).to.equal(null);
        expect(documentFault(resident(` ${number.slice(0, 6)}-${number.slice(6).toLowerCase()}`))).to.equal(null);
        const digit = number.charAt(at);
        if (digit === 'X') return;
        const typo = number.slice(0, at) + ((Number(digit) + shift) % 10) + number.slice(at + 1);
        expect(documentFault(resident(typo))?.code, typo).to.equal('invalid-identity');
      }),
    );
    expect(isResidentId(residentNumber('11010520250229001')), 'a day that never was').to.equal(false);
    expect(pointersOf(resident('110105491231002'))).to.deep.equal(['/person/number']);
  });

  it('takes a passport with the state that issued it', () => {
    expect(documentFault(passport('C01X00T47'))).to.equal(null);
    expect(pointersOf(passport('C01X00T47', null))).to.deep.equal(['/person/issuedBy']);
    expect(pointersOf(passport('§', 'de'))).to.deep.equal(['/person/number', '/person/issuedBy']);
  });

  it('never repeats the number it refuses (property)', () =>
    fc.assert(
      fc.property(fc.string({ minLength: 6, maxLength: 40 }), (number) => {
        const said = JSON.stringify(documentFault(resident(number)) ?? {});
        expect(plainNumber(number).length < 6 || !said.includes(JSON.stringify(number).slice(1, -1))).to.equal(true);
      }),
    ));

  it('has one hash for one number however it is written, others for other states, kinds and installations', () => {
    const [keys, others] = [new IdentityKeys('secret of one'), new IdentityKeys('secret of another')];
    const key = keys.of(resident('11010519491231002X'));
    expect(keys.of(resident('110105 19491231-002x'))).to.equal(key);
    expect(key).to.match(/^[0-9a-f]{64}$/);
    expect(others.of(resident('11010519491231002X')), 'useless without the key').to.not.equal(key);
    expect(keys.of(passport('11010519491231002X'))).to.not.equal(key);
    expect(keys.of(passport('C01X00T47', 'DEU'))).to.not.equal(keys.of(passport('C01X00T47', 'FRA')));
    expect(documentText(passport('c01x00t47'))).to.equal(documentText(passport('C01X00T47')));
    expect(endingOf(resident('11010519491231002x'))).to.equal('002X');
  });
});
