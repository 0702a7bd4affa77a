import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadCalendar, loadDeadlines, loadRules, PolicyFault } from '../../../src/applications/policy-files.js';
import { Calendar } from '../../../src/applications/domain/calendar.js';
import { addDays, type Day, weekday } from '../../../src/kernel/time.js';

const POLICIES = 'policies';
const OFFICIAL = '../shared/data/calendar';
const official = existsSync(OFFICIAL) ? OFFICIAL : undefined;

interface OfficialDay {
  readonly date: Day;
  readonly isOffDay: boolean;
}

/** Reads the published files as they are, and nothing of the product. */
const publishedDays = (folder: string): Map<Day, boolean> =>
  new Map(
    [2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026].flatMap((year) => {
      const file = JSON.parse(readFileSync(join(folder, `${year}.json`), 'utf8')) as { days: OfficialDay[] };
      return file.days.map(({ date, isOffDay }): [Day, boolean] => [date, !isOffDay]);
    }),
  );

describe('calendar', () => {
  const calendar = loadCalendar(POLICIES, 'cn');

  it('has 248 working days in 2026, against 261 Mondays to Fridays', () => {
    let working = 0;
    let weekdays = 0;
    for (let day = '2026-01-01'; day <= '2026-12-31'; day = addDays(day, 1)) {
      if (calendar.isWorking(day)) working++;
      if (weekday(day) > 0 && weekday(day) < 6) weekdays++;
    }
    expect([working, weekdays]).to.deep.equal([248, 261]);
  });

  it('tells why a day counts or not', () => {
    expect(calendar.kindOf('2026-10-01')).to.equal('holiday');
    expect(calendar.kindOf('2026-10-10')).to.equal('make-up-day');
    expect(calendar.kindOf('2026-10-11')).to.equal('weekend');
    expect(calendar.kindOf('2026-10-12')).to.equal('working-day');
  });

  it('reads the days a notice moves in the year before', () => {
    expect(calendar.kindOf('2018-12-29')).to.equal('make-up-day');
    expect(calendar.kindOf('2018-12-31')).to.equal('holiday');
    expect(calendar.kindOf('2022-12-31')).to.equal('holiday');
  });

  it('knows which years are published', () => {
    expect(calendar.isPublished('2018-01-01')).to.equal(true);
    expect(calendar.isPublished('2026-12-31')).to.equal(true);
    expect(calendar.isPublished('2027-01-01')).to.equal(false);
    expect([calendar.publishedAfter('2026-12-01'), calendar.publishedAfter('2025-12-31')]).to.deep.equal([30, 365]);
    expect([calendar.publishedAfter('2026-12-31'), calendar.publishedAfter('2027-01-01')]).to.deep.equal([0, 0]);
  });

  it('agrees with the official files for every start of 2018 to 2026 and every limit of the pack', function () {
    if (official === undefined) {
      console.log('      skipped: ../shared/data/calendar is absent');
      return this.skip();
    }
    this.timeout(240_000);
    const published = publishedDays(official);
    const works = (day: Day): boolean => published.get(day) ?? (weekday(day) !== 0 && weekday(day) !== 6);
    const wrong: string[] = [];
    let pairs = 0;
    for (let start = '2018-01-01'; start <= '2026-12-31'; start = addDays(start, 1)) {
      const naive: Day[] = [];
      for (let day = addDays(start, 1); naive.length < 20 && day <= '2026-12-31'; day = addDays(day, 1)) {
        if (works(day)) naive.push(day);
      }
      for (const [index, due] of naive.entries()) {
        if (calendar.after(start, index + 1) !== due) wrong.push(`${start} + ${index + 1}`);
        pairs++;
      }
    }
    expect(wrong).to.deep.equal([]);
    expect(pairs).to.be.greaterThan(60_000);
  });

  it('would disagree without the make-up days: the comparison can fail', () => {
    const weekdaysOnly = new Calendar('none', [{ year: 2026, off: [], working: [] }]);
    expect(weekdaysOnly.after('2026-09-30', 5)).to.equal('2026-10-07');
    expect(calendar.after('2026-09-30', 5)).to.equal('2026-10-13');
  });
});

describe('policy files of applications', () => {
  it('load and hold their schemas', () => {
    const rules = loadRules(POLICIES);
    expect(rules.clock.table.steps.acceptance?.limit).to.equal(5);
    expect(rules.workflow.source.workflow).to.equal('opening');
  });

  it('name the file and the fault otherwise', () => {
    expect(() => loadDeadlines('test/fixtures/applications', 'broken', 1)).to.throw(
      PolicyFault,
      /packs\/broken\/1\/deadlines.yaml: .*\/steps\/decision\/limit must be >= 1/,
    );
  });
});
