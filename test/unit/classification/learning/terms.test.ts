import { expect } from 'chai';
import fc from 'fast-check';
import { termsOf } from '../../../../src/classification/domain/learning/terms.js';
import { anyFacts } from '../records.js';

describe('terms of a record', () => {
  it('are words of title, abstract, keywords and items, each once, in a fixed order', () => {
    const facts = {
      title: { en: 'Inspection Reports' },
      abstract: { en: 'Reports of the inspections' },
      keywords: ['Safety'],
      items: [{ name: 'inspector_name' }],
    };
    expect(termsOf(facts, 'facts')).to.deep.equal([
      'inspection',
      'inspection report',
      'item:inspector',
      'item:name',
      'report',
      'safety',
      'title:inspection',
      'title:report',
    ]);
  });

  it('read Chinese by pairs of characters, in either width', () => {
    expect(termsOf({ title: { zh: '公交线路，ＧＰＳ' } }, 'facts')).to.include.members(['公交', '交线', '线路', 'gps']);
    expect(termsOf({ title: { zh: '水' } }, 'facts')).to.include('水');
  });

  it('give one form to singular and plural, and leave short words alone', () => {
    const terms = termsOf({ title: { en: 'Companies address gas buses status bus' } }, 'facts');
    expect(terms).to.include.members(['company', 'address', 'status', 'bus']);
  });

  it('never hold the declared tier, the distributions or the publisher', () => {
    const bare = { title: { zh: '公园绿地' } };
    const told = {
      ...bare,
      declaredCode: 'restricted',
      declaredTier: 'restricted' as const,
      publisher: 'secretservice',
      distributions: [{ id: '0', kind: 'file' as const, served: true }],
    };
    expect(termsOf(told, 'with-reason')).to.deep.equal(termsOf(bare, 'with-reason'));
  });

  it('hold the stated reason only on the track that names it', () => {
    const facts = { title: { en: 'Claims' }, rights: 'Contains PII', legalBasis: 'Privacy Act' };
    expect(termsOf(facts, 'facts').join(' ')).not.to.match(/pii|privacy/);
    expect(termsOf(facts, 'with-reason')).to.include.members(['rights:pii', 'rights:privacy act']);
  });

  it('are sorted and without doubles for all facts', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const terms = termsOf(facts, 'with-reason');
        expect(terms).to.deep.equal([...new Set(terms)].sort());
      }),
    );
  });
});
