import { expect } from 'chai';
import { halfOf, singleColumns } from '../../../../bench/classification/columns/labelled.js';
import { rates, recognise, scoresOf } from '../../../../bench/classification/columns/recognition.js';
import { describeWithSharedData } from '../../../support/skip.js';
import { columns, rules } from './shipped.js';

describe('the scores of columns', () => {
  it('count hits, misses and false hits', () => {
    const pairs = [
      [true, true],
      [true, false],
      [false, true],
      [false, false],
    ] as const;
    expect(rates(pairs)).to.deep.equal({ precision: 0.5, recall: 0.5, f1: 0.5, support: 2 });
    expect(rates([[true, false]]).f1).to.equal(0);
    expect(rates([]).precision).to.equal(1);
  });

  it('halve by name, so that one name never stands on both sides', () => {
    expect(halfOf('email')).to.equal(halfOf('email'));
    const halves = Array.from({ length: 400 }, (_, index) => halfOf(`column ${index}`));
    expect(halves.filter((half) => half === 'tuned').length).to.be.within(160, 240);
  });

  it('count an address as sensitive only in a table about people', () => {
    const address = { name: 'address', cells: ['12 Main St', '14 Main St'], label: 'STREET_ADDRESS', sensitive: false };
    const person = { name: 'last_name', cells: ['Novak', 'Fisher'], label: 'PERSON_NAME', sensitive: true };
    const other = { name: 'price', cells: ['1.50', '2.50'], label: 'None', sensitive: false };
    const told = (table: Parameters<typeof recognise>[0]): boolean[] =>
      recognise(table, rules, columns).map((one) => one.told.sensitive);
    expect(told([address, other])).to.deep.equal([false, false]);
    expect(told([address, person])).to.deep.equal([true, true]);
  });
});

describeWithSharedData('a thousand labelled columns', (path) => {
  for (const half of ['tuned', 'unseen'] as const)
    it(`are recognised, ${half} half: sensitive F1 ≥ 0.95, recall ≥ 0.95, types macro-F1 ≥ 0.95`, () => {
      const tables = singleColumns(path('columns', 'labelled_columns.csv'))?.[half] ?? [];
      expect(tables.length).to.be.within(400, 600);
      const { sensitive, anyLabel, macroF1 } = scoresOf(tables.flatMap((table) => recognise(table, rules, columns)));
      console.log(
        `      ${half}: sensitive P ${sensitive.precision.toFixed(3)} R ${sensitive.recall.toFixed(3)} F1 ${sensitive.f1.toFixed(3)}; any F1 ${anyLabel.f1.toFixed(3)}; macro ${macroF1.toFixed(3)}`,
      );
      expect(sensitive.f1).to.be.at.least(0.95);
      expect(sensitive.recall).to.be.at.least(0.95);
      expect(anyLabel.f1).to.be.at.least(0.95);
      expect(macroF1).to.be.at.least(0.95);
    });
});
