import { expect } from 'chai';
import { allowedCommands } from '../../../src/applications/domain/decide.js';
import { isSeenByApplicant } from '../../../src/applications/domain/events.js';
import { waitingFor } from '../../../src/applications/domain/turn.js';
import { PROCEEDING_KINDS, PROCEEDING_OUTCOMES, type ProceedingOutcome } from '../../../src/kernel/proceeding.js';
import { dayOf } from '../../../src/kernel/time.js';
import { type Name, rules, World, worldAt } from './world.js';

const REASONS = { reasons: [{ code: 'other', text: 'No.' }] };
const AUTHORITY = { role: 'approver', organisation: 'authority' };

const filing = (filedOn = '2026-03-10', kind: (typeof PROCEEDING_KINDS)[number] = 'litigation') =>
  ({ kind, forum: 'Railway Transport Court', filedOn, reference: '(2026) 7' }) as const;
const ending = (outcome: ProceedingOutcome, on = '2026-04-20') =>
  ({ kind: 'litigation', outcome, on, text: 'So decided.' }) as const;
const turnOf = (world: World) => waitingFor(rules, world.current, world.facts('handler'));
const may = (world: World, who: Name) => allowedCommands(rules, world.current, world.facts(who));

/** Refused by the approver on 5 March; it is 20 March now. */
function refused(): World {
  const world = worldAt('authority').on('2026-03-05');
  world.does('approver', 'refuse', REASONS);
  return world.on('2026-03-20');
}

function ended(outcome: ProceedingOutcome, world = refused()): World {
  world.does('approver', 'record-proceeding', filing());
  world.on('2026-05-06').does('deputy', 'record-proceeding-outcome', ending(outcome));
  return world;
}

