import { expect } from 'chai';
import { waitingFor } from '../../../src/applications/domain/turn.js';
import { rules, World, worldAt } from './world.js';

const approve = {};

describe('separation of duties', () => {
  it('keeps the applicant’s side from every ruling', () => {
    for (const who of ['handler', 'signatory'] as const) {
      expect(worldAt('submitted').fails(who, 'accept', {}).code).to.equal('applicant-side');
      expect(worldAt('authority').fails(who, 'approve', approve).code).to.equal('applicant-side');
      expect(worldAt('authority').fails(who, 'refuse', { reasons: [] }).code).to.equal('applicant-side');
    }
  });

  it('keeps people of the applicant’s parent out', () => {
    expect(worldAt('submitted').fails('reviewer-of-parent', 'accept', {}).code).to.equal('applicant-side');
  });

  it('keeps members of the application out', () => {
    const world = new World();
    world.draft('handler', { members: ['approver'] });
    world.does('handler', 'submit', {});
    world.does('reviewer', 'accept', {});
    world.does('reviewer', 'claim', {});
    world.does('reviewer', 'advise', { recommendation: 'approve', remark: '' });
    expect(world.fails('approver', 'approve', approve).code).to.equal('applicant-side');
    world.does('deputy', 'approve', approve);
  });

  it('counts a relation that arises later', () => {
    const world = worldAt('authority');
    world.applicant = { ...world.applicant, parent: 'authority' };
    expect(world.fails('approver', 'approve', approve).code).to.equal('applicant-side');
  });

  it('lets one person act at one stage only', () => {
    const world = worldAt('submitted');
    world.does('both-stages', 'accept', {});
    world.does('reviewer', 'claim', {});
    world.does('reviewer', 'advise', { recommendation: 'approve', remark: '' });
    expect(world.fails('both-stages', 'approve', approve).code).to.equal('same-person-twice');
    world.does('approver', 'approve', approve);
  });

  it('does not let the holder’s reviewer rule at the authority', () => {
    expect(worldAt('authority').fails('reviewer', 'approve', approve).code).to.equal('command-not-yours');
  });

  it('takes a declared conflict at its word, and frees the case', () => {
    const world = worldAt('holder');
    world.does('reviewer', 'claim', {});
    world.does('reviewer', 'declare-conflict', { text: 'My sister works there.' });
    expect(world.current.assignee).to.equal(null);
    expect(world.fails('reviewer', 'claim', {}).code).to.equal('declared-conflict');
    expect(world.fails('reviewer', 'declare-conflict', { text: 'again' }).code).to.equal('declared-conflict');
    world.does('reviewer-2', 'claim', {});
  });

  it('lets a deputy step in', () => {
    const world = worldAt('authority');
    world.does('approver', 'declare-conflict', { text: 'Former employer.' });
    world.does('deputy', 'approve', approve);
    expect(world.current.state).to.equal('approved');
  });

  it('passes a stage to the authority’s substitute when nobody eligible remains, and says so', () => {
    const world = worldAt('authority');
    for (const who of ['approver', 'deputy', 'both-stages'] as const)
      world.does(who, 'declare-conflict', { text: 'related' });
    const last = world.events.at(-1);
    expect(last).to.deep.include({ event: 'application.passed', by: 'system' });
    expect(last?.data).to.deep.equal({
      stage: 'authority',
      to: { role: 'officer', organisation: 'authority' },
      why: 'nobody-eligible',
    });
    expect(waitingFor(rules, world.current, world.facts('handler'))).to.deep.equal({
      role: 'officer',
      organisation: 'authority',
    });
    expect(world.fails('approver', 'approve', approve).code).to.equal('declared-conflict');
    world.does('officer', 'approve', approve);
  });

  it('passes the holder’s stage to the approver, who then leaves the ruling to the deputy', () => {
    const world = worldAt('draft');
    for (const who of ['reviewer', 'reviewer-2', 'both-stages'] as const) world.vacant.add(who);
    world.does('handler', 'submit', {});
    expect(world.current.passed.holder).to.deep.equal({ role: 'approver', organisation: 'authority' });
    world.does('approver', 'accept', {});
    world.does('approver', 'claim', {});
    world.does('approver', 'advise', { recommendation: 'approve', remark: '' });
    expect(world.fails('approver', 'approve', approve).code).to.equal('same-person-twice');
    world.does('deputy', 'approve', approve);
  });

  it('notices a post that fell vacant in the middle', () => {
    const world = worldAt('holder');
    for (const who of ['reviewer', 'reviewer-2', 'both-stages'] as const) world.vacant.add(who);
    expect(waitingFor(rules, world.current, world.facts('handler'))?.role).to.equal('approver');
    world.does('deputy', 'claim', {});
    expect(world.events.slice(-2).map(({ event }) => event)).to.deep.equal([
      'application.passed',
      'application.claimed',
    ]);
    expect(world.current.assignee).to.equal('deputy');
  });

  it('keeps the other stage’s officers, and the applicant’s side, from recording a third party’s view', () => {
    const asked = (at: 'holder' | 'authority', who: 'reviewer' | 'approver') => {
      const world = worldAt(at);
      world.does(who, 'consult', { with: 'Road company', question: 'Do you object?' });
      return world;
    };
    const view = { view: 'No objection.' };
    expect(asked('authority', 'approver').fails('reviewer', 'record-consultation', view).code).to.equal(
      'command-not-yours',
    );
    expect(asked('holder', 'reviewer').fails('approver', 'record-consultation', view).code).to.equal(
      'command-not-yours',
    );
    for (const at of ['holder', 'authority'] as const) {
      const world = asked(at, at === 'holder' ? 'reviewer' : 'approver');
      const { code } = world.fails('reviewer-of-parent', 'record-consultation', view);
      expect(code, at).to.equal(at === 'holder' ? 'applicant-side' : 'command-not-yours');
    }
  });

  it('counts every act at a stage, not only rulings', () => {
    const proposed = worldAt('holder');
    proposed.does('both-stages', 'extend', { reason: 'Two opinions are awaited.' });
    const confirmed = worldAt('holder');
    confirmed.does('reviewer', 'extend', { reason: 'Two opinions are awaited.' });
    confirmed.does('both-stages', 'confirm-extension', {});
    const recorded = worldAt('holder');
    recorded.does('reviewer', 'consult', { with: 'Road company', question: 'Do you object?' });
    recorded.does('both-stages', 'record-consultation', { view: 'No objection.' });
    for (const world of [proposed, confirmed, recorded]) {
      world.does('reviewer', 'claim', {});
      world.does('reviewer', 'advise', { recommendation: 'approve', remark: '' });
      expect(world.fails('both-stages', 'approve', approve).code).to.equal('same-person-twice');
      world.does('approver', 'approve', approve);
    }
  });

  it('hands a case on only to someone who may rule on it', () => {
    const world = worldAt('authority');
    world.does('deputy', 'declare-conflict', { text: 'related' });
    world.does('approver', 'claim', {});
    for (const to of ['deputy', 'handler', 'reviewer', 'officer', 'approver', 'nobody'])
      expect(world.fails('approver', 'reassign', { to }).code, to).to.equal('no-successor');
    world.does('approver', 'reassign', { to: 'both-stages' });
    world.does('both-stages', 'declare-conflict', { text: 'related too' });
    expect(world.current.assignee, 'a conflict frees the case').to.equal(null);
  });

  it('frees a claim whose holder comes to stand on the applicant’s side', () => {
    const world = worldAt('authority');
    world.does('approver', 'claim', {});
    expect(world.fails('deputy', 'approve', approve).code).to.equal('claimed-by-another');
    world.does('handler', 'add-member', { subject: 'staff-1' });
    world.vacant.add('approver');
    world.does('deputy', 'approve', approve);
  });

  it('tells who tries in vain when even the substitute is in conflict: nobody rules, and the case says whose it is', () => {
    const world = worldAt('authority');
    for (const who of ['approver', 'deputy', 'both-stages', 'officer'] as const)
      world.does(who, 'declare-conflict', { text: 'related' });
    for (const who of ['approver', 'deputy', 'both-stages', 'officer'] as const)
      expect(world.fails(who, 'approve', approve).code, who).to.equal('declared-conflict');
    expect(waitingFor(rules, world.current, world.facts('handler'))).to.include({ role: 'officer' });
    expect(world.events.filter(({ event }) => event === 'application.passed')).to.have.length(1);
  });
});
