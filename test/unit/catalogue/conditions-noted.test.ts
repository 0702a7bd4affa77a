import { expect } from 'chai';
import { blankRecord } from '../../../src/catalogue/domain/content.js';
import { DATASET_STATES, type DatasetRecord } from '../../../src/catalogue/domain/dataset.js';
import { lacksCondition, tierNoted } from '../../../src/catalogue/domain/lifecycle.js';

const NOW = Date.parse('2026-12-01T02:00:00Z');
const CONDITION = { kind: 'scenario', text: { zh: '说明应用场景' }, evidenceRequired: false } as const;
const listed = (more: Partial<DatasetRecord> = {}): DatasetRecord => ({
  ...blankRecord('D', 'D', 'P', NOW),
  state: 'listed',
  tier: 'open',
  ...more,
});
const codes = ({ notices }: DatasetRecord): string[] => notices.map(({ code }) => code);
const LACKS = 'conditional-without-condition';

describe('a record that became conditional where it stands in the catalogue', () => {
  it('says that its conditions are still to be stated, in both languages, until they are', () => {
    const raised = tierNoted(listed(), listed({ tier: 'conditional' }), NOW);
    expect(codes(raised)).to.deep.equal(['tier-raised', LACKS]);
    const { text, at } = raised.notices[1] as DatasetRecord['notices'][number];
    expect(text.zh).to.match(/尚未说明开放条件/);
    expect(text.en).to.match(/yet to state the conditions/);
    const edited = tierNoted(raised, { ...raised, keywords: ['trees'] }, NOW + 1);
    expect(edited.notices[1]?.at, 'it keeps its day').to.equal(at);
    expect(codes(tierNoted(edited, { ...edited, conditions: [CONDITION] }, NOW + 2))).to.deep.equal(['tier-raised']);
  });

  it('says nothing of it at another tier, with a condition, or before it was ever listed', () => {
    const of = (before: DatasetRecord, more: Partial<DatasetRecord>): string[] =>
      codes(tierNoted(before, { ...before, ...more }, NOW));
    expect(of(listed(), { tier: 'conditional', conditions: [CONDITION] })).to.deep.equal(['tier-raised']);
    expect(of(listed(), { tier: 'restricted' })).to.deep.equal(['tier-raised']);
    expect(of(listed({ state: 'draft' }), { tier: 'conditional' })).to.deep.equal([]);
    const raised = tierNoted(listed(), listed({ tier: 'conditional' }), NOW);
    expect(of(raised, { tier: 'open' }), 'nothing is lacking any more').to.deep.equal(['tier-lowered']);
    for (const state of DATASET_STATES)
      expect(lacksCondition(listed({ state, tier: 'conditional' })), state).to.equal(state !== 'draft');
  });
});
