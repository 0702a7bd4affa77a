import { expect } from 'chai';
import fc from 'fast-check';
import { termsOf as termsWith, type Track } from '../../../../src/classification/domain/learning/terms.js';
import type { Facts } from '../../../../src/classification/domain/facts.js';
import { anyFacts, pack } from '../records.js';

const NO_CUES = new Map();
const termsOf = (facts: Facts, track: Track): string[] => termsWith(facts, track, NO_CUES);

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

  it('hold entries of the lexicon, which say the same in both languages', () => {
    const { matchers } = pack('us-pod');
    const cues = (facts: Facts): string[] =>
      termsWith(facts, 'facts', matchers).filter((term) => term.startsWith('cue'));
    const said = cues({ title: { en: 'Students' }, abstract: { en: 'Counts of payroll' } });
    expect(said).to.include.members(['cue:topic-students', 'cue-in-title:topic-students', 'cue:topic-staff']);
    expect(said).not.to.include('cue-in-title:topic-staff');
    expect(cues({ title: { zh: '学籍' } })).to.include('cue-in-title:topic-students');
  });

  it('hold the update frequency, folded', () => {
    expect(termsOf({ title: {}, updateFrequency: 'Real-Time' }, 'facts')).to.deep.equal(['frequency:real-time']);
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
