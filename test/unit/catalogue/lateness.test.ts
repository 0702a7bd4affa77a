import { expect } from 'chai';
import fc from 'fast-check';
import { blankRecord } from '../../../src/catalogue/domain/content.js';
import { type DatasetRecord, FREQUENCIES, type Frequency } from '../../../src/catalogue/domain/dataset.js';
import { dueDay, missedBefore, nextUpdateDue } from '../../../src/catalogue/domain/frequency.js';
import { latenessAt, markedLate, nextLook, OVERDUE, punctual } from '../../../src/catalogue/domain/lateness.js';
import { dated, evolve } from '../../../src/catalogue/domain/lifecycle.js';
import { isNoticed } from '../../../src/catalogue/domain/notices.js';
import { addDays, dayOf, endOfDay, startOfDay } from '../../../src/kernel/time.js';

const DAY = 86_400_000;
const promised = FREQUENCIES.filter((one) => nextUpdateDue(one, '2026-01-31') !== null);

const record = (updateFrequency: Frequency | null, lastUpdated: string | null, more: Partial<DatasetRecord> = {}) => ({
  ...blankRecord('D', 'D', 'P', startOfDay(lastUpdated ?? '2026-01-01')),
  state: 'listed' as const,
  updateFrequency,
  lastUpdated,
  ...more,
});
const at = (day: string, later = 12 * 3_600_000): number => startOfDay(day) + later;

