import { expect } from 'chai';
import fc from 'fast-check';
import {
  decide,
  EVIDENCE_COMMANDS,
  type EvidenceCommand,
  file,
  isPossible,
  letTimeAct,
  replaced,
} from '../../../src/evidence/domain/decide.js';
import {
  dueAt,
  type Evidence,
  EVIDENCE_STATES,
  type Filing,
  isNearEnd,
  standingOf,
} from '../../../src/evidence/domain/evidence.js';
import { evolve } from '../../../src/evidence/domain/evolve.js';
import { addDays, type Day, dayOf, endOfDay, startOfDay } from '../../../src/kernel/time.js';

const TODAY = '2026-12-01';
const NOW = startOfDay(TODAY) + 3_600_000;

const filing: Omit<Filing, 'sha256'> = {
  kind: 'mlps-filing',
  issuer: 'Public security bureau',
  reference: 'No. 7',
  validFrom: null,
  validUntil: '2027-06-30',
  attachment: null,
  replaces: null,
};
const facts = { now: NOW, kindAsks: true, onFile: [] as Evidence[], sha256: null };
const filed = (more: Partial<Filing> = {}, id = 'e1'): Evidence => {
  const event = file({ ...filing, ...more }, 'org', 'handler', { ...facts, sha256: 'hash' });
  if (!event.ok) throw new Error(event.error.code);
  return evolve(id, null, event.value);
};
const given = (evidence: Evidence, command: EvidenceCommand, now = NOW): Evidence => {
  const event = decide(evidence, command, 'officer', now);
  if (!event.ok) throw new Error(event.error.code);
  return evolve(evidence.id, evidence, event.value);
};
const passes = (evidence: Evidence, now: number): Evidence => {
  const event = letTimeAct(evidence, 'system', now);
  return event === null ? evidence : evolve(evidence.id, evidence, event);
};
const VERIFY: EvidenceCommand = { name: 'verify', remark: null };
const verified = (more: Partial<Filing> = {}, id = 'e1'): Evidence => given(filed(more, id), VERIFY);
const codeOf = (changed: Partial<Filing>, more: Partial<typeof facts> = {}): string => {
  const event = file({ ...filing, ...changed }, 'org', 'handler', { ...facts, ...more });
  return event.ok ? 'accepted' : `${event.error.code} ${event.error.errors?.[0]?.pointer}`;
};

describe('evidence: filing', () => {
  it('keeps what was said, and the hash of the document', () => {
    expect(filed({ attachment: 'doc' })).to.include({ state: 'filed', sha256: 'hash', organisation: 'org' });
  });

  it('refuses what no condition asks for, what is over, what ends before it begins, a document of others', () => {
    expect(codeOf({}, { kindAsks: false })).to.equal('evidence-kind /kind');
    expect(codeOf({ validUntil: addDays(TODAY, -1) })).to.equal('evidence-lapsed /validUntil');
    expect(codeOf({ validUntil: TODAY }), 'on its last day').to.equal('accepted');
    expect(codeOf({ validFrom: '2027-07-01' })).to.equal('invalid-period /validUntil');
    expect(codeOf({ attachment: 'doc' })).to.equal('unknown-attachment /attachment');
  });

  it('renews only what is verified or has lapsed, of the same kind', () => {
    const lapsed = passes(verified(), endOfDay('2027-06-30'));
    const until = { validUntil: '2028-06-30', replaces: 'e1' };
    for (const old of [verified(), lapsed]) expect(codeOf(until, { onFile: [old] }), old.state).to.equal('accepted');
    for (const old of [filed(), given(filed(), { name: 'reject', reason: 'r' })])
      expect(codeOf(until, { onFile: [old] }), old.state).to.equal('evidence-not-replaceable /replaces');
    expect(codeOf(until)).to.equal('evidence-not-replaceable /replaces');
  });

  it('takes the same paper once, and again after it was turned down or taken back', () => {
    for (const there of [filed(), verified()]) {
      const event = file(filing, 'org', 'handler', { ...facts, onFile: [there] });
      expect(!event.ok && [event.error.code, event.error.extra?.['linked']]).to.deep.equal([
        'evidence-on-file',
        { evidence: 'e1', href: '/api/evidence/e1' },
      ]);
    }
    expect(codeOf({ validUntil: '2028-06-30' }, { onFile: [verified()] }), 'the next term').to.equal('accepted');
    const back = given(verified(), { name: 'withdraw', reason: null });
    expect(codeOf({}, { onFile: [back, given(filed(), { name: 'reject', reason: 'r' })] })).to.equal('accepted');
  });
});

