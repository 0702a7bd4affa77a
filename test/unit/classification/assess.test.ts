import { expect } from 'chai';
import fc from 'fast-check';
import { canonicalJson } from '../../../src/kernel/canonical.js';
import { strictness } from '../../../src/kernel/tier.js';
import { assess } from '../../../src/classification/domain/assess.js';
import type { Facts } from '../../../src/classification/domain/facts.js';
import type { Held } from '../../../src/classification/domain/hold.js';
import { groupText, replayText } from '../../../src/classification/domain/replay.js';
import type { Verdict } from '../../../src/classification/domain/verdict.js';
import { sha256 } from '../../../src/classification/packs/load.js';
import { anyFacts, anyFinding, pack, packs } from './records.js';

const cn = pack('cn-shanghai');
const us = pack('us-pod');
const anyPack = fc.constantFrom(cn, us);

const verdict = (facts: Facts, compiled = cn): Verdict => {
  const answer = assess(facts, compiled);
  if (answer.kind === 'secret') throw new Error('refused');
  return answer;
};

/** How strict an answer is; a refusal is stricter than any tier. */
const rank = (facts: Facts, compiled = cn): number => {
  const answer = assess(facts, compiled);
  return answer.kind === 'secret' ? 3 : strictness(answer.tier);
};

describe('the tier engine', () => {
  describe('evidence only raises', () => {
    const neverLowers = (name: string, extend: fc.Arbitrary<(facts: Facts) => Facts>): void => {
      it(name, () => {
        fc.assert(
          fc.property(anyFacts, extend, anyPack, (facts, more, compiled) => {
            expect(rank(more(facts), compiled)).to.be.at.least(rank(facts, compiled));
          }),
          { numRuns: 400 },
        );
      });
    };

    neverLowers(
      'adding findings in columns',
      fc.array(anyFinding, { minLength: 1, maxLength: 3 }).map((found) => (facts) => ({
        ...facts,
        findings: [...(facts.findings ?? []), ...found],
      })),
    );
    neverLowers(
      'adding a keyword, even a negated or harmless one',
      fc.constantFrom('统计', '不含个人信息', 'statistics', '就诊记录', 'no PII').map((word) => (facts) => ({
        ...facts,
        keywords: [...(facts.keywords ?? []), word],
      })),
    );
    neverLowers(
      'adding an item',
      fc.constantFrom('面积', '姓名', '手机号').map((name) => (facts) => ({
        ...facts,
        items: [...(facts.items ?? []), { name }],
      })),
    );
    neverLowers(
      'withdrawing a consent',
      fc.constant((facts) => ({ ...facts, consent: { reference: 'C1', date: '2026-01-01', withdrawn: true } })),
    );

    it('takes a withdrawn consent as no consent', () => {
      const facts: Facts = { title: { zh: '就诊记录' }, declaredTier: 'conditional', conditions: 1 };
      const consent = { reference: 'C1', date: '2026-01-01' };
      expect(verdict({ ...facts, consent }).tier).to.equal('conditional');
      expect(verdict({ ...facts, consent: { ...consent, withdrawn: true } }).tier).to.equal('restricted');
    });
  });

  describe('unknown never opens', () => {
    it('keeps every undeclared record restricted and pending', () => {
      fc.assert(
        fc.property(anyFacts, anyPack, (facts, compiled) => {
          const { declaredTier: _, ...undeclared } = facts;
          const answer = assess(undeclared, compiled);
          if (answer.kind === 'secret') return;
          expect(answer.tier).to.equal('restricted');
          expect(answer.tierStatus).to.equal('pending-review');
          expect(answer.issues.map((issue) => issue.code)).to.include('tier-undeclared');
        }),
      );
    });

    it('never guesses a code that is not in the map, however it is written', () => {
      const known = new Set(Object.keys(us.pack.declaredCodes.codes));
      const near = fc.constantFrom(
        'Public',
        'PUBLIC',
        ' public',
        'public ',
        'open',
        '0',
        '1',
        'toString',
        '__proto__',
        '',
      );
      fc.assert(
        fc.property(fc.oneof(near, fc.string()), (code) => {
          fc.pre(!known.has(code));
          const { tier, issues } = verdict({ title: { en: 'Parks' }, declaredCode: code }, us);
          expect(tier).to.equal('restricted');
          expect(issues.map((issue) => issue.code)).to.include('code-not-in-map');
        }),
      );
    });

    it('does not read a code with the pack when the import profile did not know it', () => {
      const facts: Facts = { title: { zh: '公园' }, declaredCode: '无条件开放', declaredTier: null };
      expect(verdict(facts).tier).to.equal('restricted');
    });
  });

  it('gives the stricter of declared tier and floor, and the strictest item', () => {
    fc.assert(
      fc.property(anyFacts, anyPack, (facts, compiled) => {
        const answer = assess(facts, compiled);
        if (answer.kind === 'secret' || answer.declared === null) return;
        expect(strictness(answer.tier)).to.equal(Math.max(strictness(answer.declared), strictness(answer.floor)));
        for (const item of answer.itemTiers) expect(strictness(item.tier)).to.be.at.most(strictness(answer.tier));
        for (const part of answer.distributionTiers) expect(part.tier).to.equal(answer.tier);
      }),
    );
  });

  it('does not depend on the order of items, keywords, distributions or findings', () => {
    const turned = (facts: Facts): Facts => ({
      ...facts,
      ...(facts.keywords && { keywords: [...facts.keywords].reverse() }),
      ...(facts.items && { items: [...facts.items].reverse() }),
      ...(facts.findings && { findings: [...facts.findings].reverse() }),
      ...(facts.distributions && { distributions: [...facts.distributions].reverse() }),
    });
    const told = (facts: Facts, compiled: typeof cn): unknown => {
      const answer = assess(facts, compiled);
      if (answer.kind === 'secret') return answer;
      const { tier, tierStatus, proposed, confidence, floor, rules, issues, itemTiers } = answer;
      const items = [...itemTiers].sort((a, b) => (a.name < b.name ? -1 : 1));
      return { tier, tierStatus, proposed, confidence, floor, rules: rules.map(({ id }) => id), issues, items };
    };
    fc.assert(
      fc.property(anyFacts, anyPack, (facts, compiled) => {
        expect(told(turned(facts), compiled)).to.deep.equal(told(facts, compiled));
      }),
      { numRuns: 300 },
    );
  });

  it('gives every kept record a reason with a source', () => {
    fc.assert(
      fc.property(anyFacts, anyPack, (facts, compiled) => {
        const answer = assess(facts, compiled);
        if (answer.kind === 'secret') return;
        expect(answer.rules).to.have.length.greaterThan(0);
        for (const rule of answer.rules) expect(rule.source.text.zh).to.be.a('string').and.not.equal('');
      }),
    );
  });

  it('is as sure as the strongest rule behind what it proposes, and not at all where it abstains', () => {
    const finding = { item: 'c1', type: 'resident-id', matchedFraction: 0.99, sampleSize: 100, rule: 'columns/1#x' };
    const parks: Facts = { title: { zh: '公园' }, items: [{ name: 'c1' }] };
    const { proof, strong } = cn.pack.confidence;
    expect(verdict({ ...parks, declaredTier: 'open' })).to.include({ proposed: 'open', confidence: strong });
    for (const declared of [{}, { declaredTier: 'open' as const }])
      expect(verdict({ ...parks, ...declared, findings: [finding] })).to.include({
        proposed: 'restricted',
        confidence: proof,
      });
    expect(verdict(parks)).to.include({ proposed: null, abstained: true, confidence: 0 });
  });

  it('says nothing of a secret but its code and rule', () => {
    const answer = assess({ title: { zh: '某位置表 机密★' }, abstract: { zh: '坐标若干' } }, cn);
    expect(answer).to.deep.equal({ kind: 'secret', code: 'state-secret', rule: 'secret-marked' });
  });

  it('replays byte for byte, also through JSON, with a pack compiled anew', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const stored = JSON.parse(JSON.stringify(facts)) as Facts;
        const first = replayText(facts, cn, assess(facts, cn));
        const again = replayText(stored, pack('cn-shanghai'), assess(stored, pack('cn-shanghai')));
        expect(sha256(again)).to.equal(sha256(first));
      }),
      { numRuns: 60 },
    );
  });

  it('groups records with the same rules and verdict, and keeps others apart', () => {
    const asked = { tier: 'open', proposed: 'open' } as const;
    const group = (title: string, publisher = 'p1', wish: Pick<Held, 'tier' | 'proposed'> = asked): string =>
      groupText(verdict({ title: { zh: title }, declaredTier: 'open' }), cn, publisher, wish);
    expect(group('公园名录')).to.equal(group('绿道名录'));
    expect(group('公园名录')).not.to.equal(group('公园名录', 'p2'));
    expect(group('公园名录')).not.to.equal(group('就诊记录'));
    expect(group('公园名录', 'p1', { ...asked, proposed: 'conditional' })).not.to.equal(group('公园名录'));
    expect(group('公园名录', 'p1', { ...asked, tier: 'restricted' })).not.to.equal(group('公园名录'));
  });

  it('puts no text of the record into the fired rules but the term it recognised', () => {
    const { rules } = verdict({ title: { zh: '王某某就诊记录' }, declaredTier: 'open' });
    expect(canonicalJson(rules)).to.include('就诊记录').and.not.include('王某某');
  });
});

