import { expect } from 'chai';
import { federal, type Labelled, measureAll, tableOf } from '../../bench/classification/metadata.js';
import { strictness } from '../../src/kernel/tier.js';
import { assess } from '../../src/classification/domain/assess.js';
import type { Verdict } from '../../src/classification/domain/verdict.js';
import { requirePacks } from '../../src/classification/packs/load.js';
import { describeWithSharedData } from '../support/skip.js';

describeWithSharedData('three real federal catalogues', (path) => {
  const pack = requirePacks().current('us-pod');
  if (pack === null) throw new Error('no pack us-pod');
  const judged = (['dhs', 'dol', 'gsa'] as const).map((name) => ({ name, records: () => federal(path(), name) }));
  const verdictOf = ({ facts, code }: Labelled): Verdict => {
    const answer = assess({ ...facts, declaredCode: code }, pack);
    if (answer.kind === 'secret') throw new Error(`refused: ${facts.title.en}`);
    return answer;
  };

  it('are judged completely: 1,897 records, none refused, each with a tier and reasons', () => {
    const all = judged.flatMap(({ records }) => records()).map(verdictOf);
    expect(all).to.have.length(1897);
    for (const verdict of all) expect(verdict.rules.length).to.be.at.least(1);
  });

  it('end nowhere below their declared access level', () => {
    for (const { records } of judged)
      for (const record of records()) {
        const verdict = verdictOf(record);
        expect(strictness(verdict.tier), record.facts.title.en).to.be.at.least(strictness(record.truth));
      }
  });

  it('give the tiers counted here, with what was raised pending review', () => {
    const counts = judged.map(({ name, records }) => {
      const tally = { open: 0, conditional: 0, restricted: 0, raised: 0 };
      for (const record of records()) {
        const verdict = verdictOf(record);
        tally[verdict.tier] += 1;
        if (verdict.tier !== record.truth) {
          tally.raised += 1;
          expect(verdict.tierStatus).to.equal('pending-review');
        }
      }
      return [name, tally];
    });
    expect(Object.fromEntries(counts)).to.deep.equal({
      dhs: { open: 914, conditional: 14, restricted: 165, raised: 31 },
      dol: { open: 254, conditional: 78, restricted: 133, raised: 28 },
      gsa: { open: 305, conditional: 0, restricted: 34, raised: 1 },
    });
  });

  it('report the contradictions that are in them: 14 records of GSA are not open and yet served', () => {
    const [, , gsa] = judged;
    const served = (gsa?.records() ?? []).map(verdictOf).filter((verdict) => verdict.declared !== 'open');
    expect(served.filter(({ issues }) => issues.some(({ code }) => code === 'not-open-but-served'))).to.have.length(14);
    expect(
      served.filter(
        ({ issues, declared }) =>
          declared === 'restricted' && issues.some(({ code }) => code === 'restricted-with-distribution'),
      ),
    ).to.have.length(17);
  });

  it('note that 149 records of DHS are not public without a stated reason', () => {
    const [dhs] = judged;
    const silent = (dhs?.records() ?? []).filter(({ truth, facts }) => truth !== 'open' && facts.rights === undefined);
    expect(silent).to.have.length(149);
  });

  it('are rarely raised when wholly public: at most 5 % over all, with the tier withheld', () => {
    const rows = measureAll(path(), pack) ?? [];
    console.log(tableOf(rows).replace(/^/gm, '      '));
    for (const reasons of [false, true]) {
      const some = rows.filter((row) => row.source.endsWith('with reasons') === reasons);
      const [raised, open] = [
        some.reduce((sum, row) => sum + row.raised, 0),
        some.reduce((sum, row) => sum + row.open, 0),
      ];
      expect(raised / open, `${raised} of ${open}`).to.be.at.most(0.05);
    }
  });
});
