import { expect } from 'chai';
import fc from 'fast-check';
import { create, decide, type GrantCommand, isPossible, PERSON_COMMANDS } from '../../../src/grants/domain/decide.js';
import type { GrantEvent } from '../../../src/grants/domain/events.js';
import { evolve } from '../../../src/grants/domain/evolve.js';
import {
  type Approval,
  dueAt,
  effectiveDelivery,
  effectiveQuota,
  type Grant,
  stateOf,
} from '../../../src/grants/domain/grant.js';
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

const pending = (at = START): Grant => evolve(null, create('g', approval, at));
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

  it('rests while a supervisor or the dataset holds it, until both have let go', () => {
    const held = after(after(active(), suspend), { kind: 'hold-for-dataset', reason: 'raised' });
    expect(stateOf(held)).to.equal('suspended');
    const resumed = after(held, { kind: 'resume', reason: 'cleared' });
    expect(stateOf(resumed), 'the dataset still holds it').to.equal('suspended');
    expect(stateOf(after(resumed, { kind: 'lift-for-dataset', reason: 'lowered' }))).to.equal('active');
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
      fc.constantFrom('hold-for-dataset', 'lift-for-dataset').map((kind) => ({ kind, reason: 'r' }) as GrantCommand),
      fc
        .option(fc.integer({ min: START, max: END + 10 }))
        .map((until): GrantCommand => ({ kind: 'suspend', reason: 'r', until })),
      fc.nat(200).map((quota): GrantCommand => ({ kind: 'limit', reason: 'r', quota, delivery: null, until: null })),
      fc.constant<GrantCommand>({ kind: 'let-time-act' }),
    );
    const steps = fc.array(fc.tuple(anyCommand, fc.nat(END - START)), { maxLength: 30 });
    fc.assert(
      fc.property(steps, (sequence) => {
        let grant = pending();
        let now = START;
        let ended = false;
        const events: GrantEvent[] = [create('g', approval, START)];
        for (const [command, wait] of sequence) {
          now += Math.floor(wait / 8);
          const possible =
            (PERSON_COMMANDS as readonly string[]).includes(command.kind) &&
            isPossible(grant, command.kind as 'suspend', now);
          const decided = decide(grant, command, now);
          if (!possible && (PERSON_COMMANDS as readonly string[]).includes(command.kind))
            expect(decided.ok).to.equal(false);
          for (const event of decided.ok ? decided.value : []) {
            expect(ended, 'nothing happens after the end').to.equal(false);
            grant = evolve(grant, event);
            events.push(event);
          }
          ended = grant.ending !== null;
          if (['active', 'limited'].includes(stateOf(grant))) expect(grant.agreement).to.not.equal(null);
          if (grant.agreement !== null) expect(grant.startsAt).to.be.at.least(grant.agreement.at);
        }
        const folded = events.reduce<Grant | null>((state, event) => evolve(state, event), null);
        expect(folded, 'the grant is the fold of its events').to.deep.equal(grant);
      }),
      { numRuns: 500 },
    );
  });
});
