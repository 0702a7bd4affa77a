import { expect } from 'chai';
import type { Answer, Caller } from '../support/caller.js';
import { demonstrate } from '../support/capability.js';
import { type Account, done, PURPOSE, refused } from '../support/town.js';

const HANDLER = 'enterprise-a-handler';
const SIGNATORY = 'enterprise-a-signatory';
const REVIEWER = 'reviewer-transport';

// oxlint-disable-next-line typescript/no-explicit-any -- bodies as a stranger sees them
type Body = any;

demonstrate('scenarios', (shows, city) => {
  const see = async (path: string, by: Account = HANDLER): Promise<Body> =>
    done(await (await city.town.as(by)).get(path)).body;
  const give = (by: Account, path: string, command: string, body: object = {}) =>
    city.town.give(by, path, command, body);
  const told = async (path: string, by: Account): Promise<string[]> =>
    (await see('/api/notifications?limit=100', by)).items
      .filter(({ href }: Body) => href === path)
      .map(({ event }: Body) => event);
  const events = async (path: string, by: Account = 'approver'): Promise<string[]> =>
    (await see(path, by)).history.map(({ event }: Body) => event.replace('application.', ''));
  const hidden = async (caller: Caller, path: string): Promise<Answer> => {
    const [theirs, absent] = [await caller.get(path), await caller.get(`/api/applications/${ABSENT}`)];
    expect({ ...theirs.body, instance: '' }, 'as if it were not there').to.deep.equal({ ...absent.body, instance: '' });
    return theirs;
  };

  shows('from-request-to-end', async () => {
    const [one, two] = await city.pair();
    const answers = async () => [(await city.town.ask(one)).decision, (await city.town.ask(two)).decision];
    const path = await city.town.submitted([one, two]);
    expect((await told(path, REVIEWER)).filter((event) => event === 'application.submitted')).to.have.length(1);
    expect(await answers()).to.deep.equal([false, false]);
    done(await give(REVIEWER, path, 'accept'));
    done(await give(REVIEWER, path, 'claim'));
    done(await give(REVIEWER, path, 'advise', { recommendation: 'approve', remark: 'Fits' }));
    done(await give('approver', path, 'approve'));
    expect((await told(path, SIGNATORY)).filter((event) => event === 'application.approved')).to.have.length(1);
    expect(await answers(), 'approved is not signed').to.deep.equal([false, false]);
    const { grants } = done(await city.town.sign(path)).body;
    expect([grants.length, await answers()]).to.deep.equal([2, [true, true]]);
    for (const { id } of grants) done(await give(HANDLER, `/api/grants/${id}`, 'relinquish', { reason: 'Done' }));
    expect(await answers()).to.deep.equal([false, false]);
    const order = ['created', 'submitted', 'accepted', 'claimed', 'advised', 'approved', 'agreement-accepted'];
    expect((await events(path)).filter((event) => order.includes(event))).to.deep.equal(order);
  });

  shows('a-draft-is-private', async () => {
    const path = await city.town.draft([await city.town.plain()]);
    for (const other of ['enterprise-b-handler', REVIEWER, 'approver', 'auditor'] as const)
      refused(await hidden(await city.town.as(other), path), 404, 'not-found');
    done(await give(HANDLER, path, 'submit'));
    expect((await see(path, 'auditor')).state).to.equal('submitted');
    refused(await hidden(await city.town.as('enterprise-b-handler'), path), 404, 'not-found');
  });

  shows('a-draft-is-dropped', async () => {
    const path = await city.town.draft([await city.town.plain()]);
    refused(await give('enterprise-b-handler', path, 'withdraw'), 404, 'not-found');
    done(await give(HANDLER, path, 'withdraw'));
    refused(await give(HANDLER, path, 'submit'), 409, 'wrong-state');
    refused(await (await city.town.as(HANDLER)).change(path, { delivery: 'api' }), 409, 'wrong-state');
  });

  shows('warnings-then-errors', async () => {
    const lacking = { purpose: { ...PURPOSE, scenario: '' }, delivery: 'sandbox' };
    const { warnings, id } = done(await city.town.create([await city.town.plain()], lacking), 201).body;
    const answer = await give(HANDLER, `/api/applications/${id}`, 'submit');
    const places = (list: Body[]) => list.map(({ code, pointer }) => `${code} ${pointer}`);
    expect(answer.status).to.equal(422);
    expect(places(answer.body.errors)).to.deep.equal(places(warnings.filter(({ blocking }: Body) => blocking)));
    expect(answer.body.errors.length).to.be.at.least(2);
    expect((await see(`/api/applications/${id}`)).state).to.equal('draft');
  });

  shows('data-taken-away-meanwhile', async () => {
    const [gone, closed] = [await city.town.plain('health'), await city.town.plain('health')];
    const waiting = [await city.town.draft([gone]), await city.town.draft([closed])] as const;
    done(await give('steward-health', `/api/datasets/${gone.id}`, 'suspend', { reason: 'Wrong figures' }));
    const raised = { tier: 'restricted', reason: 'Persons can be told' };
    done(await give('officer', `/api/datasets/${closed.id}`, 'propose-tier', raised));
    refused(await give(HANDLER, waiting[0], 'submit'), 422, 'dataset-unavailable');
    const told = refused(await give(HANDLER, waiting[1], 'submit'), 422, 'tier-changed').body.errors[0];
    expect(told.pointer).to.match(/^\/datasets/);
  });

  shows('buttons-tell-the-truth', async () => {
    const parties = [HANDLER, SIGNATORY, REVIEWER, 'approver', 'auditor', 'enterprise-b-handler'] as const;
    for (const stage of ['submitted', 'advised'] as const) {
      const path = await city.town[stage]([await city.town.plain()]);
      for (const by of parties) {
        const seen = await (await city.town.as(by)).get(path);
        const allowed: string[] = seen.status === 200 ? seen.body.allowedCommands : [];
        for (const [command, body] of Object.entries(COMMANDS).filter(([name]) => !allowed.includes(name))) {
          const { status } = await give(by, path, command, body);
          expect(status, `${by} ${command} on ${stage}`).to.be.oneOf([403, 404, 409, 422]);
        }
        if (allowed.includes('remark')) done(await give(by, path, 'remark', COMMANDS.remark));
      }
      expect((await see(path, 'approver')).state).to.equal(stage === 'submitted' ? 'submitted' : 'in-review');
    }
  });

  shows('returned-changed-resubmitted', async () => {
    const [first, second] = [await city.town.plain(), await city.town.plain()];
    const path = await city.town.submitted([first]);
    done(await give(REVIEWER, path, 'request-correction', { defects: [{ text: 'Another one fits better' }] }));
    refused(await give('approver', path, 'approve'), 409, 'wrong-state');
    done(await (await city.town.as(HANDLER)).change(path, { datasets: [{ dataset: second.id }] }));
    done(await give(HANDLER, path, 'submit'));
    const order = ['created', 'submitted', 'correction-requested', 'changed', 'submitted'];
    expect((await events(path, REVIEWER)).map((event) => (event === 'corrected' ? 'submitted' : event))).to.deep.equal(
      order,
    );
    expect((await see(path, REVIEWER)).datasets[0].dataset).to.equal(second.id);
  });

  shows('only-the-approver-rules', async () => {
    const path = await city.town.advised([await city.town.plain()]);
    for (const by of [REVIEWER, 'supervisor', 'officer', 'auditor'] as const)
      expect((await give(by, path, 'approve')).status, by).to.be.oneOf([403, 404]);
    done(await give('approver', path, 'approve'));
    for (const by of ['approver', 'approver-deputy'] as const) {
      refused(await give(by, path, 'refuse', COMMANDS.refuse), 409, 'wrong-state');
      expect((await see(path, by)).allowedCommands).to.not.include.members(['approve', 'refuse']);
    }
  });

  shows('handed-to-one-colleague', async () => {
    const path = await city.town.advised([await city.town.plain()]);
    done(await give('approver', path, 'claim'));
    const stranger = (await city.town.me(HANDLER)).subject.id;
    refused(await give('approver', path, 'reassign', { to: stranger }), 422, 'no-successor');
    const [colleague] = (await see(`${path}/candidates`, 'approver')).reassign;
    done(await give('approver', path, 'reassign', { to: colleague.id }));
    refused(await give('approver', path, 'approve'), 409, 'claimed-by-another');
    done(await give('approver-deputy', path, 'approve'));
  });

  shows('revoked-and-barred', async () => {
    const [one, two] = await city.pair();
    const path = await city.town.advised([one, two]);
    done(await give('approver', path, 'approve'));
    const { grants } = done(await city.town.sign(path)).body;
    const { organisation } = await city.town.me(HANDLER);
    const supervisor = await city.town.as('supervisor');
    const found = {
      organisation: organisation.id,
      kind: 'transfer-to-third-party',
      description: 'Sold on',
      evidence: [{ reference: 'No. 1' }],
    };
    const violation = `/api/violations/${done(await supervisor.post('/api/violations', found), 201).body.id}`;
    done(await give(HANDLER, violation, 'reply', { text: 'A mistake' }));
    const measure = { step: 'restrict', reason: 'Established', until: city.day(90) };
    done(await give('supervisor', violation, 'impose', { ...measure, datasets: [one.id, two.id] }));
    for (const dataset of [one, two]) expect((await city.town.ask(dataset)).decision).to.equal(false);
    for (const { id } of grants) expect((await see(`/api/grants/${id}`)).state).to.equal('revoked');
    const again = await city.town.create([one]);
    const answer = again.status === 201 ? await give(HANDLER, `/api/applications/${again.body.id}`, 'submit') : again;
    refused(answer, 422, 'use-restricted');
  });

  shows('a-changed-grant-keeps-the-rest', async () => {
    const [one, two] = [await city.town.plain(), await city.town.plain()];
    const [first, other] = [await city.town.granted([one]), await city.town.granted([two])];
    const { etag } = await see(other.grant);
    const path = `/api/applications/${done(await give(HANDLER, first.grant, 'amend'), 201).body.id}`;
    const handler = await city.town.as(HANDLER);
    refused(await handler.change(path, { datasets: [{ dataset: two.id }] }), 422, 'grant-dataset');
    done(await handler.change(path, { datasets: [{ dataset: one.id, items: [one.items[0].name] }] }));
    done(await give(HANDLER, path, 'submit'));
    done(await give(REVIEWER, path, 'claim'));
    done(await give(REVIEWER, path, 'advise', { recommendation: 'approve', remark: 'Less' }));
    done(await give('approver', path, 'approve'));
    expect((await see(first.grant)).state, 'until it is signed').to.equal('active');
    done(await city.town.sign(path));
    expect((await see(first.grant)).state).to.equal('relinquished');
    expect((await see(other.grant)).etag, 'the other was not touched').to.equal(etag);
  });

  shows('who-sees-which-grants', async () => {
    const { grant } = await city.town.granted([await city.town.plain()]);
    const { organisation } = await city.town.me(HANDLER);
    const listed = async (by: Account, search = ''): Promise<string[]> =>
      (await see(`/api/grants?limit=100${search}`, by)).items.map(({ id }: Body) => `/api/grants/${id}`);
    for (const by of [HANDLER, REVIEWER, 'auditor', 'supervisor'] as const)
      expect(await listed(by), by).to.include(grant);
    for (const by of ['enterprise-b-handler', 'reviewer-health', 'citizen'] as const) {
      expect(await listed(by, `&organisation=${organisation.id}`), by).to.not.include(grant);
      refused(await (await city.town.as(by)).get(grant), 404, 'not-found');
    }
    refused(await city.town.anonymous.get('/api/grants'), 401, 'sign-in-required');
  });

  shows('each-body-its-own', async () => {
    const dataset = await city.town.plain('health');
    const title = { zh: dataset.title.zh, en: 'Another title' };
    const foreign = await (await city.town.as('steward-transport')).change(`/api/datasets/${dataset.id}`, { title });
    expect(foreign.status).to.be.oneOf([403, 404]);
    done(await (await city.town.as('steward-health')).change(`/api/datasets/${dataset.id}`, { title }));
    const running = await city.town.submitted([await city.town.plain('health')]);
    const admin = await city.town.as('admin');
    const { organisation } = await city.town.me('reviewer-health');
    const { items } = (await admin.get(`/api/posts?organisation=${organisation.id}&limit=100`)).body;
    const post = items.find(({ role, state }: Body) => role === 'reviewer' && state === 'active');
    const steward = (await city.town.me('steward-health')).subject.id;
    const seen = { 'if-match': post.etag };
    done(await admin.post(`/api/posts/${post.id}/commands/hand-over`, { deputy: steward }, seen));
    city.town.signOut();
    done(await give('steward-health', running, 'accept'));
  });

  shows('no-machine-against-people', async () => {
    const dataset = await city.town.plain();
    const path = await city.town.submitted([dataset], {}, 'citizen');
    const { applicant } = await see(path, 'citizen');
    const found = { organisation: applicant.id, kind: 'unlawful-acquisition', description: 'Seen' };
    const supervisor = await city.town.as('supervisor');
    const violation = `/api/violations/${done(await supervisor.post('/api/violations', found), 201).body.id}`;
    done(await give('citizen', violation, 'reply', { text: 'I did not know' }));
    const measure = { step: 'restrict', reason: 'Established', until: city.day(30), datasets: [dataset.id] };
    done(await give('supervisor', violation, 'impose', measure));
    await city.act();
    expect((await see(path, 'citizen')).state, 'revoked-and-barred shows an enterprise').to.equal('submitted');
    done(await give(REVIEWER, path, 'close', { reason: 'Use is restricted' }));
  });

  shows('an-invitation-works-once', async () => {
    const admin = await city.town.as('admin');
    const { organisation } = await city.town.me(HANDLER);
    const person = { username: 'newcomer', name: 'Ling Shuhua', organisation: organisation.id };
    const { id, invitation } = done(await admin.post('/api/people', person), 201).body;
    done(await admin.post('/api/posts', { organisation: organisation.id, role: 'handler', holder: id }), 201);
    const listed = (await admin.get(`/api/people?organisation=${organisation.id}&limit=100`)).text;
    expect([listed.includes('newcomer'), listed.includes(invitation)]).to.deep.equal([true, false]);
    const accept = () =>
      city.town.anonymous.post('/api/auth/invitations', { invitation, password: 'window seven hills' });
    done(await accept());
    expect((await accept()).status, 'a second time').to.be.greaterThan(399);
    const signIn = { grantType: 'password', username: 'newcomer', password: 'window seven hills' };
    done(await city.town.anonymous.post('/api/auth/token', signIn), 200);
    refused(await city.town.anonymous.post('/api/people', person), 401, 'sign-in-required');
    refused(await (await city.town.as('enterprise-b-handler')).post('/api/people', person), 403, 'forbidden');
  });
});

const ABSENT = '01ARZ3NDEKTSV4RRFFQ69G5FAV';

/** Every command of the table that takes effect without anything prepared, with a body that is right. */
const COMMANDS = {
  submit: {},
  withdraw: {},
  accept: {},
  claim: {},
  release: {},
  approve: {},
  'confirm-extension': {},
  ask: { text: 'Why?' },
  answer: { text: 'So.' },
  remark: { text: 'Noted', private: false },
  'request-correction': { defects: [{ text: 'x' }] },
  advise: { recommendation: 'approve', remark: 'x' },
  refuse: { reasons: [{ code: 'other', text: 'x' }] },
  close: { reason: 'x' },
  appeal: { reason: 'x' },
  'decide-appeal': { outcome: 'upheld', reason: 'x' },
  extend: { reason: 'x' },
  consult: { with: 'Bureau', question: 'x' },
  'record-consultation': { view: 'x' },
  'declare-conflict': { text: 'x' },
};
