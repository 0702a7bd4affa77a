import { expect } from 'chai';
import fc from 'fast-check';
import type { Role } from '../../../src/kernel/roles.js';
import { addDays, startOfDay } from '../../../src/kernel/time.js';
import {
  type Complaint,
  complaintEvent,
  evolve,
  type Filed,
  isOpen,
  isRunning,
  isWithdrawn,
} from '../../../src/supervision/domain/complaint.js';
import {
  barOf,
  COMPLAINT_COMMANDS,
  type ComplaintCommand,
  type ComplaintFacts,
  decide,
  overdue,
  reopened,
} from '../../../src/supervision/domain/complaint-decide.js';
import { suspendsAtOnce } from '../../../src/supervision/domain/complaint-rules.js';
import { loadComplaintRules } from '../../../src/supervision/index.js';

const NOW = startOfDay('2026-12-01') + 9 * 3_600_000;
const LATER = startOfDay('2027-02-01');
const FILED: Filed = {
  number: 'TG-R-2026-000001',
  about: 'rights',
  dataset: 'D',
  holder: 'HOLDER',
  fault: null,
  right: 'privacy',
  items: ['phone'],
  distribution: null,
  reason: 'My number is in it',
  evidence: 'letter 7',
  attachments: [],
  onBehalfOf: null,
  person: 'someone',
  organisation: 'SOMEONE',
  due: '2026-12-08',
  suspends: true,
};
const filed = (more: Partial<Filed> = {}): Complaint =>
  evolve('c', null, complaintEvent('complaint.filed', NOW, { ...FILED, ...more }));
const quality = (): Complaint => filed({ about: 'quality', right: null, fault: 'missing', suspends: false });

const who = (person: string, role: Role, organisation: string, accounts = [person]) => ({
  person,
  accounts,
  organisation,
  roles: [role],
});
const STEWARD = who('steward', 'steward', 'HOLDER');
const REVIEWER = who('reviewer', 'reviewer', 'HOLDER');
const APPROVER = who('approver', 'approver', 'AUTHORITY');
const SUPERVISOR = who('supervisor', 'supervisor', 'AUTHORITY');
const SOMEONE = who('someone', 'citizen', 'SOMEONE');
const by = (caller: ComplaintFacts['caller'], sides: readonly string[] = [], now = NOW): ComplaintFacts => ({
  now,
  caller,
  sides,
});

const REASON = { reason: 'r' };
const VERIFY: ComplaintCommand = { name: 'report-finding', finding: 'founded', remark: 'r', due: '2026-12-22' };
const rule = (more: Partial<Extract<ComplaintCommand, { name: 'rule' }>> = {}): ComplaintCommand => ({
  name: 'rule',
  outcome: 'resume',
  text: 't',
  items: null,
  manifestly: false,
  due: '2027-01-10',
  ...more,
});
const TREAT: ComplaintCommand = { name: 'treat', text: 'masked', mark: 'M5' };
const MENDED: ComplaintCommand = { name: 'answer', outcome: 'mended', text: 't', mendedOn: '2026-12-01' };

const tried = (complaint: Complaint, command: ComplaintCommand, facts: ComplaintFacts): Complaint | string => {
  const done = decide(complaint, command, facts);
  return done.ok ? evolve('c', complaint, done.value) : done.error.code;
};
const after = (complaint: Complaint, command: ComplaintCommand, facts: ComplaintFacts): Complaint => {
  const next = tried(complaint, command, facts);
  return typeof next === 'string' ? expect.fail(next) : next;
};
const late = (complaint: Complaint): Complaint =>
  evolve('c', complaint, overdue(complaint, LATER) ?? expect.fail('not overdue'));
const verified = (): Complaint => after(filed(), VERIFY, by(STEWARD));
const treating = (): Complaint => after(verified(), rule({ outcome: 'treat-and-reopen' }), by(APPROVER));

