import { expect } from 'chai';
import fc from 'fast-check';
import { ORGANISATION_KINDS, standsForBearer } from '../../../src/kernel/principal.js';

const person = (zh?: string, en?: string) => ({
  kind: 'person' as const,
  name: { ...(zh === undefined ? {} : { zh }), ...(en === undefined ? {} : { en }) },
});

describe('kernel: who stands behind an applicant', () => {
  it('knows a natural person by their name, in either language or both, whatever blanks and case', () => {
    const shen = person('沈知渔', 'Shen Zhiyu');
    for (const name of ['沈知渔', '沈 知渔', 'SHEN ZHIYU', '沈知渔 Shen Zhiyu', 'Shen Zhiyu 沈知渔'])
      expect(standsForBearer(shen, name), name).to.equal(true);
    for (const name of ['沈知', 'Shen', '', ' ', '沈知渔子']) expect(standsForBearer(shen, name), name).to.equal(false);
    expect(standsForBearer(person('沈知渔'), '沈知渔')).to.equal(true);
    expect(standsForBearer(person(), ''), 'nobody is nobody').to.equal(false);
  });

  it('takes no organisation for anybody, whatever it is called (property)', () =>
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(...ORGANISATION_KINDS), (name, kind) => {
        const found = standsForBearer({ kind, name: { zh: name } }, name);
        expect(found).to.equal(kind === 'person' && name.trim() !== '');
      }),
    ));
});
