import { expect } from 'chai';
import { allowedCommands } from '../../../src/applications/domain/decide.js';
import { isSeenByApplicant } from '../../../src/applications/domain/events.js';
import { actsOn } from '../../../src/applications/domain/let-time-act.js';
import { waitingFor } from '../../../src/applications/domain/turn.js';
import { addDays } from '../../../src/kernel/time.js';
import { rules, type World, worldAt } from './world.js';

const DEFECTS = { defects: [{ text: 'Name the server.' }] };
const names = (world: World): string[] => world.letTimeAct().map(({ event }) => event.replace('application.', ''));
const decision = (world: World) => world.current.deadlines.findLast(({ kind }) => kind === 'decision');

describe('time acts on applications', () => {
  it('tells that a due day has passed: on the day after, once, whom it concerns included', () => {
    const world = worldAt('submitted');
    expect(actsOn(world.current)).to.equal('2026-03-10');
    expect(names(world.on('2026-03-09')), 'the due day itself is in time').to.deep.equal([]);
    const [told] = world.on('2026-03-10').letTimeAct();
    expect(told).to.deep.include({ event: 'application.overdue', by: 'system' });
    expect(told?.data).to.include({ kind: 'acceptance', due: '2026-03-09' });
    expect(told !== undefined && isSeenByApplicant(told)).to.equal(true);
    expect(names(world.on('2026-06-01'))).to.deep.equal([]);
    expect(actsOn(world.current)).to.equal(null);
    expect(world.current.deadlines[0], 'and moves nothing').to.include({ due: '2026-03-09', ended: null });
    world.does('reviewer', 'accept', {});
  });

  it('catches up after downtime, with each thing once', () => {
    const world = worldAt('authority');
    expect(names(world.on('2026-09-01'))).to.deep.equal(['overdue']);
    expect(names(world)).to.deep.equal([]);
  });

  it('tells again when an extended due day passes too', () => {
    const world = worldAt('authority');
    expect(names(world.on('2026-03-17'))).to.deep.equal(['overdue']);
    world.does('approver', 'extend', { reason: 'Two opinions are awaited.' });
    world.does('deputy', 'confirm-extension', {});
    expect(actsOn(world.current)).to.equal('2026-03-31');
    expect(names(world)).to.deep.equal([]);
    expect(names(world.on('2026-03-31'))).to.deep.equal(['overdue']);
  });

  it('never calls overdue what was done, or what stands while the ball is with someone else', () => {
    const done = worldAt('concluded');
    expect([actsOn(done.current), names(done.on('2027-01-01'))]).to.deep.equal([null, []]);
    const asked = worldAt('submitted');
    asked.does('reviewer', 'request-correction', DEFECTS);
    expect(names(asked.on('2026-03-11')), 'the clock of the acceptance stands').to.deep.equal([]);
  });

  it('abandons an unanswered correction after its last day, and only that', () => {
    const world = worldAt('submitted');
    world.does('reviewer', 'request-correction', DEFECTS);
    const due = world.current.deadlines.find(({ kind }) => kind === 'correction')?.due ?? '';
    expect(due).to.equal('2026-03-11');
    expect(names(world.on(due))).to.deep.equal([]);
    expect(names(world.on(addDays(due, 1)))).to.deep.equal(['abandoned']);
    expect(world.current).to.include({ state: 'abandoned', stage: null, assignee: null });
    expect(world.current.deadlines.every(({ ended }) => ended !== null)).to.equal(true);
    expect(world.fails('handler', 'submit', {}).code).to.equal('wrong-state');
    expect(allowedCommands(rules, world.current, world.facts('handler'))).to.deep.equal(['copy-as-new']);
  });

  it('gives the case back to the body when the third party was silent: the body decides', () => {
    const world = worldAt('authority');
    world.does('approver', 'consult', { with: 'Road company', question: 'Do you object?' });
    const [pause] = decision(world)?.pauses ?? [];
    expect(pause).to.deep.include({ kind: 'consultation', limit: 15, until: '2026-03-23', to: null });
    expect(actsOn(world.current)).to.equal('2026-03-24');
    expect(names(world.on('2026-03-23'))).to.deep.equal([]);
    expect(names(world.on('2026-03-24'))).to.deep.equal(['consultation-lapsed']);
    expect(world.current).to.include({ state: 'in-review', stage: 'authority' });
    expect(decision(world)?.pauses[0]?.to).to.equal('2026-03-23');
    expect(decision(world)?.due, 'ten working days without the fifteen').to.equal('2026-04-07');
    expect(waitingFor(rules, world.current, world.facts('handler'))?.role).to.equal('approver');
    expect(world.fails('approver', 'record-consultation', { view: 'too late' }).code).to.equal('wrong-state');
    world.does('approver', 'approve', {});
  });

  it('after long silence lapses the consultation and tells the due day in one breath', () => {
    const world = worldAt('holder');
    world.does('reviewer', 'consult', { with: 'Road company', question: 'Do you object?' });
    expect(names(world.on('2026-12-01'))).to.deep.equal(['consultation-lapsed', 'overdue']);
    expect(world.refolded()).to.deep.equal(world.current);
  });
});
