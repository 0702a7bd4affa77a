import { expect } from 'chai';
import fc from 'fast-check';
import { dueAt } from '../../../src/grants/domain/by-time.js';
import { create, decide, type GrantCommand, isPossible, PERSON_COMMANDS } from '../../../src/grants/domain/decide.js';
import type { GrantEvent } from '../../../src/grants/domain/events.js';
import { evolve } from '../../../src/grants/domain/evolve.js';
import {
  type Approval,
  conditionsUntil,
  effectiveDelivery,
  effectiveQuota,
  type Grant,
  stateOf,
} from '../../../src/grants/domain/grant.js';
import { isNarrower } from '../../../src/kernel/purpose.js';
import { endOfDay, startOfDay } from '../../../src/kernel/time.js';

const approval: Approval = {
  application: 'app',
  number: 'A-1',
  organisation: 'org',
  holder: 'holder',
  dataset: 'ds',
  items: [],
  purpose: 'research',
  scenario: 'A model',
  delivery: 'download',
  period: { from: '2026-12-01', to: '2027-06-30' },
  members: [],
  quota: 100,
  conditions: [],
};
const START = startOfDay('2026-12-01');
const END = endOfDay('2027-06-30');
const agreement = (at: number) => ({ template: 't', version: 1, hash: 'h', at });

const proof = { condition: 'mlps-filing', reference: 'No. 7', issuer: null, validUntil: '2027-01-31' };
/** The same approval, resting on a proof that ends within its period. */
const rested: Approval = {
  ...approval,
  conditions: [
    { kind: 'mlps-filing', text: { en: 'Filing' }, validUntil: '2027-01-10' },
    { kind: 'scenario', text: { en: 'Scenario' }, validUntil: null },
  ],
};

const pending = (at = START, given = approval): Grant => evolve(null, create('g', given, at));
function after(grant: Grant, command: GrantCommand, now = START): Grant {
  const decided = decide(grant, command, now);
  if (!decided.ok) throw new Error(decided.error.code);
  return decided.value.reduce<Grant>((state, event) => evolve(state, event), grant);
}
const active = (): Grant => after(pending(), { kind: 'activate', agreement: agreement(START) });
const codeOf = (grant: Grant, command: GrantCommand, now = START): string => {
  const decided = decide(grant, command, now);
  return decided.ok ? 'accepted' : decided.error.code;
};
const suspend: GrantCommand = { kind: 'suspend', reason: 'r', until: null };

