import { expect } from 'chai';
import { addDays, dayOf, endOfDay, startOfDay } from '../../../src/kernel/time.js';
import {
  type Answer,
  answerBar,
  answered,
  DEMAND_REFUSALS,
  type Demand,
  demandEvent,
  evolve,
  overdue,
  termOf,
} from '../../../src/supervision/domain/demand.js';
import { loadDemandRules } from '../../../src/supervision/index.js';

const NOW = startOfDay('2026-12-01') + 9 * 3_600_000;
const demand = (): Demand =>
  evolve(
    'd',
    null,
    demandEvent('demand.made', NOW, {
      title: 'Noise by street',
      description: 'For a map',
      dataset: null,
      holder: 'holder',
      person: null,
      organisation: null,
      due: '2026-12-22',
    }),
  );
const STEWARD = { person: 's', organisation: 'holder', roles: ['steward' as const] };
const answer = (more: Partial<Answer>): Answer => ({
  outcome: 'planned',
  text: 'In spring',
  reason: null,
  dataset: null,
  plannedBy: null,
  ...more,
});
const outcomeOf = (before: Demand, more: Partial<Answer>, open = true): string => {
  const event = answered(before, STEWARD, answer(more), NOW, open);
  return event.ok ? evolve('d', before, event.value).state : (event.error.errors?.[0]?.pointer ?? event.error.code);
};

describe('a demand', () => {
  it('is answered by the steward of the body asked, and by nobody else', () => {
    expect(answerBar(demand(), STEWARD)).to.equal(null);
    expect(answerBar(demand(), { ...STEWARD, organisation: 'other' })?.code).to.equal('forbidden');
    expect(answerBar(demand(), { ...STEWARD, roles: ['reviewer'] })?.code).to.equal('forbidden');
  });

  it('takes with each outcome what it needs, and nothing else', () => {
    const before = demand();
    expect(outcomeOf(before, {})).to.equal('planned');
    expect(outcomeOf(before, { plannedBy: dayOf(NOW) })).to.equal('planned');
    expect(outcomeOf(before, { plannedBy: addDays(dayOf(NOW), -1) })).to.equal('/plannedBy');
    expect(outcomeOf(before, { outcome: 'refused' })).to.equal('/reason');
    expect(outcomeOf(before, { outcome: 'refused', reason: 'secrets' })).to.equal('refused');
    expect(outcomeOf(before, { reason: 'secrets' })).to.equal('/reason');
    expect(outcomeOf(before, { outcome: 'refused', reason: 'secrets', plannedBy: '2027-01-01' })).to.equal(
      '/plannedBy',
    );
    for (const outcome of ['there', 'opened'] as const) {
      expect(outcomeOf(before, { outcome })).to.equal('/dataset');
      expect(outcomeOf(before, { outcome, dataset: 'ds' })).to.equal(outcome);
      expect(outcomeOf(before, { outcome, dataset: 'ds' }, false), 'a link that leads nowhere').to.equal('/dataset');
    }
    expect(outcomeOf(before, { dataset: 'ds' })).to.equal('/dataset');
  });

  it('that was planned leads on to its end, once; what has ended stays', () => {
    const given = (before: Demand, more: Partial<Answer>): Demand => {
      const event = answered(before, STEWARD, answer(more), NOW, true);
      if (!event.ok) throw new Error(event.error.code);
      return evolve('d', before, event.value);
    };
    const planned = given(demand(), {});
    expect(outcomeOf(planned, {})).to.equal('/outcome');
    const opened = given(planned, { outcome: 'opened', dataset: 'ds' });
    expect(opened.answers.map(({ outcome }) => outcome)).to.deep.equal(['planned', 'opened']);
    expect(outcomeOf(opened, { outcome: 'refused', reason: 'other' })).to.equal('demand-state');
  });

  it('is told once to be overdue, after the whole of its last day, and only while it waits', () => {
    const before = demand();
    expect(overdue(before, endOfDay('2026-12-22') - 1)).to.equal(null);
    const event = overdue(before, endOfDay('2026-12-22'));
    expect(event?.event).to.equal('demand.overdue');
    const told = evolve('d', before, event!);
    expect([told.state, overdue(told, endOfDay('2027-12-22'))]).to.deep.equal(['waiting', null]);
    const planned = answered(before, STEWARD, answer({}), NOW, true);
    expect(planned.ok && overdue(evolve('d', before, planned.value), endOfDay('2027-12-22'))).to.equal(null);
  });

  it('gives a public body the time of the law for what is in no catalogue, and everyone else the adopted one', () => {
    const rules = loadDemandRules('policies');
    const of = (asked: Parameters<typeof termOf>[1], given = rules) => {
      const { limit, verified } = termOf(given, asked);
      return [limit, verified];
    };
    expect(of({ body: true, dataset: null })).to.deep.equal([15, true]);
    expect(of({ body: true, dataset: 'd' }), 'what is listed and not open').to.deep.equal([15, false]);
    expect(of({ dataset: null })).to.deep.equal([15, false]);
    const { uncatalogued: _left, ...older } = { ...rules, limit: 7 };
    expect(of({ body: true, dataset: null }, older), 'policies that say nothing of it').to.deep.equal([7, false]);
  });

  it('has a refusal text in both languages for every code', () => {
    const { refusals } = loadDemandRules('policies');
    for (const code of DEMAND_REFUSALS) expect(refusals[code].text, code).to.have.keys('en', 'zh');
  });
});
