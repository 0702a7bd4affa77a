import { expect } from 'chai';
import { dueAt } from '../../../src/grants/domain/by-time.js';
import { create, decide, type GrantCommand } from '../../../src/grants/domain/decide.js';
import { evolve } from '../../../src/grants/domain/evolve.js';
import type { EvidenceChange } from '../../../src/grants/domain/follow-evidence.js';
import { conditionsUntil, type Grant, type GrantCondition, isHeld, stateOf } from '../../../src/grants/domain/grant.js';
import { endOfDay, startOfDay } from '../../../src/kernel/time.js';

const START = startOfDay('2026-12-01');
const KIND = 'mlps-filing';
const UNTIL = '2027-01-31';
const LATER = '2027-05-31';

const condition = (more: Partial<GrantCondition> = {}): GrantCondition => ({
  kind: KIND,
  text: { en: 'Filing' },
  validUntil: UNTIL,
  ...more,
});
function active(...conditions: GrantCondition[]): Grant {
  const approval = {
    application: 'app',
    number: 'A-1',
    organisation: 'org',
    holder: 'holder',
    dataset: 'ds',
    items: [],
    purpose: 'research',
    scenario: 's',
    delivery: 'download',
    period: { from: '2026-12-01', to: '2027-06-30' },
    members: [],
    quota: null,
    conditions,
  } as const;
  const agreement = { template: 't', version: 1, hash: 'h', at: START };
  return after(evolve(null, create('g', approval, START)), { kind: 'activate', agreement });
}
const eventsOf = (grant: Grant, command: GrantCommand, now = START) => {
  const decided = decide(grant, command, now);
  if (!decided.ok) throw new Error(decided.error.code);
  return decided.value;
};
const after = (grant: Grant, command: GrantCommand, now = START): Grant =>
  eventsOf(grant, command, now).reduce<Grant>((state, event) => evolve(state, event), grant);
const follow = (change: EvidenceChange, kind = KIND): GrantCommand => ({
  kind: 'follow-evidence',
  condition: kind,
  change,
});
const shows = (evidence: string, validUntil: string | null): GrantCommand =>
  follow({ proved: true, evidence, reference: 'No. 7', issuer: 'Bureau', validUntil });
const nothing = (struckOut = false): GrantCommand => follow({ proved: false, reason: 'gone', struckOut });

describe('grants follow the evidence of their organisation', () => {
  const resting = condition({ evidence: 'e1' });

  it('takes what was renewed before the earlier ended, so that nothing lapses in between', () => {
    const grant = after(active(resting), shows('e2', LATER));
    expect([conditionsUntil(grant), stateOf(grant)]).to.deep.equal([endOfDay(LATER), 'active']);
    expect(eventsOf(grant, { kind: 'let-time-act' }, endOfDay(UNTIL))).to.deep.equal([]);
  });

  it('rests once, whether its own clock or the lapse of the evidence comes first', () => {
    const end = endOfDay(UNTIL);
    const orders: GrantCommand[][] = [
      [{ kind: 'let-time-act' }, nothing()],
      [nothing(), { kind: 'let-time-act' }],
    ];
    for (const order of orders) {
      const grant = order.reduce((state, command) => after(state, command, end), active(resting));
      expect(grant.holds.map(({ cause }) => cause)).to.deep.equal(['evidence']);
      expect(order.flatMap((command) => eventsOf(grant, command, end))).to.deep.equal([]);
      expect(stateOf(after(grant, shows('e2', LATER), end + 1))).to.equal('active');
    }
  });

  it('rests at once when the evidence is taken back or struck out long before its end', () => {
    for (const struckOut of [false, true]) {
      const grant = after(active(resting), nothing(struckOut), START + 5);
      expect([stateOf(grant), conditionsUntil(grant)]).to.deep.equal(['suspended', START + 5]);
      expect(eventsOf(grant, nothing(struckOut), START + 9), 'once').to.deep.equal([]);
      const back = after(grant, shows('e2', LATER), START + 10);
      expect([stateOf(back), conditionsUntil(back)]).to.deep.equal(['active', endOfDay(LATER)]);
    }
  });

  it('what was struck out is not proved again by the word of its user', () => {
    const proof = { condition: KIND, reference: 'No. 8', issuer: null, validUntil: LATER };
    const submit: GrantCommand = { kind: 'submit-evidence', proof };
    const struck = after(active(resting), nothing(true));
    const refused = decide(struck, submit, START);
    expect(!refused.ok && refused.error.code).to.equal('evidence-struck-out');
    expect(stateOf(after(after(active(resting), nothing(false)), submit)), 'what was taken back is').to.equal('active');
  });

  it('one condition proved again does not lift what another one still lacks', () => {
    const two = active(resting, condition({ kind: 'training', evidence: 't1', validUntil: null }));
    const both = after(after(two, nothing()), follow({ proved: false, reason: 'gone', struckOut: false }, 'training'));
    const one = after(both, shows('e2', LATER));
    expect(isHeld(one, 'evidence')).to.equal(true);
    const all = after(
      one,
      follow({ proved: true, evidence: 't2', reference: 'r', issuer: 'i', validUntil: null }, 'training'),
    );
    expect(stateOf(all)).to.equal('active');
  });

  it('leaves alone what was handed in for this grant, unless the evidence holds longer', () => {
    const own = active(condition());
    expect(eventsOf(own, nothing())).to.deep.equal([]);
    expect(eventsOf(own, shows('e1', '2026-12-31'))).to.deep.equal([]);
    expect(conditionsUntil(after(own, shows('e1', LATER)))).to.equal(endOfDay(LATER));
    const endless = active(condition({ validUntil: null }));
    expect(eventsOf(endless, shows('e1', LATER))).to.deep.equal([]);
    expect(eventsOf(own, follow({ proved: false, reason: 'r', struckOut: true }, 'other'))).to.deep.equal([]);
  });

  it('is due when its proof ends, and not while it rests for want of one', () => {
    const grant = active(resting);
    expect(dueAt(grant)).to.equal(endOfDay(UNTIL));
    expect(dueAt(after(grant, nothing()))).to.equal(grant.endsAt);
  });

  it('an ended grant follows nothing', () => {
    const ended = after(active(resting), { kind: 'relinquish', reason: 'done' });
    expect(eventsOf(ended, shows('e2', LATER))).to.deep.equal([]);
    expect(eventsOf(ended, nothing(true))).to.deep.equal([]);
  });
});