describe('grants: decide and evolve', () => {
  it('is pending until the agreement is accepted, and never starts before that', () => {
    expect(stateOf(pending())).to.equal('pending');
    expect(active()).to.include({ startsAt: START, endsAt: END });
    expect(stateOf(active())).to.equal('active');
    const late = after(pending(), { kind: 'activate', agreement: agreement(START + 5000) }, START + 5000);
    expect(late.startsAt).to.equal(START + 5000);
  });

  it('accepts the agreement once', () => {
    expect(decide(active(), { kind: 'activate', agreement: agreement(START + 1) }, START + 1)).to.deep.equal({
      ok: true,
      value: [],
    });
  });

  it('knows what the holder has yet to sign until it is signed or comes back, and gives nothing for it', () => {
    const accepted = { template: 't', version: 1 };
    const waiting = after(pending(), { kind: 'await-holder', accepted });
    expect(waiting.accepted).to.deep.equal(accepted);
    expect([stateOf(waiting), waiting.agreement]).to.deep.equal(['pending', null]);
    const back = after(waiting, { kind: 'return-acceptance' });
    expect(back).to.deep.equal(pending());
    expect(decide(back, { kind: 'return-acceptance' }, START)).to.deep.equal({ ok: true, value: [] });
    const signed = after(waiting, { kind: 'activate', agreement: agreement(START) });
    expect(signed).to.deep.equal(active());
    const anew = after(signed, { kind: 'await-holder', accepted: { ...accepted, version: 2 } });
    expect(anew.agreement, 'what both signed stays').to.deep.equal(agreement(START));
    const over = after(waiting, { kind: 'revoke', reason: 'r' });
    expect(decide(over, { kind: 'await-holder', accepted }, START)).to.deep.equal({ ok: true, value: [] });
  });

  it('rests while a supervisor or the dataset holds it, until both have let go', () => {
    const held = after(after(active(), suspend), { kind: 'hold', cause: 'tier', reason: 'raised' });
    expect(stateOf(held)).to.equal('suspended');
    const resumed = after(held, { kind: 'resume', reason: 'cleared' });
    expect(stateOf(resumed), 'the dataset still holds it').to.equal('suspended');
    expect(stateOf(after(resumed, { kind: 'lift', cause: 'tier', reason: 'lowered' }))).to.equal('active');
  });

  it('does not turn a pending grant active by resuming it', () => {
    expect(stateOf(after(after(pending(), suspend), { kind: 'resume', reason: 'ok' }))).to.equal('pending');
  });

  it('is cut down by a limit and restored by resume', () => {
    const limited = after(active(), { kind: 'limit', reason: 'r', quota: 3, delivery: 'sandbox', until: null });
    expect([stateOf(limited), effectiveQuota(limited), effectiveDelivery(limited)]).to.deep.equal([
      'limited',
      3,
      'sandbox',
    ]);
    const back = after(limited, { kind: 'resume', reason: 'ok' });
    expect([stateOf(back), effectiveQuota(back), effectiveDelivery(back)]).to.deep.equal(['active', 100, 'download']);
    expect(codeOf(active(), { kind: 'limit', reason: 'r', quota: 100, delivery: null, until: null })).to.equal(
      'limit-not-narrower',
    );
  });

  it('is never widened by a limit, and says which part would be', () => {
    const narrow = pending(START, { ...approval, delivery: 'api' });
    const granted = after(narrow, { kind: 'activate', agreement: agreement(START) });
    const limit = (quota: number | null, delivery: 'download' | 'api' | 'sandbox' | null) => {
      const decided = decide(granted, { kind: 'limit', reason: 'r', quota, delivery, until: null }, START);
      return decided.ok ? 'accepted' : `${decided.error.code} ${decided.error.errors?.[0]?.pointer ?? ''}`.trim();
    };
    expect(limit(null, 'download')).to.equal('limit-not-narrower /delivery');
    expect(limit(3, 'download')).to.equal('limit-not-narrower /delivery');
    expect(limit(1000, 'sandbox')).to.equal('limit-not-narrower /quota');
    expect(limit(null, 'api')).to.equal('limit-not-narrower');
    expect(limit(3, 'api')).to.equal('accepted');
    expect(limit(null, 'sandbox')).to.equal('accepted');
  });

  it('keeps a limit that outlasts a suspension, and lifts each when it has run out', () => {
    const limited = after(active(), { kind: 'limit', reason: 'r', quota: 3, delivery: null, until: START + 50 });
    const both = after(limited, { kind: 'suspend', reason: 'r', until: START + 20 });
    expect(dueAt(both)).to.equal(START + 20);
    const once = after(both, { kind: 'let-time-act' }, START + 20);
    expect([stateOf(once), dueAt(once)]).to.deep.equal(['limited', START + 50]);
    expect(stateOf(after(once, { kind: 'let-time-act' }, START + 50))).to.equal('active');
    const shorter = after(limited, { kind: 'suspend', reason: 'r', until: START + 80 });
    const lifted = after(shorter, { kind: 'let-time-act' }, START + 50);
    expect([stateOf(lifted), lifted.limit, dueAt(lifted)]).to.deep.equal(['suspended', null, START + 80]);
    const resumed = after(both, { kind: 'resume', reason: 'cleared' });
    expect(stateOf(resumed), 'the limit stands until it is lifted itself').to.equal('limited');
    expect(stateOf(after(resumed, { kind: 'resume', reason: 'cleared' }))).to.equal('active');
  });

  it('rests when a proof lapses and returns when it is renewed', () => {
    const granted = after(pending(START, rested), { kind: 'activate', agreement: agreement(START) });
    const lapse = endOfDay('2027-01-10');
    expect([conditionsUntil(granted), dueAt(granted)]).to.deep.equal([lapse, lapse]);
    expect(stateOf(after(granted, { kind: 'let-time-act' }, lapse - 1))).to.equal('active');
    const lapsed = after(granted, { kind: 'let-time-act' }, lapse);
    expect([stateOf(lapsed), dueAt(lapsed)]).to.deep.equal(['suspended', END]);
    const submit = (given: Partial<typeof proof>): GrantCommand => ({
      kind: 'submit-evidence',
      proof: { ...proof, ...given },
    });
    expect(codeOf(lapsed, submit({ condition: 'training' }), lapse)).to.equal('unknown-condition');
    expect(codeOf(lapsed, submit({ validUntil: '2027-01-10' }), lapse)).to.equal('evidence-lapsed');
    const renewed = after(lapsed, submit({}), lapse);
    expect([stateOf(renewed), dueAt(renewed)]).to.deep.equal(['active', endOfDay('2027-01-31')]);
    expect(stateOf(after(renewed, { kind: 'let-time-act' }, endOfDay('2027-01-31')))).to.equal('suspended');
  });

  it('renewed in time never rests, and a proof without an end never lapses', () => {
    const granted = after(pending(START, rested), { kind: 'activate', agreement: agreement(START) });
    const renewed = after(granted, { kind: 'submit-evidence', proof: { ...proof, validUntil: null } } as GrantCommand);
    expect([conditionsUntil(renewed), dueAt(renewed)]).to.deep.equal([null, END]);
  });

  it('accounts for reports and for one deletion, which lies in the past, also after its end', () => {
    const report: GrantCommand = { kind: 'report-use', text: 'Two maps', products: ['https://maps.example'] };
    const certify = (date: string): GrantCommand => ({ kind: 'certify-deletion', date, method: 'disks wiped' });
    expect(codeOf(pending(), report), 'nothing was received yet').to.equal('grant-state');
    expect(codeOf(active(), certify('2026-12-02'))).to.equal('deletion-in-future');
    const reported = after(after(active(), report), report);
    expect([reported.duties.reports, reported.duties.lastReport?.products]).to.deep.equal([
      2,
      ['https://maps.example'],
    ]);
    const expired = after(reported, { kind: 'let-time-act' }, END);
    const deleted = after(expired, certify('2027-07-01'), END + 86_400_000);
    expect(deleted.duties.deletion?.date).to.equal('2027-07-01');
    expect(stateOf(deleted)).to.equal('expired');
    expect(codeOf(deleted, certify('2027-07-01'), END + 86_400_000)).to.equal('grant-state');
    expect(codeOf(deleted, report, END + 86_400_000), 'a late report is still a report').to.equal('accepted');
  });

  it('rests on a later version of the agreement from its acceptance, and has started when it started', () => {
    const again = after(active(), { kind: 'activate', agreement: { ...agreement(START + 9), version: 2 } }, START + 9);
    expect([again.agreement?.version, again.startsAt]).to.deep.equal([2, START]);
    const held = after(active(), { kind: 'hold', cause: 'organisation', reason: 'suspended' });
    const signed = after(held, { kind: 'activate', agreement: { ...agreement(START), version: 2 } });
    expect(stateOf(signed), 'signing lifts nothing').to.equal('suspended');
  });

  it('refuses what its state does not allow', () => {
    expect(codeOf(active(), { kind: 'resume', reason: 'r' })).to.equal('grant-state');
    expect(codeOf(after(active(), suspend), suspend)).to.equal('grant-state');
    const revoked = after(active(), { kind: 'revoke', reason: 'r' });
    for (const kind of ['resume', 'revoke', 'relinquish'] as const)
      expect(codeOf(revoked, { kind, reason: 'r' })).to.equal('grant-state');
    expect(codeOf(active(), { kind: 'suspend', reason: 'r', until: START }, START)).to.equal('grant-until-past');
    expect(codeOf(active(), suspend, END), 'over by time').to.equal('grant-state');
  });

  it('lets time end it exactly at its end, once, and lift a measure when it has run out', () => {
    expect(dueAt(active())).to.equal(END);
    expect(decide(active(), { kind: 'let-time-act' }, END - 1)).to.deep.equal({ ok: true, value: [] });
    const expired = after(active(), { kind: 'let-time-act' }, END);
    expect([stateOf(expired), dueAt(expired)]).to.deep.equal(['expired', null]);
    expect(decide(expired, { kind: 'let-time-act' }, END + 1)).to.deep.equal({ ok: true, value: [] });
    const measured = after(active(), { kind: 'suspend', reason: 'r', until: START + 10 });
    expect(dueAt(measured)).to.equal(START + 10);
    expect(stateOf(after(measured, { kind: 'let-time-act' }, START + 9))).to.equal('suspended');
    expect(stateOf(after(measured, { kind: 'let-time-act' }, START + 10))).to.equal('active');
  });

  it('holds its laws under any sequence of commands', () => {
    const anyCommand: fc.Arbitrary<GrantCommand> = fc.oneof(
      fc.constant<GrantCommand>({ kind: 'activate', agreement: agreement(START) }),
      fc.constantFrom('resume', 'revoke', 'relinquish').map((kind) => ({ kind, reason: 'r' }) as GrantCommand),
      fc
        .tuple(fc.constantFrom('hold', 'lift'), fc.constantFrom('dataset', 'tier', 'organisation'))
        .map(([kind, cause]) => ({ kind, cause, reason: 'r' }) as GrantCommand),
      fc.constant<GrantCommand>({ kind: 'activate', agreement: { ...agreement(START + 1), version: 2 } }),
      fc.constant<GrantCommand>({ kind: 'await-holder', accepted: { template: 't', version: 2 } }),
      fc.constant<GrantCommand>({ kind: 'return-acceptance' }),
      fc.constant<GrantCommand>({ kind: 'report-use', text: 'A map', products: [] }),
      fc.constant<GrantCommand>({ kind: 'certify-deletion', date: '2026-12-01', method: 'shredded' }),
      fc
        .constantFrom('2026-12-20', '2027-02-01', '2027-12-31')
        .map((validUntil): GrantCommand => ({ kind: 'submit-evidence', proof: { ...proof, validUntil } })),
      fc
        .option(fc.integer({ min: START, max: END + 10 }))
        .map((until): GrantCommand => ({ kind: 'suspend', reason: 'r', until })),
      fc
        .record({
          quota: fc.option(fc.nat(200)),
          delivery: fc.constantFrom(null, 'download' as const, 'api' as const),
          until: fc.option(fc.integer({ min: START, max: END + 10 })),
        })
        .map((limit): GrantCommand => ({ kind: 'limit', reason: 'r', ...limit })),
      fc.constant<GrantCommand>({ kind: 'let-time-act' }),
    );
    const steps = fc.array(fc.tuple(anyCommand, fc.nat(END - START)), { maxLength: 30 });
    fc.assert(
      fc.property(steps, (sequence) => {
        let grant = pending(START, rested);
        let now = START;
        let ended = false;
        let signed = grant.agreement;
        const events: GrantEvent[] = [create('g', rested, START)];
        for (const [command, wait] of sequence) {
          now += Math.floor(wait / 8);
          const possible =
            (PERSON_COMMANDS as readonly string[]).includes(command.kind) &&
            isPossible(grant, command.kind as 'suspend', now);
          const decided = decide(grant, command, now);
          if (!possible && (PERSON_COMMANDS as readonly string[]).includes(command.kind))
            expect(decided.ok).to.equal(false);
          const before = grant;
          for (const event of decided.ok ? decided.value : []) {
            const accounted = ['grant.use-reported', 'grant.deletion-certified'].includes(event.event);
            expect(ended && !accounted, 'after the end only an account is given').to.equal(false);
            grant = evolve(grant, event);
            events.push(event);
          }
          ended = grant.ending !== null;
          if (['active', 'limited'].includes(stateOf(grant))) expect(grant.agreement).to.not.equal(null);
          signed ??= grant.agreement;
          if (signed !== null) expect(grant.startsAt, 'after what was signed first').to.be.at.least(signed.at);
          if (before.agreement !== null) expect(grant.startsAt, 'it starts once').to.equal(before.startsAt);
          expect(effectiveQuota(grant), 'never more than was approved').to.be.at.most(100);
          expect(isNarrower('download', effectiveDelivery(grant))).to.equal(false);
          if (command.kind === 'let-time-act') {
            expect(dueAt(grant) ?? Infinity, 'time has done all that is due').to.be.greaterThan(now);
            expect(decide(grant, command, now), 'and does it once').to.deep.equal({ ok: true, value: [] });
            const lapsed = (conditionsUntil(grant) ?? Infinity) <= now;
            if (lapsed && grant.ending === null) expect(stateOf(grant)).to.equal('suspended');
          }
        }
        const folded = events.reduce<Grant | null>((state, event) => evolve(state, event), null);
        expect(folded, 'the grant is the fold of its events').to.deep.equal(grant);
      }),
      { numRuns: 500 },
    );
  });
});