describe('reconsideration and litigation', () => {
  it('are on record with the case, and neither its state nor a clock nor the ball moves', () => {
    const world = refused();
    const before = world.current;
    world.does('approver', 'record-proceeding', filing());
    const recorded = { ...filing(), ended: null };
    expect(world.current).to.deep.equal({ ...before, proceedings: [recorded] });
    expect(turnOf(world)).to.equal(null);
    world.on('2026-05-06').does('deputy', 'record-proceeding-outcome', ending('upheld'));
    const { kind: _, ...end } = ending('upheld');
    expect(world.current).to.deep.equal({ ...before, proceedings: [{ ...recorded, ended: end }] });
    expect(world.refolded()).to.deep.equal(world.current);
    expect(world.events.slice(-2).every(isSeenByApplicant), 'the applicant reads both').to.equal(true);
  });

  it('are recorded against any ruling that was given, and against nothing else', () => {
    const after = (change: (world: World) => void, world: World): World => {
      change(world);
      return world;
    };
    const contested = [
      worldAt('approved'),
      worldAt('concluded'),
      after((world) => world.does('handler', 'withdraw', {}), worldAt('approved')),
      refused(),
    ];
    for (const world of contested) {
      expect(may(world, 'approver'), world.current.state).to.include('record-proceeding');
      world.does('approver', 'record-proceeding', filing(dayOf(world.now)));
    }
    const never = after((world) => world.does('handler', 'withdraw', {}), worldAt('authority'));
    expect(never.fails('approver', 'record-proceeding', filing('2026-03-02')).code).to.equal('no-ruling');
    expect(worldAt('authority').fails('approver', 'record-proceeding', filing('2026-03-02')).code).to.equal(
      'wrong-state',
    );
  });

  it('are filed on the day of the ruling at the earliest, end no earlier than that, and never in the future', () => {
    const world = refused();
    for (const day of ['2026-03-04', '2026-03-21']) {
      const { code, errors = [] } = world.fails('approver', 'record-proceeding', filing(day));
      expect([code, errors[0]?.pointer], day).to.deep.equal(['proceeding-day', '/filedOn']);
    }
    world.does('approver', 'record-proceeding', filing('2026-03-05'));
    world.does('approver', 'record-proceeding', filing('2026-03-20', 'reconsideration'));
    for (const day of ['2026-03-04', '2026-03-21']) {
      const { code, errors = [] } = world.fails('approver', 'record-proceeding-outcome', ending('upheld', day));
      expect([code, errors[0]?.pointer], day).to.deep.equal(['proceeding-day', '/on']);
    }
    world.does('approver', 'record-proceeding-outcome', ending('upheld', '2026-03-05'));
  });

  it('are open one of each kind at a time, and end by their kind', () => {
    const world = refused();
    expect(may(world, 'approver')).to.not.include('record-proceeding-outcome');
    expect(world.fails('approver', 'record-proceeding-outcome', ending('upheld', '2026-03-20')).code).to.equal(
      'no-open-proceeding',
    );
    world.does('approver', 'record-proceeding', filing('2026-03-10', 'reconsideration'));
    const none = world.fails('approver', 'record-proceeding-outcome', ending('upheld', '2026-03-20'));
    expect([none.code, none.errors?.[0]?.pointer]).to.deep.equal(['no-open-proceeding', '/kind']);
    const again = world.fails('approver', 'record-proceeding', filing('2026-03-11', 'reconsideration'));
    expect([again.code, again.errors?.[0]?.pointer]).to.deep.equal(['proceeding-open', '/kind']);
    world.does('approver', 'record-proceeding', filing('2026-03-12'));
    expect(may(world, 'approver'), 'there is no kind left').to.not.include('record-proceeding');
    world.on('2026-05-06').does('approver', 'record-proceeding-outcome', ending('withdrawn'));
    world.does('approver', 'record-proceeding', filing('2026-05-01'));
    expect(world.current.proceedings?.map(({ kind, ended: end }) => [kind, end?.outcome ?? null])).to.deep.equal([
      ['reconsideration', null],
      ['litigation', 'withdrawn'],
      ['litigation', null],
    ]);
  });

  it('are recorded by whoever ruled, too, and by nobody of the applicant’s side or with a conflict', () => {
    const world = refused();
    for (const who of ['handler', 'signatory', 'reviewer', 'reviewer-2', 'supervisor'] as const)
      expect(world.fails(who, 'record-proceeding', filing()).code, who).to.equal('command-not-yours');
    world.applicant = { ...world.applicant, parent: 'authority' };
    for (const who of ['approver', 'deputy'] as const) {
      expect(may(world, who), who).to.not.include('record-proceeding');
      expect(world.fails(who, 'record-proceeding', filing()).code, who).to.equal('applicant-side');
    }
    const conflict = worldAt('authority').on('2026-03-05');
    conflict.does('deputy', 'declare-conflict', { text: 'A friend.' });
    conflict.does('approver', 'refuse', REASONS);
    expect(conflict.on('2026-03-20').fails('deputy', 'record-proceeding', filing()).code).to.equal('declared-conflict');
    conflict.does('approver', 'record-proceeding', filing());
  });

  it('are unknown between public bodies, where the authority mediates', () => {
    const world = new World().betweenBodies({ roads: {} });
    world.draft('body-handler');
    world.does('body-handler', 'submit', {});
    world.does('reviewer', 'accept', {});
    world.does('reviewer', 'refuse', REASONS);
    for (const who of ['approver', 'reviewer'] as const)
      expect(world.fails(who, 'record-proceeding', filing('2026-03-02')).code, who).to.equal('command-not-yours');
  });
});

