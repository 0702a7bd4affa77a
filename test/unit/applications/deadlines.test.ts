import { expect } from 'chai';
import fc from 'fast-check';
import {
  countedDays,
  type Deadline,
  end,
  extend,
  isExtensible,
  isOverdue,
  isPaused,
  ledgerOf,
  nextDue,
  pause,
  pausesOf,
  reckon,
  resume,
  start,
} from '../../../src/applications/domain/deadlines.js';
import { Calendar } from '../../../src/applications/domain/calendar.js';
import { loadRules } from '../../../src/applications/policy-files.js';
import { addDays } from '../../../src/kernel/time.js';

const { clock } = loadRules('policies');
const only = (deadlines: readonly Deadline[]): Deadline => {
  const [first] = deadlines;
  if (first === undefined || deadlines.length > 1) throw new Error('expected one deadline');
  return first;
};

describe('deadlines', () => {
  it('count from the day after receipt, across Golden Week', () => {
    const decision = start(clock, 'decision', '2026-09-25');
    expect(decision.due).to.equal('2026-10-15');
    expect(decision.provisional).to.equal(false);
    expect(decision).to.include({ pack: 'cn-shanghai/1/shanghai-open', verified: false });
  });

  it('keep a ledger: each day counted or not, and why', () => {
    const ledger = ledgerOf(start(clock, 'acceptance', '2026-09-29'), clock.calendar);
    expect(ledger.map(({ day, counted, why }) => `${day.slice(5)} ${counted ? '+' : '-'} ${why}`)).to.deep.equal([
      '09-30 + working-day',
      '10-01 - holiday',
      '10-02 - holiday',
      '10-03 - holiday',
      '10-04 - holiday',
      '10-05 - holiday',
      '10-06 - holiday',
      '10-07 - holiday',
      '10-08 + working-day',
      '10-09 + working-day',
      '10-10 + make-up-day',
      '10-11 - weekend',
      '10-12 + working-day',
    ]);
  });

  it('are provisional when they run into a year that is not published', () => {
    expect(start(clock, 'decision', '2026-12-10').provisional).to.equal(false);
    expect(start(clock, 'decision', '2026-12-25').provisional).to.equal(true);
  });

  it('stand during a pause and run again from the day after the answer', () => {
    const running = [start(clock, 'acceptance', '2026-03-02')];
    expect(only(running).due).to.equal('2026-03-09');
    const paused = pause(clock, running, 'correction', '2026-03-03');
    expect(only(paused).due, 'projected to the end of the pause').to.equal('2026-03-18');
    expect(isPaused(only(paused), '2026-03-05')).to.equal(true);
    expect(nextDue(paused, '2026-03-05')).to.equal(null);
    const resumed = resume(clock, paused, 'correction', '2026-03-05');
    expect(only(resumed).due).to.equal('2026-03-11');
    expect(isPaused(only(resumed), '2026-03-05')).to.equal(false);
    expect(ledgerOf(only(resumed), clock.calendar).filter(({ why }) => why === 'paused-correction')).to.have.length(2);
    expect(pausesOf(resumed, 'correction')).to.equal(1);
  });

  it('run by themselves at the end of an unanswered pause', () => {
    const paused = pause(clock, [start(clock, 'acceptance', '2026-03-02')], 'correction', '2026-03-03');
    const { until } = only(paused).pauses[0] ?? { until: '' };
    expect(until).to.equal('2026-03-12');
    expect(isPaused(only(paused), addDays(until, 1))).to.equal(false);
    expect(isOverdue(only(paused), '2026-03-18')).to.equal(false);
    expect(isOverdue(only(paused), '2026-03-19')).to.equal(true);
    expect(only(resume(clock, paused, 'correction', '2026-03-20')).due, 'a late answer changes nothing').to.equal(
      '2026-03-18',
    );
  });

  it('are overdue by the day the step was done, or by today', () => {
    const open = [start(clock, 'acceptance', '2026-03-02')];
    expect(isOverdue(only(end(open, ['acceptance'], '2026-03-09')), '2026-06-01')).to.equal(false);
    expect(isOverdue(only(end(open, ['acceptance'], '2026-03-10')), '2026-06-01')).to.equal(true);
    expect(countedDays(only(open), clock.calendar, '2026-03-04')).to.equal(2);
  });

  it('law: a due day has exactly the limit of counted days, and is counted itself', () => {
    const day = fc.integer({ min: 0, max: 900 }).map((offset) => addDays('2024-01-01', offset));
    fc.assert(
      fc.property(
        day,
        fc.constantFrom('acceptance' as const, 'decision' as const),
        fc.nat(12),
        fc.nat(20),
        (from, kind, wait, rest) => {
          const begun = [start(clock, kind, from)];
          const asked = addDays(from, wait);
          const paused = pause(clock, begun, 'correction', asked);
          for (const one of [begun, paused, resume(clock, paused, 'correction', addDays(asked, rest))].map(only)) {
            const ledger = ledgerOf(one, clock.calendar);
            expect(ledger.filter(({ counted }) => counted)).to.have.length(one.limit);
            expect(ledger.at(-1)?.counted).to.equal(true);
            expect(reckon(one, clock.calendar), 'reckoning again moves nothing').to.deep.equal(one);
          }
          expect(only(paused).due >= only(begun).due).to.equal(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('law: whatever pauses, answers, extensions and published years come, the ledger adds up', () => {
    const act = fc.constantFrom('ask', 'answer', 'consult', 'view', 'extend', 'publish', 'wait' as const);
    const history = fc.array(fc.tuple(act, fc.nat(12)), { maxLength: 12 });
    const from = fc.integer({ min: 0, max: 3650 }).map((offset) => addDays('2018-01-01', offset));
    fc.assert(
      fc.property(from, history, (begun, steps) => {
        let today = begun;
        let calendar = clock.calendar;
        let deadlines = [start(clock, 'decision', begun)];
        for (const [what, days] of steps) {
          today = addDays(today, days);
          const before = only(deadlines);
          const on = { ...clock, calendar };
          if (what === 'ask' && !isPaused(before, today)) deadlines = pause(on, deadlines, 'correction', today);
          if (what === 'consult' && !isPaused(before, today)) deadlines = pause(on, deadlines, 'consultation', today);
          if (what === 'answer') deadlines = resume(on, deadlines, 'correction', today);
          if (what === 'view') deadlines = resume(on, deadlines, 'consultation', today);
          if (what === 'extend' && isExtensible(on, deadlines)) deadlines = extend(on, deadlines);
          if (what === 'publish') {
            calendar = everyYear;
            deadlines = deadlines.map((one) => reckon(one, calendar));
          }
          const after = only(deadlines);
          const ledger = ledgerOf(after, calendar);
          expect(ledger.filter(({ counted }) => counted)).to.have.length(after.limit);
          expect(ledger.at(-1)).to.include({ day: after.due, counted: true });
          expect(ledger.map(({ day }) => day)).to.deep.equal(ledger.map((_day, at) => addDays(begun, at + 1)));
          for (const { day, counted, why } of ledger)
            expect(counted, `${day} ${why}`).to.equal(why === 'working-day' || why === 'make-up-day');
          expect(after.provisional).to.equal(ledger.some(({ day }) => !calendar.isPublished(day)));
          expect(reckon(after, calendar), 'reckoning again moves nothing').to.deep.equal(after);
          const earlier = after.due < before.due;
          if (earlier)
            expect(['answer', 'view', 'publish'], 'only an answer or a calendar brings it forward').to.include(what);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('move the end of an open pause with the published calendar, and never that of a closed one', () => {
    const asked = pause(clock, [start(clock, 'decision', '2026-12-01')], 'consultation', '2026-12-21');
    expect(only(asked).pauses[0]?.until).to.equal('2027-01-11');
    const holidays = new Calendar('cn', [
      ...everyYearOf,
      { year: 2027, off: ['2027-01-01', '2027-01-04', '2027-01-05'], working: ['2027-01-09'] },
    ]);
    expect(reckon(only(asked), holidays).pauses[0]?.until).to.equal('2027-01-13');
    const answered = resume(clock, asked, 'consultation', '2026-12-24');
    expect(reckon(only(answered), holidays).pauses[0]).to.include({ to: '2026-12-24', until: '2027-01-11' });
  });
});

/** The published years and weekdays after them, as if all had been published. */
const everyYearOf = Array.from({ length: 20 }, (_, at) => ({ year: 2018 + at, off: [], working: [] }));
const everyYear = new Calendar('every year', [
  ...everyYearOf,
  { year: 2027, off: ['2027-02-08', '2027-02-09', '2027-10-01'], working: ['2027-02-06', '2027-10-09'] },
]);
