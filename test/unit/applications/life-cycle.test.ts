import { expect } from 'chai';
import { allowedCommands, editBar } from '../../../src/applications/domain/decide.js';
import { isSeenByApplicant } from '../../../src/applications/domain/events.js';
import { sees } from '../../../src/applications/domain/separation.js';
import { receiptOf, waitingFor } from '../../../src/applications/domain/turn.js';
import { addDays, startOfDay } from '../../../src/kernel/time.js';
import { rules, World, worldAt } from './world.js';

const allowed = (world: World, who: Parameters<World['facts']>[0]) =>
  allowedCommands(rules, world.current, world.facts(who));
const turn = (world: World) => waitingFor(rules, world.current, world.facts('handler'));

describe('application life cycle', () => {
  it('walks the default route to a concluded application', () => {
    const world = worldAt('concluded');
    expect(world.events.map(({ event }) => event.replace('application.', ''))).to.deep.equal([
      'created',
      'submitted',
      'accepted',
      'claimed',
      'advised',
      'approved',
      'agreement-accepted',
      'concluded',
    ]);
    expect(world.current).to.include({ state: 'concluded', stage: null, number: 'TG-2026-000001' });
    expect(world.current.accepted).to.include({ template: 'template', version: 1, hash: 'h1', by: 'signatory' });
    expect(world.refolded()).to.deep.equal(world.current);
  });

  it('says at each step whose turn it is', () => {
    expect(turn(worldAt('draft'))).to.deep.equal({ role: 'handler', organisation: 'enterprise' });
    expect(turn(worldAt('submitted'))).to.deep.equal({ role: 'reviewer', organisation: 'transport' });
    expect(turn(worldAt('holder'))).to.deep.equal({ role: 'reviewer', organisation: 'transport' });
    expect(turn(worldAt('authority'))).to.deep.equal({ role: 'approver', organisation: 'authority' });
    expect(turn(worldAt('approved'))).to.deep.equal({ role: 'signatory', organisation: 'enterprise' });
    expect(turn(worldAt('concluded'))).to.equal(null);
  });

  it('hands a receipt at submission: number, what next, who, by when', () => {
    const world = worldAt('submitted');
    expect(receiptOf(rules, world.current, world.facts('handler'))).to.deep.equal({
      number: 'TG-2026-000001',
      receivedAt: world.now,
      next: 'acceptance',
      waitingFor: { role: 'reviewer', organisation: 'transport' },
      due: '2026-03-09',
    });
  });

  it('advertises to each party its own commands', () => {
    expect(allowed(worldAt('draft'), 'handler')).to.deep.equal(['submit', 'withdraw', 'add-member']);
    expect(allowed(worldAt('submitted'), 'reviewer')).to.include.members([
      'accept',
      'claim',
      'request-correction',
      'ask',
    ]);
    expect(allowed(worldAt('holder'), 'reviewer')).to.not.include('advise');
    expect(allowed(worldAt('authority'), 'approver')).to.include.members(['approve', 'refuse', 'claim', 'ask']);
    expect(allowed(worldAt('approved'), 'signatory')).to.include('accept-agreement');
    expect(allowed(worldAt('approved'), 'handler')).to.not.include('accept-agreement');
    expect(allowed(worldAt('concluded'), 'handler')).to.deep.equal(['copy-as-new']);
    expect(allowed(worldAt('authority'), 'supervisor')).to.deep.equal([]);
  });

  it('keeps a case from other organisations, and a draft from everyone else', () => {
    const world = worldAt('submitted');
    for (const who of ['rival', 'citizen', 'reviewer-health', 'officer'] as const) {
      expect(sees(rules, world.current, world.facts(who)), who).to.equal(false);
      expect(world.fails(who, 'approve', {}).code, who).to.equal('not-found');
    }
    for (const who of ['reviewer', 'approver', 'deputy', 'supervisor', 'auditor', 'signatory'] as const) {
      expect(sees(rules, world.current, world.facts(who)), who).to.equal(true);
      expect(sees(rules, worldAt('draft').current, world.facts(who)), who).to.equal(who === 'signatory');
    }
  });

  it('tells a command that is not yours from one that is not possible now', () => {
    const world = worldAt('submitted');
    expect(world.fails('supervisor', 'approve', {}).code).to.equal('command-not-yours');
    expect(world.fails('handler', 'approve', {}).code).to.equal('applicant-side');
    expect(world.fails('signatory', 'submit', {}).code).to.equal('command-not-yours');
    expect(world.fails('approver', 'approve', {}).code).to.equal('wrong-state');
    expect(world.fails('handler', 'submit', {}).code).to.equal('wrong-state');
  });

  it('lets one officer work on a case at a time', () => {
    const world = worldAt('holder');
    expect(world.fails('reviewer', 'advise', { recommendation: 'approve', remark: '' }).code).to.equal('not-claimed');
    world.does('reviewer', 'claim', {});
    expect(world.fails('reviewer', 'claim', {}).code).to.equal('already-claimed');
    expect(world.fails('reviewer-2', 'claim', {}).code).to.equal('claimed-by-another');
    expect(world.fails('reviewer-2', 'ask', { text: 'Which server?' }).code).to.equal('claimed-by-another');
    expect(world.fails('reviewer', 'reassign', { to: 'reviewer-of-parent' }).code).to.equal('no-successor');
    world.does('reviewer', 'reassign', { to: 'reviewer-2' });
    world.does('reviewer-2', 'release', {});
    expect(world.fails('reviewer-2', 'release', {}).code).to.equal('not-claimed');
    expect(world.current.assignee).to.equal(null);
  });

  it('asks for correction once, all defects at once, and the clock stands meanwhile', () => {
    const world = worldAt('submitted');
    world.now = startOfDay('2026-03-03') + 1;
    world.does('reviewer', 'request-correction', {
      defects: [{ pointer: '/securityPlan', text: 'Where is it stored?' }],
    });
    expect(world.current.state).to.equal('needs-correction');
    expect(turn(world)).to.deep.equal({ role: 'handler', organisation: 'enterprise' });
    expect(world.fails('reviewer', 'accept', {}).code).to.equal('wrong-state');
    expect(editBar(rules, world.current, world.facts('handler'))).to.equal(null);
    expect(editBar(rules, world.current, world.facts('signatory'))?.code).to.equal('command-not-yours');
    world.now = startOfDay('2026-03-05') + 1;
    world.does('handler', 'submit', {});
    expect(world.current).to.include({ state: 'submitted', number: 'TG-2026-000001' });
    expect(world.current.deadlines.map(({ kind, due, ended }) => [kind, due, ended])).to.deep.equal([
      ['acceptance', '2026-03-11', null],
      ['correction', '2026-03-12', '2026-03-05'],
    ]);
    expect(world.fails('reviewer', 'request-correction', { defects: [] }).code).to.equal('correction-spent');
  });

  it('returns to review after a correction asked for during review', () => {
    const world = worldAt('holder');
    world.does('reviewer', 'request-correction', { defects: [{ text: 'Name the members.' }] });
    world.does('handler', 'submit', {});
    expect(world.current).to.include({ state: 'in-review', stage: 'holder' });
  });

  it('carries questions and answers in order', () => {
    const world = worldAt('holder');
    expect(world.fails('handler', 'answer', { text: 'Yes.' }).code).to.equal('no-open-question');
    world.does('reviewer', 'ask', { text: 'Who will use it?' });
    world.does('handler', 'answer', { text: 'Two analysts.' });
    expect(world.current.questions).to.deep.equal([{ number: 1, answered: true }]);
    expect(allowed(world, 'handler')).to.not.include('answer');
  });

  it('drops inner events from the applicant’s view', () => {
    const world = worldAt('authority');
    world.does('approver', 'remark', { text: 'Check the second annex.', private: true });
    world.does('approver', 'remark', { text: 'Thank you for the plan.', private: false });
    expect(world.fails('handler', 'remark', { text: 'Hello', private: true }).code).to.equal('private-remark');
    expect(world.events.filter(isSeenByApplicant).map(({ event }) => event.replace('application.', ''))).to.deep.equal([
      'created',
      'submitted',
      'accepted',
      'remarked',
    ]);
  });

  it('refuses with coded reasons and ends there', () => {
    const world = worldAt('authority');
    world.does('approver', 'refuse', {
      reasons: [{ code: 'purpose-not-covered', text: 'Advertising is not covered.' }],
    });
    expect(world.current.state).to.equal('refused');
    expect(world.current.deadlines.every(({ ended }) => ended !== null)).to.equal(true);
    expect(world.fails('handler', 'withdraw', {}).code).to.equal('wrong-state');
  });

  it('signs only the version and hash in force', () => {
    const world = worldAt('approved');
    world.agreement = { template: 'template', version: 2, hash: 'h2' };
    expect(world.fails('signatory', 'accept-agreement', { version: 1, hash: 'h1' }).code).to.equal('agreement-changed');
    expect(world.fails('signatory', 'accept-agreement', { version: 2, hash: 'h1' }).code).to.equal('agreement-changed');
    world.does('signatory', 'accept-agreement', { version: 2, hash: 'h2' });
    expect(world.current.accepted?.version).to.equal(2);
  });

  it('lets a natural person apply and sign for themselves', () => {
    const world = new World();
    world.applicant = { id: 'citizen-self', kind: 'person', active: true, parent: null };
    world.draft('citizen');
    expect(turn(world)).to.deep.equal({ role: 'citizen', organisation: 'citizen-self' });
    world.does('citizen', 'submit', {});
    world.does('reviewer', 'accept', {});
    world.does('reviewer', 'claim', {});
    world.does('reviewer', 'advise', { recommendation: 'approve', remark: '' });
    world.does('approver', 'approve', {});
    world.does('citizen', 'accept-agreement', { version: 1, hash: 'h1' });
    expect(world.current.state).to.equal('concluded');
  });

  it('stops a suspended applicant from submitting and signing, and officers from approving for it', () => {
    const suspend = (world: World): World => {
      world.applicant = { ...world.applicant, active: false };
      return world;
    };
    expect(suspend(worldAt('draft')).fails('handler', 'submit', {}).code).to.equal('applicant-suspended');
    expect(suspend(worldAt('authority')).fails('approver', 'approve', {}).code).to.equal('applicant-suspended');
    const signing = { version: 1, hash: 'h1' };
    expect(suspend(worldAt('approved')).fails('signatory', 'accept-agreement', signing).code).to.equal(
      'applicant-suspended',
    );
    suspend(worldAt('approved')).does('handler', 'withdraw', {});
  });

  it('does not approve when the period has passed', () => {
    const world = worldAt('authority');
    world.now = startOfDay(addDays(world.current.request.period.to, 1));
    expect(world.fails('approver', 'approve', {}).code).to.equal('period-over');
    expect(allowed(world, 'approver')).to.include('refuse').and.not.include('approve');
  });

  it('lets the clock stand while a third party is asked, once, and returns to the same stage', () => {
    const world = worldAt('authority');
    const due = () => world.current.deadlines.find(({ kind }) => kind === 'decision')?.due;
    const before = due();
    world.does('approver', 'consult', { with: 'Road company', question: 'Do you object?' });
    expect(world.current).to.include({ state: 'consulting', stage: 'authority' });
    expect(world.fails('approver', 'approve', {}).code).to.equal('wrong-state');
    world.now += 2 * 86_400_000;
    world.does('approver', 'record-consultation', { view: 'No objection.' });
    expect(world.current).to.include({ state: 'in-review', stage: 'authority' });
    expect([before, due()]).to.deep.equal(['2026-03-16', '2026-03-18']);
    expect(world.fails('approver', 'consult', { with: 'x', question: 'y' }).code).to.equal('consultation-spent');
  });

  it('extends once, when a second person confirms, and tells the applicant why', () => {
    const world = worldAt('authority');
    world.does('approver', 'claim', {});
    world.does('approver', 'extend', { reason: 'Two opinions are awaited.' });
    expect(world.current.deadlines.at(-1)?.due, 'a proposal moves nothing').to.equal('2026-03-16');
    expect(world.fails('approver', 'confirm-extension', {}).code).to.equal('second-person');
    expect(world.fails('handler', 'confirm-extension', {}).code).to.equal('applicant-side');
    world.does('deputy', 'confirm-extension', {});
    expect(world.current.deadlines.at(-1)).to.include({ due: '2026-03-30', limit: 20, extensions: 1 });
    const told = world.events.filter(isSeenByApplicant).at(-1);
    expect(told?.data).to.include({ reason: 'Two opinions are awaited.', proposedBy: 'approver' });
    expect(world.fails('approver', 'extend', { reason: 'again' }).code).to.equal('extension-spent');
  });

  it('adds members of the applicant, who then decide nothing', () => {
    const world = worldAt('submitted');
    world.does('handler', 'add-member', { subject: 'staff-1' });
    expect(world.fails('handler', 'add-member', { subject: 'staff-1' }).code).to.equal('already-member');
    expect(world.fails('handler', 'add-member', { subject: 'reviewer' }).code).to.equal('unknown-member');
    world.does('handler', 'remove-member', { subject: 'staff-1' });
    expect(world.current.request.members).to.deep.equal([]);
  });

  it('reviews a refusal once, by someone else, who may reopen it', () => {
    const world = worldAt('authority');
    world.does('approver', 'refuse', { reasons: [{ code: 'purpose-not-covered', text: 'Advertising.' }] });
    expect(turn(world)).to.equal(null);
    world.does('handler', 'appeal', { reason: 'It is research.' });
    expect(turn(world)).to.deep.equal({ role: 'approver', organisation: 'authority' });
    const decision = { outcome: 'reopened', reason: 'The scenario was misread.' } as const;
    expect(world.fails('approver', 'decide-appeal', decision).code).to.equal('same-person-twice');
    expect(world.fails('handler', 'decide-appeal', decision).code).to.equal('applicant-side');
    expect(world.fails('reviewer', 'decide-appeal', decision).code).to.equal('command-not-yours');
    world.does('deputy', 'decide-appeal', decision);
    expect(world.current).to.deep.include({ state: 'in-review', stage: 'authority', reasons: [] });
    expect(world.current.deadlines.filter(({ kind, ended }) => kind === 'decision' && ended === null)).to.have.length(
      1,
    );
    expect(world.fails('approver', 'approve', {}).code).to.equal('same-person-twice');
    world.does('deputy', 'approve', {});
  });

  it('lets a refusal stand that a review upheld', () => {
    const world = worldAt('authority');
    world.does('approver', 'refuse', { reasons: [{ code: 'other', text: 'No.' }] });
    world.does('signatory', 'appeal', { reason: 'Please look again.' });
    world.does('deputy', 'decide-appeal', { outcome: 'upheld', reason: 'Nothing new.' });
    expect(world.current).to.include({ state: 'refused' });
    expect(turn(world)).to.equal(null);
    expect(world.fails('handler', 'appeal', { reason: 'again' }).code).to.equal('already-appealed');
  });
});
