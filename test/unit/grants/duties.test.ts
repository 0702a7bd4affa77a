import { expect } from 'chai';
import fc from 'fast-check';
import { dueAt } from '../../../src/grants/domain/by-time.js';
import { create, decide, type GrantCommand } from '../../../src/grants/domain/decide.js';
import { firstOwed, owedOf } from '../../../src/grants/domain/duties.js';
import { evolve } from '../../../src/grants/domain/evolve.js';
import type { Approval, Grant, GrantCondition } from '../../../src/grants/domain/grant.js';
import { addDays, dayOf, endOfDay, type Instant, startOfDay } from '../../../src/kernel/time.js';

const START = startOfDay('2026-01-31');
const LAST = '2026-12-31';
const cadence = { kind: 'feedback-cadence', text: { en: 'Reports' }, validUntil: null };
const deletion = { kind: 'deletion-date', text: { en: 'Deleted' }, validUntil: null };
const DUE = [
  { ...cadence, everyMonths: 1 },
  { ...deletion, withinDays: 30 },
];

const approvalOf = (conditions: readonly GrantCondition[]): Approval => ({
  application: 'app',
  number: 'A-1',
  organisation: 'org',
  holder: 'holder',
  dataset: 'ds',
  items: [],
  purpose: 'research',
  scenario: 'A model',
  delivery: 'download',
  period: { from: '2026-01-31', to: LAST },
  members: [],
  quota: null,
  conditions,
});
function told(grant: Grant, command: GrantCommand, now: Instant): { grant: Grant; events: string[] } {
  const decided = decide(grant, command, now);
  if (!decided.ok) throw new Error(decided.error.code);
  const next = decided.value.reduce<Grant>((state, event) => evolve(state, event), grant);
  return { grant: next, events: decided.value.map(({ event }) => event) };
}
const after = (grant: Grant, command: GrantCommand, now: Instant): Grant => told(grant, command, now).grant;
const agreement = { template: 't', version: 1, hash: 'h', at: START };
const pending = (conditions: readonly GrantCondition[]) => evolve(null, create('g', approvalOf(conditions), START));
const active = (conditions: readonly GrantCondition[] = DUE): Grant =>
  after(pending(conditions), { kind: 'activate', agreement }, START);
const noon = (day: string): Instant => startOfDay(day) + 12 * 3_600_000;
const report: GrantCommand = { kind: 'report-use', text: 'A planner', products: [] };
const certify = (date: string): GrantCommand => ({ kind: 'certify-deletion', date, method: 'Overwritten' });
const time: GrantCommand = { kind: 'let-time-act' };
const by = (grant: Grant) => Object.fromEntries(owedOf(grant).map((owed) => [owed.duty, owed.by]));