describe('data that was not renewed when it should have been', () => {
  describe('days that were promised', () => {
    it('never drift: the n-th from the last of a month ends where that month ends', () => {
      const ends = [1, 2, 3, 12].map((n) => dueDay('monthly', '2026-01-31', n));
      expect(ends).to.deep.equal(['2026-02-28', '2026-03-31', '2026-04-30', '2027-01-31']);
      expect([dueDay('daily', '2026-01-31', 3), dueDay('weekly', '2026-01-31', 2)]).to.deep.equal([
        '2026-02-03',
        '2026-02-14',
      ]);
      for (const none of ['irregular', 'once'] as const) expect(dueDay(none, '2026-01-31', 1)).to.equal(null);
      expect(dueDay(null, '2026-01-31', 1)).to.equal(null);
      expect(dueDay('daily', null, 1)).to.equal(null);
    });

    it('are counted as missed exactly when they lie before the day', () => {
      fc.assert(
        fc.property(
          fc.constantFrom(...promised),
          fc.integer({ min: 0, max: 2000 }),
          fc.integer({ min: -40, max: 4000 }),
          (frequency, from, days) => {
            const last = addDays('2020-01-01', from);
            const day = addDays(last, days);
            const missed = missedBefore(frequency, last, day);
            if (missed > 0) expect((dueDay(frequency, last, missed) as string) < day).to.equal(true);
            expect((dueDay(frequency, last, missed + 1) as string) >= day).to.equal(true);
          },
        ),
      );
    });
  });

  it('is late on the day after, not on the day itself', () => {
    const monthly = record('monthly', '2026-01-31');
    expect(latenessAt(monthly, endOfDay('2026-02-28') - 1)).to.equal(null);
    expect(latenessAt(monthly, endOfDay('2026-02-28'))).to.deep.equal({
      kind: 'late',
      missed: { due: '2026-02-28', missed: 1 },
    });
  });

  it('is told once for each missed period, and once for all that were missed during downtime', () => {
    const told = markedLate(record('monthly', '2026-01-31'), { due: '2026-02-28', missed: 1 }, at('2026-03-01'));
    expect(latenessAt(told, at('2026-03-31'))).to.equal(null);
    expect(latenessAt(told, at('2026-04-01'))).to.deep.include({ kind: 'late' });
    expect(latenessAt(told, at('2026-07-02'))).to.deep.equal({
      kind: 'late',
      missed: { due: '2026-06-30', missed: 5 },
    });
    expect(told.notices).to.have.length(1);
    const again = markedLate(told, { due: '2026-06-30', missed: 5 }, at('2026-07-02'));
    expect(again.notices, 'one notice, the newest').to.have.length(1);
    expect(again.notices[0]?.text.en).to.contain('2026-06-30');
  });

  it('acts exactly once for each period, however often time is asked', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...promised),
        fc.array(fc.integer({ min: 1, max: 200 * 24 }), { minLength: 1, maxLength: 30 }),
        (frequency, hours) => {
          let now = startOfDay('2026-01-15');
          let state: DatasetRecord = record(frequency, '2026-01-15');
          const told: string[] = [];
          for (const later of hours) {
            now += later * 3_600_000;
            for (const _ of [1, 2]) {
              const lateness = latenessAt(state, now);
              if (lateness?.kind !== 'late') continue;
              told.push(lateness.missed.due);
              state = markedLate(state, lateness.missed, now);
            }
          }
          expect(new Set(told).size).to.equal(told.length);
          expect(told).to.deep.equal(told.toSorted());
          const missed = missedBefore(frequency, '2026-01-15', dayOf(now));
          expect(told.at(-1) ?? null).to.equal(missed === 0 ? null : dueDay(frequency, '2026-01-15', missed));
        },
      ),
    );
  });

  it('is looked for no sooner than time can do anything, and no later', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...FREQUENCIES),
        fc.integer({ min: 0, max: 900 }),
        fc.integer({ min: -300, max: 300 }),
        fc.option(fc.integer({ min: 0, max: 900 }), { nil: null }),
        (frequency, days, arrived, noticed) => {
          const bare = record(frequency, '2026-01-15', { createdAt: at(addDays('2026-01-15', arrived)) });
          const given =
            noticed === null
              ? bare
              : markedLate(bare, { due: '2026-01-15', missed: 1 }, at(addDays('2026-01-15', noticed)));
          const now = at(addDays('2026-01-15', days));
          const look = nextLook(given);
          if (latenessAt(given, now) !== null) expect(look).to.be.at.most(now);
          if (look === null || look > now) expect(latenessAt(given, now)).to.equal(null);
        },
      ),
    );
  });

  it('does not count what was missed before the record came into the catalogue', () => {
    const old = record('yearly', '2015-03-01', { createdAt: at('2026-11-20') });
    expect(latenessAt(old, at('2026-11-26'))).to.equal(null);
    expect(latenessAt(old, at('2027-03-01'))).to.equal(null);
    expect(latenessAt(old, at('2027-03-02'))).to.deep.equal({
      kind: 'late',
      missed: { due: '2027-03-01', missed: 12 },
    });
  });

  it('promises nothing as a draft, withdrawn, or without a frequency', () => {
    for (const none of [
      record('daily', '2026-01-31', { state: 'draft' }),
      record('daily', '2026-01-31', { state: 'withdrawn' }),
      record('once', '2026-01-31'),
      record(null, '2026-01-31'),
      record('daily', null),
    ])
      expect([nextLook(none), latenessAt(none, at('2030-01-01'))]).to.deep.equal([null, null]);
    expect(latenessAt(record('daily', '2026-01-31', { state: 'suspended' }), at('2026-03-01'))).to.not.equal(null);
  });

  describe('renewed', () => {
    const late = markedLate(record('monthly', '2026-01-31'), { due: '2026-02-28', missed: 1 }, at('2026-03-01'));
    const edit = (content: object) =>
      evolve(late, { event: 'dataset.changed', at: at('2026-03-05'), content: { ...content } });

    it('says so at once', () => {
      expect(isNoticed(edit({ lastUpdated: '2026-03-04' }), OVERDUE)).to.equal(false);
      expect(isNoticed(edit({ updateFrequency: 'irregular' }), OVERDUE), 'promises nothing any more').to.equal(false);
      expect(isNoticed(edit({ updateFrequency: 'yearly' }), OVERDUE)).to.equal(false);
    });

    it('is not by an edit of something else, or a renewal that is still too old', () => {
      expect(isNoticed(edit({ keywords: ['x'] }), OVERDUE)).to.equal(true);
      expect(isNoticed(edit({ lastUpdated: '2026-01-20' }), OVERDUE)).to.equal(true);
      expect(isNoticed(edit({ updateFrequency: 'weekly' }), OVERDUE)).to.equal(true);
    });

    it('keeps its other notices', () => {
      const suspended = { ...late, notices: [...late.notices, { code: 'suspended', text: {}, at: 0 }] };
      const renewed = dated({ ...suspended, lastUpdated: '2026-03-04' });
      expect(renewed.notices.map(({ code }) => code)).to.deep.equal(['suspended']);
      expect(punctual(suspended)).to.equal(suspended);
    });

    it('may be late anew', () => {
      const renewed = edit({ lastUpdated: '2026-03-04' });
      expect(latenessAt(renewed, at('2026-04-04'))).to.equal(null);
      expect(latenessAt(renewed, at('2026-04-04') + DAY)).to.deep.include({ kind: 'late' });
    });

    it('is noticed by time where no edit said so: withdrawn meanwhile', () => {
      expect(latenessAt({ ...late, state: 'withdrawn' }, at('2026-03-02'))).to.deep.equal({ kind: 'in-time' });
    });
  });
});