describe('evidence: its life', () => {
  const EVERY: readonly Evidence[] = [
    filed(),
    verified(),
    given(filed(), { name: 'reject', reason: 'r' }),
    passes(verified(), endOfDay('2027-06-30')),
    evolve('e1', verified(), replaced(verified(), { ...verified({}, 'e2'), replaces: 'e1' }, NOW) as never),
    given(verified(), { name: 'withdraw', reason: null }),
    given(verified(), { name: 'strike-out', reason: 'forged' }),
  ];

  it('reaches each state, and each command is possible in its states alone', () => {
    expect(EVERY.map(({ state }) => state)).to.deep.equal([...EVIDENCE_STATES]);
    const possible = EVERY.map((one) => EVIDENCE_COMMANDS.filter((name) => isPossible(one, name, NOW)).join(' '));
    expect(possible).to.deep.equal(['verify reject withdraw', 'withdraw strike-out', '', '', '', '', '']);
    for (const one of EVERY)
      for (const name of EVIDENCE_COMMANDS) {
        const event = decide(one, { name, reason: 'r', remark: null } as EvidenceCommand, 'officer', NOW);
        expect(event.ok, `${name} of ${one.state}`).to.equal(isPossible(one, name, NOW));
        if (!event.ok) expect(event.error.code).to.equal('evidence-state');
      }
  });

  it('at the millisecond after its last day nothing but the lapse is possible', () => {
    for (const one of [filed(), verified()]) {
      const end = endOfDay('2027-06-30');
      expect(letTimeAct(one, 'system', end - 1)).to.equal(null);
      expect(letTimeAct(one, 'system', end)?.event).to.equal('evidence.lapsed');
      for (const name of EVIDENCE_COMMANDS) expect(isPossible(one, name, end), name).to.equal(false);
    }
  });

  it('begins on its first day, and only then takes the place of the one it renews', () => {
    const old = verified();
    const next = { ...verified({ validFrom: '2027-07-01', validUntil: null }, 'e2'), replaces: 'e1' };
    expect(next.countsSince).to.equal(null);
    expect(replaced(old, next, NOW)).to.equal(null);
    const begun = passes(next, startOfDay('2027-07-01'));
    expect(begun.countsSince).to.equal(startOfDay('2027-07-01'));
    expect(replaced(old, begun, NOW)?.event).to.equal('evidence.replaced');
    expect(replaced(passes(old, startOfDay('2027-07-01')), begun, NOW), 'which has lapsed').to.equal(null);
  });

  it('is due exactly when time does something, and never again once it ended', () => {
    expect(dueAt(filed())).to.equal(endOfDay('2027-06-30'));
    expect(dueAt(filed({ validUntil: null }))).to.equal(null);
    const later = verified({ validFrom: '2027-01-01' });
    expect(dueAt(later)).to.equal(startOfDay('2027-01-01'));
    expect(dueAt(passes(later, startOfDay('2027-01-01')))).to.equal(endOfDay('2027-06-30'));
    for (const one of EVERY.slice(2)) expect(dueAt(one), one.state).to.equal(null);
  });
});

const on = (from: Day | null, until: Day | null, id: string): Evidence =>
  given({ ...filed({}, id), validFrom: from, validUntil: until }, VERIFY, startOfDay('2026-01-01'));

describe('evidence: what an organisation has to show', () => {
  it('is the one that holds longest today, followed as long as each takes over in time', () => {
    const chain = [on(null, '2026-12-31', 'a'), on('2027-01-01', '2027-03-31', 'b'), on('2027-03-01', null, 'c')];
    expect(standingOf(chain, NOW)).to.include({ evidence: 'a', validUntil: null });
    expect(standingOf(chain.slice(0, 2), NOW)).to.include({ evidence: 'a', validUntil: '2027-03-31' });
  });

  it('ends at a gap, and counts nothing that is not verified', () => {
    const gap = [on(null, '2026-12-31', 'a'), on('2027-01-02', null, 'b')];
    expect(standingOf(gap, NOW)).to.include({ validUntil: '2026-12-31' });
    expect(standingOf(gap, startOfDay('2027-01-01'))).to.equal(null);
    expect(standingOf(gap, startOfDay('2027-01-02'))).to.include({ evidence: 'b', validUntil: null });
    expect(standingOf([filed()], NOW)).to.equal(null);
    expect(standingOf([given(verified(), { name: 'strike-out', reason: 'r' })], NOW)).to.equal(null);
  });

  it('is near its end in its last thirty days', () => {
    expect(isNearEnd({ validUntil: addDays(TODAY, 30) }, NOW)).to.equal(true);
    expect(isNearEnd({ validUntil: addDays(TODAY, 31) }, NOW)).to.equal(false);
    expect(isNearEnd({ validUntil: null }, NOW)).to.equal(false);
  });

  it('property: every day up to the one it names is covered, and the day after is not', () => {
    const day = fc.integer({ min: -20, max: 60 }).map((days) => addDays(TODAY, days));
    const span = fc.tuple(fc.option(day), fc.option(day));
    const papers = fc
      .array(span, { maxLength: 8 })
      .map((spans) => spans.map(([from, until], at) => on(from, until, `e${at}`)));
    const covered = (all: readonly Evidence[], at: Day) =>
      all.some(
        ({ validFrom, validUntil }) =>
          (validFrom === null || validFrom <= at) && (validUntil === null || validUntil >= at),
      );
    fc.assert(
      fc.property(papers, (all) => {
        const standing = standingOf(all, NOW);
        if (standing === null) {
          expect(covered(all, dayOf(NOW))).to.equal(false);
          return;
        }
        const last = standing.validUntil ?? addDays(TODAY, 90);
        for (let at = TODAY; at <= last; at = addDays(at, 1)) expect(covered(all, at), at).to.equal(true);
        if (standing.validUntil !== null) expect(covered(all, addDays(last, 1))).to.equal(false);
      }),
      { numRuns: 300 },
    );
  });
});
