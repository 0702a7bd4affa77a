import { expect } from 'chai';
import { cleanCell, fits, kindsOf } from '../../../../src/classification/domain/columns/cell.js';
import { ColumnProfile } from '../../../../src/classification/domain/columns/profile.js';
import { rules } from './shipped.js';

/** Processor time in milliseconds that all validators together may take for one hostile cell. */
const BUDGET = 250;

/** Runs of one sign, almost matches and nested repetition, at the lengths where a validator still looks. */
const PARTS = [
  'a',
  '1',
  ' ',
  '-',
  '.',
  '@',
  '(',
  '中',
  '王',
  '，',
  '*',
  'x',
  ':',
  '/',
  '#',
  '1 ',
  'A ',
  'ab',
  'a@',
  '-1',
  '1-',
  '1.',
  'a.',
  'é',
  "'",
  '138',
  '1*',
  '路1',
  'a,',
  '：',
];
const LENGTHS = [20, 60, 120, 250, 4000, 40_000];
const HOSTILE = PARTS.flatMap((part) =>
  LENGTHS.flatMap((length) => {
    const run = part.repeat(Math.ceil(length / part.length)).slice(0, length);
    return [run, `${run}!`, `1${run}`, `${run}@b`, `王${run}1`, `+${run}x`];
  }),
);

const cpu = (work: () => void): number => {
  const before = process.cpuUsage();
  work();
  return process.cpuUsage(before).user / 1000;
};

describe('no cell makes a validator run away', function () {
  this.timeout(240_000);

  it('one that does would be noticed', () => {
    expect(cpu(() => /^(a+)+$/.test(`${'a'.repeat(25)}!`))).to.be.greaterThan(BUDGET);
  });

  it('each validator on each hostile cell it would be asked about', () => {
    for (const text of HOSTILE) {
      const cell = cleanCell(text);
      const kinds = kindsOf(cell);
      const spent = cpu(() => {
        for (const { validator } of rules.ways)
          if (fits(validator.fit, cell.length, kinds) && (validator.shape?.(cell) ?? true)) validator.test(cell);
      });
      expect(spent, `${JSON.stringify(text.slice(0, 12))} × ${text.length}`).to.be.below(BUDGET);
    }
  });

  it('headings of the same kind', () => {
    for (const text of HOSTILE.filter((one) => one.length <= 250)) {
      const spent = cpu(() => new ColumnProfile(text.slice(0, 200), rules).add('x'));
      expect(spent, JSON.stringify(text.slice(0, 12))).to.be.below(BUDGET);
    }
  });
});
