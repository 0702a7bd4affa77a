import { expect } from 'chai';
import { countedDays, firstStep } from '../../../src/applications/domain/deadlines.js';
import { loadDeadlines } from '../../../src/applications/policy-files.js';
import { dayOf } from '../../../src/kernel/time.js';
import { rules, World } from './world.js';

const table = loadDeadlines('policies', 'cn-shanghai', 1, 'disclosure-deadlines');
/** A world on the deadlines of requests for information, handed in on this day. */
function submitted(day: string): World {
  const world = new World().on(day);
  world.rules = { ...rules, clock: { ...rules.clock, table } };
  world.draft();
  world.does('handler', 'submit', {});
  return world;
}
const clocks = ({ current, rules: { clock }, now }: World) =>
  current.deadlines.map((one) => ({
    kind: one.kind,
    due: one.due,
    open: one.ended === null,
    days: countedDays(one, clock.calendar, dayOf(now)),
  }));

describe('the deadlines of requests for information', () => {
  it('are one clock, from receipt to the ruling: taking the case up changes nothing of it', () => {
    expect([firstStep(table), firstStep(rules.clock.table)]).to.deep.equal(['decision', 'acceptance']);
    const world = submitted('2026-03-02');
    const decision = { kind: 'decision', due: '2026-03-30', open: true };
    expect(clocks(world)).to.deep.equal([{ ...decision, days: 0 }]);
    world.on('2026-03-12').does('reviewer', 'accept', {});
    expect(clocks(world)).to.deep.equal([{ ...decision, days: 8 }]);
    expect(world.current.deadlines[0]).to.include({ pack: 'cn-shanghai/1/disclosure', verified: true });
    world.does('reviewer', 'claim', {});
    world.does('reviewer', 'advise', { recommendation: 'approve', remark: 'fits' });
    world.does('approver', 'approve', {});
    expect(clocks(world)).to.deep.equal([{ ...decision, open: false, days: 8 }]);
  });

  it('count a corrected request as if received on the day it is complete', () => {
    const world = submitted('2026-03-02');
    world.on('2026-03-04').does('reviewer', 'request-correction', { defects: [{ text: 'Which roads?' }] });
    world.on('2026-03-10').does('handler', 'submit', {});
    const [decision] = clocks(world);
    expect(decision).to.deep.equal({ kind: 'decision', due: '2026-04-08', open: true, days: 0 });
    world.on('2026-03-11').does('reviewer', 'accept', {});
    expect(clocks(world)[0]).to.deep.equal({ ...decision, days: 1 });
    expect(world.fails('reviewer', 'request-correction', { defects: [{ text: 'More' }] }).code).to.equal(
      'correction-spent',
    );
  });

  it('tell once that the only day has passed, accepted or not', () => {
    const world = submitted('2026-03-02');
    const told = world.on('2026-03-31').letTimeAct();
    expect(told.map(({ event }) => event)).to.deep.equal(['application.overdue']);
    expect(world.on('2026-04-01').letTimeAct()).to.deep.equal([]);
  });
});
