import { expect } from 'chai';
import fc from 'fast-check';
import { broughtBy, CARRYING, carries } from '../../../src/classification/domain/evidence-carriers.js';

const ANN = { accounts: ['ann', 'ann-2'], name: '顾明漪 Gu Mingyi' };
const judged = (evaluator: string) => ({ deidentification: { evaluator } });

describe('who brought the evidence that a lowering rests on', () => {
  it('is said of each part, and follows the newer part', () => {
    const first = broughtBy(undefined, { consent: {}, findings: [] }, {}, 'ann');
    expect(first).to.deep.equal({ consent: 'ann', findings: 'ann' });
    const kept = { consent: {}, findings: [] };
    expect(broughtBy(first, { consent: {} }, kept, 'bob')).to.deep.equal({ findings: 'ann', consent: 'bob' });
  });

  it('is forgotten with the part: findings by hand take the place of a file', () => {
    const file = broughtBy(undefined, { content: {}, findings: [] }, {}, 'ann');
    expect(broughtBy(file, { findings: [] }, {}, 'bob')).to.deep.equal({ findings: 'bob' });
  });

  it('is exactly who submitted the newest of each part, over any order of submissions', () => {
    const submission = fc.record({
      by: fc.constantFrom('ann', 'bob', 'cai'),
      parts: fc.subarray([...CARRYING], { minLength: 1 }),
    });
    fc.assert(
      fc.property(fc.array(submission, { minLength: 1, maxLength: 8 }), (submissions) => {
        let state = {};
        let kept: Record<string, unknown> = {};
        for (const { by, parts } of submissions) {
          const given = Object.fromEntries(parts.map((part) => [part, {}]));
          state = broughtBy(state, given, kept, by);
          kept = { ...kept, ...given };
        }
        for (const part of CARRYING) {
          const newest = submissions.findLast(({ parts }) => parts.includes(part))?.by;
          expect((state as Record<string, string>)[part]).to.equal(newest);
        }
      }),
    );
  });

  it('does not confirm what it carries; others do', () => {
    for (const part of CARRYING) {
      expect(carries({ broughtBy: { [part]: 'ann' } }, ANN), part).to.equal(true);
      expect(carries({ broughtBy: { [part]: 'ann-2' } }, ANN), part).to.equal(true);
      expect(carries({ broughtBy: { [part]: 'bob' } }, ANN), part).to.equal(false);
    }
    expect(carries(null, ANN)).to.equal(false);
    expect(carries({}, ANN)).to.equal(false);
  });

  it('is also who is named as having judged the de-identification, however the name is written', () => {
    for (const name of ['顾明漪 Gu Mingyi', '顾明漪Gu Mingyi', ' 顾明漪  GU MINGYI ', '顾明漪 Ｇｕ Mingyi'])
      expect(carries(judged(name), ANN), name).to.equal(true);
    for (const name of ['第三方评估机构', '顾明', '']) expect(carries(judged(name), ANN), name).to.equal(false);
  });
});
