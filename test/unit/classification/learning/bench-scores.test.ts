import { expect } from 'chai';
import { byPublisher, leaveOneOut, majority, over } from '../../../../bench/classification/baselines.js';
import type { Labelled } from '../../../../bench/classification/metadata.js';
import { lineOf, tableOf } from '../../../../bench/classification/measure.js';
import { f1Of, f1Text, macroF1, percent } from '../../../../bench/classification/scores.js';
import type { Tier } from '../../../../src/kernel/tier.js';

const record = (publisher: string, truth: Tier): Labelled => ({
  facts: { title: { en: 'x' }, publisher },
  truth,
  code: truth,
});

describe('the scores of the classification bench', () => {
  const pairs = [
    { truth: 'open', said: 'open' },
    { truth: 'open', said: 'open' },
    { truth: 'restricted', said: 'open' },
    { truth: 'restricted', said: 'restricted' },
  ] as const;

  it('are F1 by tier and their plain mean', () => {
    expect(f1Of(pairs, 'open')).to.equal(0.8);
    expect(f1Of(pairs, 'restricted')).to.be.closeTo(2 / 3, 1e-12);
    expect(f1Of(pairs, 'conditional')).to.equal(0);
    expect(macroF1(pairs)).to.be.closeTo((0.8 + 2 / 3) / 3, 1e-12);
    expect(f1Text(pairs)).to.equal('0.489 (0.80 / 0.00 / 0.67)');
    expect(percent(1, 3)).to.equal('33.3 %');
    expect(percent(0, 0)).to.equal('none');
  });

  it('never learn from what they score: folds part whole publishers and cover every record once', () => {
    const records = ['a', 'b', 'c', 'a', 'd', 'b'].map((publisher) => record(publisher, 'open'));
    const folds = byPublisher(records, 3);
    expect(folds.flatMap(({ held }) => held)).to.have.members(records);
    for (const { known, held } of folds) {
      const names = new Set(known.map(({ facts }) => facts.publisher));
      expect(held.filter(({ facts }) => names.has(facts.publisher))).to.deep.equal([]);
    }
  });

  it('score each source by what never saw it', () => {
    const open = [record('a', 'open'), record('a', 'open'), record('a', 'open')];
    const closed = [record('b', 'restricted')];
    expect(over(leaveOneOut([open, closed]), majority, 'facts').map(({ said }) => said)).to.deep.equal([
      'restricted',
      'restricted',
      'restricted',
      'open',
    ]);
  });

  it('print a line per row, the time on the first, and say what was skipped', async () => {
    const row = { measure: 'm|x', goal: '≥ 1', baseline: '', figure: '0', reached: false, split: 's' };
    expect(lineOf(row, 2)).to.equal('| m/x | ≥ 1 |  | 0 | not reached | s | 2.0 s |');
    const lines: string[] = [];
    const measures = [
      { name: 'one', run: async () => [row, { ...row, reached: true }] },
      { name: 'two', run: async () => 'nothing there' },
    ];
    for await (const line of tableOf(measures, { data: '', quick: true })) lines.push(line);
    expect(lines).to.have.length(5);
    expect(lines[3]).to.match(/\| reached \| s \| {2}\|$/);
    expect(lines[4]).to.include('skipped: nothing there');
  });
});