describe('an objection to quality', () => {
  it('is answered by the holder: mended with its day, or not accepted', () => {
    const done = after(quality(), MENDED, by(REVIEWER));
    expect(done).to.deep.include({ state: 'answered', endedAt: NOW, restsSince: null });
    const not = { ...MENDED, outcome: 'not-accepted', mendedOn: null } as ComplaintCommand;
    expect(after(quality(), not, by(STEWARD)).answer).to.deep.include({ outcome: 'not-accepted', by: 'steward' });
    expect(tried(quality(), { ...MENDED, mendedOn: null } as ComplaintCommand, by(STEWARD))).to.equal(
      'complaint-answer',
    );
    expect(tried(quality(), { ...not, mendedOn: '2026-12-01' } as ComplaintCommand, by(STEWARD))).to.equal(
      'complaint-answer',
    );
    const ahead = { ...MENDED, mendedOn: addDays('2026-12-01', 1) } as ComplaintCommand;
    expect(tried(quality(), ahead, by(STEWARD))).to.equal('complaint-answer');
    expect(tried(done, MENDED, by(STEWARD))).to.equal('complaint-state');
  });

  it('is nobody else’s to answer, until the day has passed: then the authority may too', () => {
    for (const other of [APPROVER, SUPERVISOR, SOMEONE, who('x', 'steward', 'OTHER')])
      expect(tried(quality(), MENDED, by(other))).to.equal('forbidden');
    expect(after(late(quality()), MENDED, by(APPROVER)).state).to.equal('answered');
    expect(tried(late(quality()), MENDED, by(SUPERVISOR))).to.equal('forbidden');
  });

  it('knows no suspension and no ruling', () => {
    for (const command of [
      { name: 'suspend', ...REASON },
      { name: 'propose-lift', ...REASON },
      VERIFY,
      rule(),
      TREAT,
    ] as ComplaintCommand[])
      for (const caller of [REVIEWER, STEWARD, APPROVER])
        expect(tried(quality(), command, by(caller)), command.name).to.be.oneOf(['complaint-state', 'forbidden']);
  });
});