describe('a refusal that a proceeding overturned', () => {
  it('waits for the authority, which can only open it again; a review that was never asked for is not needed', () => {
    for (const outcome of PROCEEDING_OUTCOMES) {
      const world = ended(outcome);
      const overturned = outcome === 'changed' || outcome === 'annulled';
      expect(world.current.state, 'nothing follows of itself').to.equal('refused');
      expect(turnOf(world), outcome).to.deep.equal(overturned ? AUTHORITY : null);
      expect(may(world, 'deputy').includes('decide-appeal'), outcome).to.equal(overturned);
      expect(may(world, 'approver'), 'who refused does not rule again').to.not.include('decide-appeal');
      if (!overturned) continue;
      const upheld = world.fails('deputy', 'decide-appeal', { outcome: 'upheld', reason: 'No.' });
      expect([upheld.code, upheld.errors?.[0]?.pointer]).to.deep.equal(['refusal-overturned', '/outcome']);
      world.does('deputy', 'decide-appeal', { outcome: 'reopened', reason: 'So it was decided.' });
      expect(world.current).to.deep.include({ state: 'in-review', stage: 'authority', outcomes: [], appeal: null });
      expect(world.events.at(-1)?.data).to.include({ cause: outcome });
      const running = world.current.deadlines.filter(({ kind, ended: end }) => kind === 'decision' && end === null);
      expect(running, 'the clock of the decision begins anew').to.have.length(1);
      expect(world.refolded()).to.deep.equal(world.current);
      world.does('deputy', 'approve', {});
    }
  });

  it('is opened again after a review upheld it, and the review stays as it was decided', () => {
    const world = refused();
    world.does('handler', 'appeal', { reason: 'Look again.' });
    world.does('deputy', 'decide-appeal', { outcome: 'upheld', reason: 'As before.' });
    const again = { outcome: 'reopened', reason: 'Void.' } as const;
    expect(world.fails('both-stages', 'decide-appeal', again).code).to.equal('no-open-appeal');
    ended('annulled', world);
    world.does('both-stages', 'decide-appeal', again);
    expect(world.current.appeal?.outcome).to.equal('upheld');
    expect(world.current.state).to.equal('in-review');
  });

  it('answers an open review by being opened again', () => {
    const world = refused();
    world.does('handler', 'appeal', { reason: 'Look again.' });
    ended('annulled', world);
    expect(world.fails('deputy', 'decide-appeal', { outcome: 'upheld', reason: 'No.' }).code).to.equal(
      'refusal-overturned',
    );
    world.does('deputy', 'decide-appeal', { outcome: 'reopened', reason: 'Void.' });
    expect(world.current.appeal?.outcome).to.equal('reopened');
  });

  it('is opened once: what overturned the first refusal leaves the next one alone', () => {
    const world = ended('annulled');
    world.does('deputy', 'decide-appeal', { outcome: 'reopened', reason: 'Void.' });
    world.does('deputy', 'refuse', REASONS);
    expect(turnOf(world)).to.equal(null);
    expect(may(world, 'both-stages')).to.not.include('decide-appeal');
    const before = world.fails('approver', 'record-proceeding', filing('2026-04-01'));
    expect(before.code, 'before the second ruling').to.equal('proceeding-day');
    world.does('approver', 'record-proceeding', filing('2026-05-06'));
    world.on('2026-06-10').does('approver', 'record-proceeding-outcome', ending('annulled', '2026-06-09'));
    expect(may(world, 'both-stages')).to.include('decide-appeal');
  });

  it('stands again where a second instance upheld it, and not where what contested the judgment was withdrawn', () => {
    for (const [second, stands] of [
      ['upheld', true],
      ['withdrawn', false],
    ] as const) {
      const world = ended('annulled');
      world.does('approver', 'record-proceeding', filing('2026-04-30'));
      world.on('2026-06-10').does('approver', 'record-proceeding-outcome', ending(second, '2026-06-09'));
      expect(turnOf(world) === null, second).to.equal(stands);
      expect(may(world, 'both-stages').includes('decide-appeal'), second).to.equal(!stands);
    }
  });

  it('leaves alone what was refused anew while the proceeding about the first refusal was open', () => {
    const world = refused();
    world.does('handler', 'appeal', { reason: 'Look again.' });
    world.does('approver', 'record-proceeding', filing());
    world.does('deputy', 'decide-appeal', { outcome: 'reopened', reason: 'It was misread.' });
    world.does('deputy', 'refuse', REASONS);
    world.on('2026-05-06').does('approver', 'record-proceeding-outcome', ending('annulled'));
    expect(turnOf(world)).to.equal(null);
    expect(may(world, 'both-stages')).to.not.include('decide-appeal');
  });

  it('is nothing to an approval: its grants are ended by a supervisor, and what was left out is asked for anew', () => {
    const world = ended('annulled', worldAt('concluded').on('2026-03-20'));
    expect(world.current.state).to.equal('concluded');
    expect(turnOf(world)).to.equal(null);
    expect(world.fails('deputy', 'decide-appeal', { outcome: 'reopened', reason: 'x' }).code).to.equal('wrong-state');
    expect(may(world, 'handler')).to.include('copy-as-new');
  });
});