describe('the shipped packs', () => {
  it('are those of Shanghai, Zhejiang, Europe and the federal catalogues, older versions beside newer ones', () => {
    expect(packs.all.map(({ pack: { id, version } }) => `${id}/${version}`)).to.deep.equal([
      'cn-shanghai/1',
      'cn-shanghai/2',
      'cn-zhejiang-2350/1',
      'cn-zhejiang-2350/2',
      'cn-zhejiang-2350/3',
      'eu-dcat/1',
      'eu-dcat/2',
      'eu-dcat/3',
      'us-pod/1',
      'us-pod/2',
    ]);
  });

  it('mark as verified only what the reference could read', () => {
    const read = /上海市数据条例|数据安全法|个人信息保护法|Project Open Data/;
    for (const { pack: shipped } of packs.all)
      for (const rule of shipped.rules)
        if (rule.verified) expect(rule.source.text.zh, `${shipped.id} ${rule.id}`).to.match(read);
  });

  it('never say in their own words that they quote', () => {
    for (const { pack: shipped } of packs.all)
      for (const rule of shipped.rules) expect(`${rule.text.zh}${rule.text.en}`).not.to.match(/[“”「」]/);
  });

  it('open nothing by a level of an unadopted table alone', () => {
    expect(verdict({ title: { zh: '公园' }, securityLevel: 'L1' }).tier).to.equal('restricted');
  });
});