describe('a complaint about rights', () => {
  it('goes from the holder, who looks into it, to the authority, which decides', () => {
    expect(filed()).to.deep.include({ state: 'open', restsSince: NOW, due: '2026-12-08' });
    expect(verified()).to.deep.include({ state: 'verified', due: '2026-12-22', restsSince: NOW });
    expect(tried(filed(), rule(), by(APPROVER)), 'not before').to.equal('complaint-state');
    expect(tried(filed(), VERIFY, by(APPROVER))).to.equal('forbidden');
    expect(tried(verified(), rule(), by(STEWARD))).to.equal('forbidden');
    expect(after(verified(), rule(), by(APPROVER))).to.deep.include({ state: 'answered', restsSince: null });
  });

  it('withdrawn data rests whatever happens to it, until two let it go', () => {
    const done = after(verified(), rule({ outcome: 'withdraw' }), by(APPROVER));
    expect(done).to.deep.include({ state: 'answered', restsSince: NOW });
    const unheld = after(filed({ suspends: false }), VERIFY, by(STEWARD));
    expect(after(unheld, rule({ outcome: 'withdraw' }), by(APPROVER)).restsSince).to.equal(NOW);
  });

  it('what a ruling withdrew is let go by two: one of the holder, an approver who has no side in it', () => {
    const propose: ComplaintCommand = { name: 'propose-release', ...REASON };
    const confirm: ComplaintCommand = { name: 'confirm-release', ...REASON };
    const decline: ComplaintCommand = { name: 'decline-release', ...REASON };
    const done = after(verified(), rule({ outcome: 'withdraw' }), by(APPROVER));
    expect(tried(done, confirm, by(APPROVER)), 'nobody asked').to.equal('complaint-state');
    for (const other of [APPROVER, SUPERVISOR, SOMEONE, who('x', 'steward', 'OTHER')])
      expect(tried(done, propose, by(other))).to.equal('forbidden');
    for (const other of [verified(), treating(), after(verified(), rule(), by(APPROVER))])
      expect(tried(other, propose, by(STEWARD)), other.state).to.equal('complaint-state');
    const proposed = after(done, propose, by(STEWARD));
    expect(proposed.restsSince, 'it rests on').to.equal(NOW);
    for (const other of [STEWARD, REVIEWER, SUPERVISOR])
      expect(tried(proposed, confirm, by(other))).to.equal('forbidden');
    const same = { ...APPROVER, accounts: ['approver', STEWARD.person] };
    expect(tried(proposed, confirm, by(same))).to.equal('complaint-second-person');
    expect(tried(proposed, confirm, by(APPROVER, ['AUTHORITY']))).to.equal('organisation-concerned');
    for (const other of [STEWARD, REVIEWER, SUPERVISOR])
      expect(tried(proposed, decline, by(other))).to.equal('forbidden');
    expect(tried(proposed, decline, by(same))).to.equal('complaint-second-person');
    const declined = after(proposed, decline, by(APPROVER));
    expect([declined.restsSince, declined.release?.declined?.by]).to.deep.equal([NOW, APPROVER.person]);
    for (const command of [confirm, decline])
      expect(tried(declined, command, by(APPROVER)), 'it is answered').to.equal('complaint-state');
    const anew = after(declined, { name: 'propose-release', reason: 'better' }, by(REVIEWER));
    expect(anew.release).to.include({ by: REVIEWER.person, reason: 'better', confirmed: null });
    const released = after(anew, confirm, by(APPROVER));
    expect([released.state, released.restsSince, released.release?.confirmed?.by]).to.deep.equal([
      'answered',
      null,
      APPROVER.person,
    ]);
    for (const [command, caller] of [
      [propose, STEWARD],
      [confirm, APPROVER],
    ] as const)
      expect(tried(released, command, by(caller)), 'once').to.equal('complaint-state');
  });

  it('treated data rests until an assessment made after the treatment is confirmed', () => {
    expect(treating()).to.deep.include({ state: 'treating', due: '2027-01-10', items: ['phone'] });
    const narrower = after(verified(), rule({ outcome: 'treat-and-reopen', items: [] }), by(APPROVER));
    expect(narrower.items).to.deep.equal([]);
    expect(reopened(treating(), 'Z', NOW), 'not treated yet').to.equal(null);
    expect(tried(treating(), TREAT, by(REVIEWER))).to.equal('forbidden');
    const treated = after(treating(), TREAT, by(STEWARD));
    expect([treated.restsSince, isOpen(treated), isRunning(treated)]).to.deep.equal([NOW, true, false]);
    expect(reopened(treated, 'M4', NOW), 'made before the treatment').to.equal(null);
    const event = reopened(treated, 'M6', NOW) ?? expect.fail('not reopened');
    expect(evolve('c', treated, event)).to.deep.include({ state: 'answered', restsSince: null, endedAt: NOW });
    expect(tried(treated, TREAT, by(STEWARD)), 'once').to.equal('complaint-state');
  });

  it('data that nobody treats in time may be withdrawn, by somebody who did not verify', () => {
    expect(tried(treating(), rule({ outcome: 'withdraw' }), by(APPROVER))).to.equal('complaint-state');
    expect(after(late(treating()), rule({ outcome: 'withdraw' }), by(APPROVER)).state).to.equal('answered');
  });

  it('a suspension is lifted by two: one of the holder, one of the authority', () => {
    const proposed = after(filed(), { name: 'propose-lift', ...REASON }, by(REVIEWER));
    expect(proposed.restsSince, 'it rests on').to.equal(NOW);
    expect(tried(filed(), { name: 'confirm-lift', ...REASON }, by(APPROVER))).to.equal('complaint-state');
    expect(tried(proposed, { name: 'confirm-lift', ...REASON }, by(REVIEWER))).to.equal('forbidden');
    const same = who('approver', 'approver', 'AUTHORITY', ['approver', 'reviewer']);
    expect(tried(proposed, { name: 'confirm-lift', ...REASON }, by(same))).to.equal('complaint-second-person');
    const lifted = after(proposed, { name: 'confirm-lift', ...REASON }, by(SUPERVISOR));
    expect([lifted.restsSince, lifted.state]).to.deep.equal([null, 'open']);
    expect(tried(lifted, { name: 'propose-lift', ...REASON }, by(REVIEWER))).to.equal('complaint-state');
    const again = after(lifted, { name: 'suspend', ...REASON }, by(APPROVER));
    expect([again.restsSince, again.lift]).to.deep.equal([NOW, null]);
  });

  it('is decided by nobody who verified it, complained, or has a side in it', () => {
    const both = who('approver', 'approver', 'AUTHORITY', ['approver', 'steward']);
    expect(tried(verified(), rule(), by(both))).to.equal('complaint-second-person');
    expect(tried(verified(), rule(), by(APPROVER, ['AUTHORITY']))).to.equal('organisation-concerned');
    expect(tried(verified(), rule(), by(who('someone', 'approver', 'AUTHORITY')))).to.equal('organisation-concerned');
    expect(tried(verified(), rule(), by(who('colleague', 'approver', 'SOMEONE')))).to.equal('organisation-concerned');
    expect(tried(verified(), rule(), by(APPROVER, ['OTHER']))).to.be.an('object');
  });

  it('a holder that lets the day pass leaves the looking into it to the authority: two people all the same', () => {
    const done = after(late(filed()), VERIFY, by(SUPERVISOR));
    expect(done).to.deep.include({ state: 'verified', overdue: false });
    const own = after(late(filed()), VERIFY, by(APPROVER));
    expect(tried(own, rule(), by(APPROVER))).to.equal('complaint-second-person');
    expect(after(own, rule(), by(who('deputy', 'approver', 'AUTHORITY'))).state).to.equal('answered');
  });

  it('takes with each outcome what belongs to it', () => {
    expect(tried(verified(), rule({ items: ['phone'] }), by(APPROVER))).to.equal('complaint-answer');
    const founded = rule({ outcome: 'withdraw', manifestly: true });
    expect(tried(verified(), founded, by(APPROVER))).to.equal('complaint-answer');
    expect(after(verified(), rule({ manifestly: true }), by(APPROVER)).answer?.manifestly).to.equal(true);
  });

  it('is taken back by its author until it is decided, and lets the data go', () => {
    const back = after(verified(), { name: 'take-back' }, by(SOMEONE));
    expect(back).to.deep.include({ state: 'taken-back', restsSince: null });
    expect(tried(treating(), { name: 'take-back' }, by(SOMEONE))).to.equal('complaint-state');
    expect(tried(filed(), { name: 'take-back' }, by(STEWARD))).to.equal('forbidden');
    const visitor = { person: 'anonymous', accounts: ['anonymous'], organisation: null, roles: [] };
    expect(tried(filed({ person: null, organisation: null }), { name: 'take-back' }, by(visitor))).to.equal(
      'forbidden',
    );
  });

  it('is told once to be overdue, for each step it waits for', () => {
    const due = startOfDay(addDays('2026-12-08', 1));
    expect(overdue(filed(), due - 1)).to.equal(null);
    expect(overdue(filed(), due)?.data).to.deep.equal({ due: '2026-12-08' });
    expect(overdue(late(filed()), LATER)).to.equal(null);
    const next = after(late(filed()), VERIFY, by(STEWARD));
    expect(overdue(next, LATER)?.data).to.deep.equal({ due: '2026-12-22' });
    expect(overdue(after(treating(), TREAT, by(STEWARD)), LATER)).to.equal(null);
  });
});

