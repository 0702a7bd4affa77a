import { expect } from 'chai';
import fc from 'fast-check';
import { type GroupMember, groupView } from '../../../src/classification/domain/group-view.js';
import type { FiredRule, Verdict } from '../../../src/classification/domain/verdict.js';

const rule = (id: string, ...inputs: FiredRule['inputs'][number][]): FiredRule => ({
  id,
  outcome: { floor: 'restricted' },
  reason: 'personal',
  strength: 'strong',
  inputs,
  text: {},
  source: { text: {} },
  verified: true,
});
const member = (dataset: string, rules: FiredRule[], more: Partial<GroupMember> = {}): GroupMember => ({
  id: `assessment of ${dataset}`,
  dataset,
  title: { zh: dataset },
  tier: 'restricted',
  proposed: 'restricted',
  verdict: { rules, tier: 'restricted', itemTiers: [] } as unknown as Verdict,
  ...more,
});
const word = (value: string) => ({ fact: 'title', value });
const many = (count: number, value: string): GroupMember[] =>
  Array.from({ length: count }, (_, at) => member(`d${String(at).padStart(3, '0')}`, [rule('cue', word(value))]));

describe('what is common to a group', () => {
  it('counts what each rule found, most frequent first', () => {
    const { rules } = groupView([...many(7, '就诊'), ...many(3, '病历')]);
    expect(rules[0]?.grounds).to.deep.equal([
      { value: '就诊', records: 7 },
      { value: '病历', records: 3 },
    ]);
    expect(rules[0]?.different).to.equal(2);
  });

  it('names the record with a rare ground first, and says which', () => {
    const odd = member('odd', [rule('cue', word('演习'))]);
    const { first } = groupView([...many(40, '就诊'), odd]);
    expect(first.map(({ member: { dataset }, reasons, ground }) => [dataset, reasons, ground])).to.deep.equal([
      ['odd', ['rare-ground'], '演习'],
    ]);
  });

  it('puts what would be lowered before what is only rare', () => {
    const lower = member('z', [rule('cue', word('就诊'))], { tier: 'restricted', proposed: 'open' });
    const { first } = groupView([...many(40, '就诊'), member('odd', [rule('cue', word('演习'))]), lower]);
    expect(first.map(({ member: { dataset } }) => dataset)).to.deep.equal(['z', 'odd']);
    expect(first[0]?.reasons).to.deep.equal(['lowers']);
  });

  it('points at columns of which only a part matches, whatever their share is', () => {
    const found = (share: number) => ({
      fact: 'findings',
      value: `mobile-number: ${share} % of 40 (columns/1#mobile-number)`,
      item: '备注',
    });
    const whole = member('a', [rule('found', found(100))]);
    const half = member('b', [rule('found', found(45))]);
    const { rules, first } = groupView([whole, half]);
    expect(rules[0]?.grounds).to.deep.equal([{ value: '备注', records: 2 }]);
    expect(first.map(({ member: { dataset }, reasons }) => [dataset, reasons])).to.deep.equal([
      ['b', ['mixed-column']],
    ]);
  });

  it('calls nothing rare in a handful of records, and has nothing to say of none', () => {
    expect(groupView([...many(2, '就诊'), member('x', [rule('cue', word('病历'))])]).first).to.deep.equal([]);
    const none = { records: 0, items: [], different: 0 };
    expect(groupView([])).to.deep.equal({ rules: [], first: [], milder: { open: none, conditional: none } });
  });

  it('names the items that confirming leaves to be asked for alone, and in how many records', () => {
    const tiers = { route: 'open', stops: 'conditional', 姓名: 'restricted' } as const;
    const items = (...names: (keyof typeof tiers)[]) => names.map((name) => ({ name, tier: tiers[name] }));
    const of = (
      dataset: string,
      itemTiers: ReturnType<typeof items>,
      proposed: GroupMember['proposed'] = 'restricted',
    ) => {
      const verdict = { rules: [], tier: 'restricted', itemTiers } as unknown as Verdict;
      return member(dataset, [], { verdict, proposed });
    };
    const { milder } = groupView([
      of('a', items('route', 'stops', '姓名')),
      of('b', items('route')),
      of('c', items('姓名')),
    ]);
    expect(milder.open).to.deep.equal({ records: 2, items: [{ value: 'route', records: 2 }], different: 1 });
    expect(milder.conditional).to.deep.equal({ records: 1, items: [{ value: 'stops', records: 1 }], different: 1 });
    expect(groupView([of('a', items('route', 'stops'), 'open')]).milder.open.records, 'all of it is').to.equal(0);
    const many = Array.from({ length: 30 }, (_, at) => ({ name: `item ${at}`, tier: 'open' as const }));
    const wide = groupView([
      member('w', [], { verdict: { rules: [], tier: 'restricted', itemTiers: many } as unknown as Verdict }),
    ]);
    expect([wide.milder.open.items.length, wide.milder.open.different]).to.deep.equal([12, 30]);
  });

  it('gives the same view for the same records, at most ten to look at, each of the group', () => {
    const words = fc.array(fc.constantFrom('甲', '乙', '丙', '丁', '戊'), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(words, (values) => {
        const members = values.map((value, at) => member(`d${at}`, [rule('cue', word(value))]));
        const view = groupView(members);
        expect(groupView(members)).to.deep.equal(view);
        expect(view.first.length).to.be.at.most(10);
        for (const look of view.first) expect(members).to.include(look.member);
        const counted = view.rules[0]?.grounds.reduce((sum, { records }) => sum + records, 0);
        expect(counted).to.equal(members.length);
      }),
    );
  });
});