describe('grants: what is owed', () => {
  it('is a report in so many months, from the start and then from the last one', () => {
    expect(by(active())).to.deep.equal({ 'report-use': '2026-02-28', 'certify-deletion': '2027-01-30' });
    expect(by(after(active(), report, noon('2026-02-10')))['report-use']).to.equal('2026-03-10');
  });

  it('goes on as it was when a later version of the agreement is accepted', () => {
    const anew = after(
      active(),
      { kind: 'activate', agreement: { ...agreement, version: 2, at: START + 9e8 } },
      START + 9e8,
    );
    expect(anew.agreement?.version).to.equal(2);
    expect(by(anew)).to.deep.equal(by(active()));
  });

  it('is nothing while nobody signed, where no term says by when, or where the data was never had', () => {
    expect(by(pending(DUE))).to.deep.equal({});
    expect(by(active([cadence, deletion]))).to.deep.equal({});
    const early = after(pending(DUE), { kind: 'activate', agreement: { ...agreement, at: START - 10 } }, START - 10);
    const unused = after(early, { kind: 'revoke', reason: 'r' }, START - 5);
    expect([by(unused), dueAt(unused)]).to.deep.equal([{}, null]);
  });

  it('is what the strictest of several conditions asks', () => {
    expect(by(active([...DUE, { ...cadence, kind: 'added', everyMonths: 3 }]))['report-use']).to.equal('2026-02-28');
    expect(
      by(
        active([
          { ...cadence, everyMonths: 6 },
          { ...cadence, everyMonths: 3 },
        ]),
      ),
    ).to.deep.equal({
      'report-use': '2026-04-30',
    });
  });

  it('is missed when its day is over, once; a late report is a report', () => {
    const last = endOfDay('2026-02-28');
    expect(told(active(), time, last - 1).events).to.deep.equal([]);
    const missed = told(active(), time, last);
    expect(missed.events).to.deep.equal(['grant.duty-missed']);
    expect(missed.grant.duties.missed).to.deep.equal([{ duty: 'report-use', by: '2026-02-28' }]);
    expect(
      told(missed.grant, time, noon('2026-05-01')).events,
      'told once, however long it stays undone',
    ).to.deep.equal([]);
    expect(firstOwed(missed.grant)).to.equal('2026-02-28');
    const late = after(missed.grant, report, noon('2026-03-05'));
    expect(firstOwed(late)).to.equal('2026-04-05');
    expect(told(late, time, endOfDay('2026-04-05')).events).to.deep.equal(['grant.duty-missed']);
  });

  it('outlasts the grant: the use since the last report, and the deletion', () => {
    const reported = after(active(), report, noon('2026-02-10'));
    const ended = after(reported, { kind: 'revoke', reason: 'r' }, noon('2026-02-20'));
    expect(by(ended)).to.deep.equal({ 'report-use': '2026-03-10', 'certify-deletion': '2026-03-22' });
    expect(dueAt(ended)).to.equal(endOfDay('2026-03-10'));
    const accounted = after(ended, report, noon('2026-02-21'));
    expect(by(accounted)).to.deep.equal({ 'certify-deletion': '2026-03-22' });
    const missed = told(accounted, time, endOfDay('2026-03-22'));
    expect([missed.events, dueAt(missed.grant)]).to.deep.equal([['grant.duty-missed'], null]);
    const deleted = after(missed.grant, certify('2026-03-25'), noon('2026-03-25'));
    expect([by(deleted), firstOwed(deleted)]).to.deep.equal([{}, null]);
  });

  it('passes to the grant that follows', () => {
    const to = { grant: 'next', kind: 'renewal', at: endOfDay(LAST) } as const;
    const followed = after(active(), { kind: 'give-way', to }, noon('2026-12-01'));
    expect(by(followed), 'what is in use is reported on').to.have.all.keys('report-use');
    const over = after(followed, time, endOfDay(LAST));
    expect([by(over), dueAt(over)]).to.deep.equal([{}, null]);
    const amended = after(active(), { kind: 'give-way', to: { ...to, kind: 'amendment', at: START + 9 } }, START + 9);
    expect(by(amended)).to.deep.equal({});
  });

  it('is never missed before its day is over, and each day once, whatever happens', () => {
    const step = fc.tuple(
      fc.nat(40),
      fc.constantFrom<'report' | 'suspend' | 'resume' | 'revoke' | 'nothing'>(
        'report',
        'suspend',
        'resume',
        'revoke',
        'nothing',
      ),
    );
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 40 }),
        fc.integer({ min: 1, max: 5 }),
        fc.nat(60),
        (steps, months, days) => {
          let grant = active([
            { ...cadence, everyMonths: months },
            { ...deletion, withinDays: days },
          ]);
          let now = START;
          const seen = new Set<string>();
          const commands: Readonly<Record<string, GrantCommand>> = {
            report,
            suspend: { kind: 'suspend', reason: 'r', until: null },
            resume: { kind: 'resume', reason: 'r' },
            revoke: { kind: 'revoke', reason: 'r' },
          };
          const act = (command: GrantCommand): void => {
            const decided = decide(grant, command, now);
            for (const event of decided.ok ? decided.value : []) {
              if (event.event === 'grant.duty-missed') {
                const key = `${event.data.duty} ${event.data.by}`;
                expect(seen.has(key), key).to.equal(false);
                expect(endOfDay(event.data.by)).to.be.at.most(now);
                seen.add(key);
              }
              grant = evolve(grant, event);
            }
          };
          for (const [wait, name] of steps) {
            now = noon(addDays(dayOf(now), wait));
            act(time);
            act(time);
            expect(dueAt(grant) ?? Infinity).to.be.greaterThan(now);
            for (const { duty, by: day } of owedOf(grant))
              expect(day < dayOf(now), 'overdue and missed are the same').to.equal(seen.has(`${duty} ${day}`));
            const command = commands[name];
            if (command !== undefined) act(command);
          }
        },
      ),
    );
  });
});