describe('what suspends at once', () => {
  const { rights } = loadComplaintRules('policies');
  const standing = { hasEvidence: true, resting: 0, unfounded: 0 };
  it('is a right of the list with evidence, by somebody who does not take data off the net by the dozen', () => {
    expect(suspendsAtOnce(rights, 'privacy', standing)).to.equal(true);
    expect(suspendsAtOnce(rights, 'other-right', standing)).to.equal(false);
    expect(suspendsAtOnce(rights, 'privacy', { ...standing, hasEvidence: false })).to.equal(false);
    expect(suspendsAtOnce(rights, 'privacy', { ...standing, resting: rights.suspensions.perAccount })).to.equal(false);
    expect(suspendsAtOnce(rights, 'privacy', { ...standing, unfounded: rights.suspensions.unfounded })).to.equal(false);
  });

  it('says of every number of days where it comes from, and claims none as verified', () => {
    const { quality: ofQuality } = loadComplaintRules('policies');
    for (const limit of [ofQuality.answer, rights.verify, rights.decide, rights.treat]) {
      expect(limit.verified).to.equal(false);
      expect(limit.source).to.have.keys('en', 'zh');
    }
  });
});

const CALLERS = [STEWARD, REVIEWER, APPROVER, SUPERVISOR, SOMEONE];
const COMMANDS: readonly ComplaintCommand[] = [
  MENDED,
  { name: 'suspend', ...REASON },
  { name: 'propose-lift', ...REASON },
  { name: 'confirm-lift', ...REASON },
  VERIFY,
  rule(),
  rule({ outcome: 'withdraw' }),
  rule({ outcome: 'treat-and-reopen' }),
  TREAT,
  { name: 'take-back' },
  { name: 'propose-release', ...REASON },
  { name: 'confirm-release', ...REASON },
  { name: 'decline-release', ...REASON },
];

