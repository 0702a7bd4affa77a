import { expect } from 'chai';
import fc from 'fast-check';
import { decideAssessment, ENGINE, rulersOf } from '../../../src/classification/domain/assessment.js';
import {
  barred,
  decideObjection,
  OBJECTION_STATES,
  type ObjectionCase,
  STANDINGS,
  standingOf,
} from '../../../src/classification/domain/objection.js';
import { strictness, TIERS, type Tier } from '../../../src/kernel/tier.js';

const OFFICER = { accounts: ['officer'], organisation: 'authority' };
const waiting: ObjectionCase = {
  state: 'open',
  standing: 'right-holder',
  by: { id: 'objector', organisation: 'enterprise' },
  wanted: 'restricted',
  inForce: 'open',
  ruledBy: [],
};
const tier = fc.constantFrom(...TIERS);
const code = (outcome: { ok: boolean; error?: { code: string } }): string | undefined => outcome.error?.code;

describe('objections to tiers', () => {
  describe('standing', () => {
    it('is the publisher’s, the right-holder’s whatever they ask, and the user’s for a milder tier', () => {
      const publisher = { publisher: true, right: null };
      const holder = { publisher: false, right: 'trade-secret' as const };
      const user = { publisher: false, right: null };
      expect(standingOf(publisher, 'open', 'restricted')).to.deep.equal({ ok: true, value: 'publisher' });
      expect(standingOf({ ...holder, publisher: true }, 'open', 'restricted')).to.deep.include({ value: 'publisher' });
      expect(standingOf(holder, 'open', 'restricted')).to.deep.include({ value: 'right-holder' });
      expect(standingOf(holder, 'restricted', 'open')).to.deep.include({ value: 'right-holder' });
      expect(standingOf(user, 'restricted', 'conditional')).to.deep.include({ value: 'user' });
    });

    it('is nobody’s who only uses data and wants it closed to others', () => {
      fc.assert(
        fc.property(tier, tier, (inForce, wanted) => {
          const standing = standingOf({ publisher: false, right: null }, inForce, wanted);
          const expected =
            wanted === inForce
              ? 'tier-unchanged'
              : strictness(wanted) > strictness(inForce)
                ? 'no-standing'
                : undefined;
          expect(code(standing)).to.equal(expected);
        }),
      );
    });
  });

  describe('who may decide', () => {
    it('is neither who objected, nor their organisation, nor who ruled', () => {
      expect(barred(waiting, OFFICER)).to.equal(null);
      expect(barred({ ...waiting, by: { id: 'officer', organisation: 'elsewhere' } }, OFFICER)).to.equal(
        'own-objection',
      );
      expect(barred({ ...waiting, by: { id: 'x', organisation: 'authority' } }, OFFICER)).to.equal('own-objection');
      expect(barred({ ...waiting, ruledBy: ['officer'] }, OFFICER)).to.equal('own-ruling');
    });

    it('lets the officer of a body decide on what its steward objects to', () => {
      const own = { ...waiting, standing: 'publisher' as const, by: { id: 'steward', organisation: 'authority' } };
      expect(barred(own, OFFICER)).to.equal(null);
      expect(barred({ ...own, by: { id: 'officer', organisation: 'authority' } }, OFFICER)).to.equal('own-objection');
    });

    it('is not the same person by another account', () => {
      const twice = { accounts: ['officer', 'second'], organisation: 'authority' };
      expect(barred({ ...waiting, ruledBy: ['second'] }, twice)).to.equal('own-ruling');
      expect(barred({ ...waiting, by: { id: 'second', organisation: 'elsewhere' } }, twice)).to.equal('own-objection');
    });

    it('stops the same people at the decision itself', () => {
      const theirs = { ...waiting, ruledBy: ['officer'] };
      expect(code(decideObjection(theirs, OFFICER, { kind: 'reject' }))).to.equal('own-ruling');
      expect(code(decideObjection(theirs, OFFICER, { kind: 'uphold' }))).to.equal('own-ruling');
    });
  });

  it('is decided once', () => {
    for (const state of OBJECTION_STATES.filter((one) => one !== 'open'))
      for (const kind of ['uphold', 'reject'] as const)
        expect(code(decideObjection({ ...waiting, state }, OFFICER, { kind }))).to.equal('objection-closed');
  });

  it('upheld, gives what was asked for, or less of it, and never the other way or further', () => {
    fc.assert(
      fc.property(tier, tier, fc.option(tier, { nil: undefined }), (inForce, wanted, given) => {
        const command = given === undefined ? { kind: 'uphold' as const } : { kind: 'uphold' as const, tier: given };
        const ruling = decideObjection({ ...waiting, inForce, wanted }, OFFICER, command);
        if (!ruling.ok) {
          expect(ruling.error.code).to.equal('not-upheld');
          return;
        }
        const { tier: ruled } = ruling.value;
        if (ruled === null) expect(wanted, 'already so').to.equal(inForce);
        else expect(between(inForce, ruled, wanted), `${inForce} ${ruled} ${wanted}`).to.equal(true);
      }),
    );
    expect(decideObjection(waiting, OFFICER, { kind: 'uphold', tier: 'conditional' })).to.deep.equal({
      ok: true,
      value: { state: 'upheld', tier: 'conditional' },
    });
    expect(code(decideObjection(waiting, OFFICER, { kind: 'uphold', tier: 'open' }))).to.equal('not-upheld');
  });

  it('rejected, leaves the tier alone, whatever was asked', () => {
    for (const standing of STANDINGS)
      expect(decideObjection({ ...waiting, standing }, OFFICER, { kind: 'reject' })).to.deep.equal({
        ok: true,
        value: { state: 'rejected', tier: null },
      });
  });

  it('names the decider of the tier in force, else the person who proposed it, never the engine', () => {
    const proposal = { by: 'proposer' };
    expect(rulersOf(null)).to.deep.equal([]);
    expect(rulersOf({ decision: null, proposal: { by: ENGINE } })).to.deep.equal([]);
    expect(rulersOf({ decision: null, proposal })).to.deep.equal(['proposer']);
    expect(rulersOf({ decision: { by: 'decider' }, proposal })).to.deep.equal(['decider']);
  });

  it('lets nobody confirm what came of their own objection', () => {
    const proposal = { tier: 'open' as Tier, by: 'officer', reason: 'r', legalBasis: 'l', objector: 'objector' };
    const at = (actor: string) =>
      decideAssessment(
        { state: 'proposed', proposal, inForce: 'restricted', actor: [actor], carries: false },
        { kind: 'confirm' },
      );
    expect(code(at('objector'))).to.equal('own-objection');
    expect(code(at('officer'))).to.equal('own-proposal');
    expect(at('officer-2').ok).to.equal(true);
  });
});

/** `b` lies strictly beyond `a`, and no further than `c`. */
const between = (a: Tier, b: Tier, c: Tier): boolean => {
  const [from, at, to] = [a, b, c].map(strictness) as [number, number, number];
  return from < at ? at <= to : from > at && at >= to;
};
