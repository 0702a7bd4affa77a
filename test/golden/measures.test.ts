import { expect } from 'chai';
import type { Measure, Row } from '../../bench/classification/measure.js';
import { groupConfirmation, sameAgency } from '../../bench/classification/same-agency.js';
import { describeWithSharedData } from '../support/skip.js';

describeWithSharedData('what learning reaches on two real catalogues', function (path) {
  const rowsOf = async (measure: Measure): Promise<readonly Row[]> => {
    const rows = await measure.run({ data: path(), quick: false, only: ['dol', 'gsa'] });
    if (typeof rows === 'string') throw new Error(rows);
    for (const { measure: what, figure } of rows) console.log(`      ${what}: ${figure}`);
    return rows;
  };
  const numbers = (text = ''): number[] => (text.match(/\d+(?:\.\d+)?/g) ?? []).map(Number);

  it('after 30 reviewed records says far more of the rest than the rules alone', async () => {
    const [row] = await rowsOf(sameAgency);
    const [reached = 0] = numbers(row?.figure);
    const [rules = 1] = numbers(row?.baseline);
    expect(reached).to.be.at.least(0.6);
    expect(reached).to.be.at.least(rules + 0.15);
  }).timeout(240_000);

  it('proposes most records with confidence, and hardly a closed one as open', async () => {
    const [confident, raised] = await rowsOf(groupConfirmation);
    const [wrong = 99, closed = 1, , covered = 0] = numbers(confident?.figure);
    expect(wrong / closed).to.be.at.most(0.03);
    expect(covered).to.be.at.least(45);
    const [lost = 99, open = 1] = numbers(raised?.figure);
    expect(lost / open).to.be.at.most(0.1);
  }).timeout(240_000);
});
