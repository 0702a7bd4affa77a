import { expect } from 'chai';
import { seedDatasets } from '../../../seeds/datasets.js';
import { PEOPLE, POSTS } from '../../../seeds/people.js';
import { principalOf } from '../../../seeds/seed-applications.js';
import { plannedSteps } from '../../../seeds/stories.js';
import { dayOf, startOfDay, weekday } from '../../../src/kernel/time.js';

const DAYS = ['2026-11-24', '2026-11-28', '2026-11-29', '2027-01-04', '2027-03-01'];

describe('seeds: people and their stories', () => {
  it('has an account for each role, with deputies who stand in for each other', () => {
    expect(PEOPLE.map(({ username }) => username).sort()).to.deep.equal(
      [
        'enterprise-a-handler',
        'enterprise-a-signatory',
        'enterprise-b-handler',
        'enterprise-b-signatory',
        'handler-health',
        'signatory-health',
        'studio',
        'citizen',
        'steward-transport',
        'steward-health',
        'officer',
        'officer-2',
        'reviewer-transport',
        'reviewer-health',
        'approver',
        'approver-deputy',
        'supervisor',
        'auditor',
        'admin',
        'admin-2',
      ].sort(),
    );
    const idOf = (username: string) => PEOPLE.find((person) => person.username === username)?.id;
    for (const [holder, deputy] of [
      ['approver', 'approver-deputy'],
      ['approver-deputy', 'approver'],
      ['officer', 'officer-2'],
    ])
      expect(POSTS.find((post) => post.holder === idOf(holder ?? ''))?.deputy).to.equal(idOf(deputy ?? ''));
    expect(
      POSTS.every((post) => PEOPLE.find(({ id }) => id === post.holder)?.organisation === post.organisation),
    ).to.equal(true);
    expect(principalOf('reviewer-health').roles).to.deep.equal(['reviewer']);
    expect(principalOf('studio').roles, 'whoever answers for it applies, too').to.deep.equal(['handler', 'signatory']);
  });

  it('tells every story in order, in the past, on working days of the week', () => {
    for (const today of DAYS) {
      const steps = plannedSteps(seedDatasets(today), today);
      expect(new Set(steps.map(({ story }) => story)).size).to.be.at.least(11);
      const last = new Map<string, number>();
      for (const [place, { at, story, act, by, request }] of steps.entries()) {
        expect(at, `${story} ${act.name}`).to.be.below(startOfDay(today));
        expect(at).to.be.at.least(steps[place - 1]?.at ?? 0);
        expect(at, `${story} ${act.name}`).to.be.greaterThan(last.get(story) ?? 0);
        expect(weekday(dayOf(at)), `${story} ${act.name} ${dayOf(at)}`).to.be.within(1, 5);
        expect(request.datasets.every(({ dataset }) => dataset.length === 26)).to.equal(true);
        expect(by).not.to.match(/enterprise-a/);
        last.set(story, at);
      }
    }
  });
});