describe('random commands on a complaint', () => {
  const step = fc.record({
    command: fc.constantFrom(...COMMANDS),
    caller: fc.constantFrom(...CALLERS),
    days: fc.integer({ min: 0, max: 20 }),
  });
  const walk = fc.record({ rights: fc.boolean(), suspends: fc.boolean(), steps: fc.array(step, { maxLength: 40 }) });

  it('what is advertised is accepted, what is not is refused; who decides never took the step before', () => {
    fc.assert(
      fc.property(walk, ({ rights, suspends, steps }) => {
        let now = NOW;
        let complaint = rights ? filed({ suspends }) : quality();
        for (const { command, caller, days } of steps) {
          now += days * 86_400_000;
          const past = overdue(complaint, now);
          if (past !== null) complaint = evolve('c', complaint, past);
          const facts = by(caller, [], now);
          const bar = barOf(complaint, command.name, facts);
          const next = tried(complaint, command, facts);
          if (bar !== null) expect(next).to.equal(bar.code);
          else if (typeof next === 'string') expect(next).to.equal('complaint-answer');
          if (typeof next === 'string') continue;
          const { verification, answer, lift, release } = next;
          if (next.about === 'rights' && answer !== null) expect(answer.by).to.not.equal(verification?.by);
          for (const two of [lift, release]) if (two?.confirmed) expect(two.confirmed.by).to.not.equal(two.by);
          if (!isOpen(next))
            expect(next.restsSince !== null, 'only what is withdrawn rests on, until two let it go').to.equal(
              answer?.outcome === 'withdraw' && !release?.confirmed,
            );
          if (next.state === 'treating') expect(next.restsSince).to.not.equal(null);
          if (next.about === 'quality') expect(next.restsSince).to.equal(null);
          complaint = next;
        }
        if (isOpen(complaint) || isWithdrawn(complaint)) return;
        for (const name of COMPLAINT_COMMANDS)
          for (const caller of CALLERS) expect(barOf(complaint, name, by(caller, [], now)), name).to.not.equal(null);
      }),
      { numRuns: 300 },
    );
  });
});
