import { expect } from 'chai';
import {
  isBankCard,
  isCreditCode,
  isResidentId,
  passesLuhn,
} from '../../../src/classification/domain/columns/checksums.js';
import { generator, residentId, creditCode, bankCard } from './identifiers.js';

const SYMBOLS = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** Share of random texts that pass. */
function rate(make: () => string, passes: (text: string) => boolean, runs = 200_000): number {
  let hits = 0;
  for (let run = 0; run < runs; run += 1) if (passes(make())) hits += 1;
  return hits / runs;
}

describe('checksums of identifiers', () => {
  const random = generator(20_261_124);
  const digits = (count: number): string => Array.from({ length: count }, () => random(10)).join('');

  it('accept every generated resident identity number, and none with another check digit', () => {
    for (let run = 0; run < 2000; run += 1) {
      const id = residentId(random);
      expect(isResidentId(id), id).to.equal(true);
      const last = '0123456789X'.split('').filter((digit) => digit !== id.at(-1));
      for (const digit of last) expect(isResidentId(id.slice(0, 17) + digit)).to.equal(false);
    }
  });

  it('refuse dates that do not exist', () => {
    for (const date of ['19900230', '19901301', '20230229', '18991231', '21000101', '19900100'])
      for (const digit of '0123456789X') expect(isResidentId(`110101${date}123${digit}`)).to.equal(false);
    expect([...'0123456789X'].filter((digit) => isResidentId(`11010120000229123${digit}`))).to.have.length(1);
  });

  it('accept every generated credit code and bank card', () => {
    for (let run = 0; run < 2000; run += 1) {
      expect(isCreditCode(creditCode(random))).to.equal(true);
      expect(isBankCard(bankCard(random))).to.equal(true);
    }
    expect(isBankCard('6228 480')).to.equal(false);
  });

  it('catch every swap of two neighbouring different digits of a resident number', () => {
    for (let run = 0; run < 300; run += 1) {
      const id = residentId(random);
      for (let at = 0; at < 16; at += 1) {
        if (id[at] === id[at + 1]) continue;
        expect(isResidentId(id.slice(0, at) + id[at + 1] + id[at] + id.slice(at + 2))).to.equal(false);
      }
    }
  });

  it('are fooled by random texts as rarely as measured: 0.0096 %, 3.2 %, 10 %', () => {
    const id = rate(() => digits(18), isResidentId);
    const luhn = rate(() => digits(16), passesLuhn);
    const code = rate(() => digits(8) + Array.from({ length: 10 }, () => SYMBOLS[random(31)]).join(''), isCreditCode);
    console.log(`      random texts accepted: resident id ${id}, credit code ${code}, Luhn ${luhn}`);
    expect(id).to.be.below(0.0003);
    expect(code).to.be.within(0.028, 0.037);
    expect(luhn).to.be.within(0.096, 0.104);
  });
});
