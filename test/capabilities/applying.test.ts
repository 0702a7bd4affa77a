import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { type Answer, Caller } from '../support/caller.js';
import { demonstrate } from '../support/capability.js';
import { residentNumber } from '../support/registrant.js';
import { type Account, day, done, PURPOSE, refused } from '../support/town.js';

const HANDLER = 'enterprise-a-handler';
const SIGNATORY = 'enterprise-a-signatory';
const BYTES = { 'content-type': 'application/octet-stream' };

demonstrate('applying', (shows, city) => {
  const see = async (path: string, by: Account = HANDLER) => done(await (await city.town.as(by)).get(path)).body;
  const attach = async (name: string, content: string): Promise<Answer> =>
    (await city.town.as(HANDLER)).raw('POST', `/api/attachments?name=${name}`, Buffer.from(content), BYTES);
  const codes = (warnings: readonly { code: string }[]) => warnings.map(({ code }) => code);

  shows('request-in-the-product', async () => {
    const path = await city.town.draft([await city.town.plain()]);
    const { receipt } = done(await city.town.give(HANDLER, path, 'submit')).body;
    expect(receipt.number).to.match(/^TG-\d{4}-\d+$/);
    expect(receipt.waitingFor.role).to.equal('reviewer');
    expect(receipt.due > day()).to.equal(true);
  });

  shows('told-before-applying', async () => {
    const { items } = await see('/api/datasets?tier=conditional&field=transport&limit=100');
    const told = await Promise.all(items.map(({ id }: { id: string }) => see(`/api/datasets/${id}/eligibility`)));
    const lacking = told.find(({ missing }) => missing.length > 0);
    expect(lacking.missing[0].evidenceRequired).to.equal(true);
    expect(told.some(({ missing, eligible }) => eligible && missing.length === 0)).to.equal(true);
    expect(lacking.workingDays.limit).to.be.greaterThan(0);
  });

  shows('for-whom-it-is', async () => {
    const { id } = await city.town.plain();
    const steward = await city.town.as('steward-transport');
    const text = { zh: '申请主体为自然人', en: 'For natural persons' };
    const condition = { kind: 'applicant-kind', text, evidenceRequired: false, applicants: ['person'] };
    done(await steward.change(`/api/datasets/${id}`, { conditions: [condition] }));
    const of = (account: Account) => see(`/api/datasets/${id}/eligibility`, account);
    expect([(await of('citizen')).met.length, (await of(HANDLER)).unmet.length]).to.deep.equal([1, 1]);
    const path = await city.town.submitted([id]);
    expect((await see(path, 'reviewer-transport')).matchedConditions[0]).to.include({
      kind: 'applicant-kind',
      met: false,
    });
  });

  shows('forms-of-purposes', async () => {
    const form = (more: object = {}) => ({
      purpose: 'marketing',
      title: { en: 'About the campaign' },
      obligatory: true,
      fields: [{ name: 'reach', kind: 'number', title: { en: 'People reached' }, required: true }],
      ...more,
    });
    const officer = await city.town.as('officer');
    const first = done(await officer.post('/api/forms', form()), 201).body;
    const asked = { purpose: { ...PURPOSE, category: 'marketing' } };
    const path = await city.town.draft([await city.town.plain()], asked);
    refused(await city.town.give(HANDLER, path, 'submit'), 422, 'form-missing');
    const handler = await city.town.as(HANDLER);
    done(await handler.change(path, { form: { id: first.id, answers: { reach: 3 } } }));
    done(await city.town.give(HANDLER, path, 'submit'));
    const next = done(await officer.post('/api/forms', form({ replaces: first.id })), 201).body;
    expect((await see(path, 'reviewer-transport')).formAsked.id, 'the form that was answered').to.equal(first.id);
    expect((await see(`/api/forms/${first.id}`)).current).to.equal(false);
    done(await officer.command(`/api/forms/${next.id}`, 'withdraw'));
  });

  shows('questions-that-depend', async () => {
    const officer = await city.town.as('officer');
    const title = { en: 'A question' };
    const fields = [
      { name: 'abroad', kind: 'yes-no', title, required: true },
      { name: 'country', kind: 'text', title, required: true, when: { field: 'abroad', in: ['yes'] } },
    ];
    const purpose = 'journalism';
    const form = done(await officer.post('/api/forms', { purpose, title, obligatory: true, fields }), 201).body;
    const answered = async (answers: object) => {
      const more = { purpose: { ...PURPOSE, category: purpose }, form: { id: form.id, answers } };
      return codes(done(await city.town.create([await city.town.plain()], more)).body.warnings);
    };
    expect(await answered({ abroad: false })).to.deep.equal([]);
    expect(await answered({ abroad: true })).to.deep.equal(['answer-missing']);
    expect(await answered({ abroad: false, country: 'Elsewhere' })).to.deep.equal(['answer-invalid']);
    done(await officer.command(`/api/forms/${form.id}`, 'withdraw'));
  });

  shows('several-datasets', async () => {
    const [one, two] = await city.pair();
    const elsewhere = await city.town.plain('health');
    const { datasets } = await see(await city.town.draft([one, two]));
    expect(datasets.map(({ dataset }: { dataset: string }) => dataset)).to.deep.equal([one.id, two.id]);
    refused(await city.town.create([one, elsewhere]), 422, 'several-holders');
    const bundle = `bundle-${Date.now()}`;
    for (const dataset of [one, elsewhere]) await city.town.draft([dataset], { bundle });
    expect((await see(`/api/applications?bundle=${bundle}`)).total).to.equal(2);
  });

  shows('drafts-that-are-kept', async () => {
    const path = await city.town.draft([await city.town.plain()], { purpose: { category: 'research', scenario: '' } });
    expect(codes((await see(path)).warnings)).to.deep.equal(['scenario-missing']);
    const handler = await city.town.as(HANDLER);
    done(await handler.change(path, { purpose: PURPOSE }));
    const kept = await see(path);
    expect([kept.state, kept.purpose.scenario, kept.warnings]).to.deep.equal(['draft', PURPOSE.scenario, []]);
    for (const other of ['enterprise-b-handler', 'reviewer-transport', 'auditor'] as const)
      refused(await (await city.town.as(other)).get(path), 404, 'not-found');
  });

  shows('members-of-a-request', async () => {
    const dataset = await city.town.plain();
    const member = (await city.town.me(HANDLER)).subject.id;
    const { organisation, subject: colleague } = await city.town.me(SIGNATORY);
    const path = await city.town.draft([dataset]);
    done(await city.town.give(HANDLER, path, 'add-member', { subject: member }));
    expect((await see(path)).members).to.deep.equal([member]);
    done(await city.town.give(HANDLER, path, 'remove-member', { subject: member }));
    await city.town.granted([dataset], {}, { members: [member], purpose: { ...PURPOSE, category: 'operations' } });
    const asks = (id: string) =>
      city.town.reason(dataset, { subject: { type: 'user', id, properties: { organisation: organisation.id } } });
    expect([await asks(member), await asks(colleague.id)]).to.deep.equal(['granted', 'members-only']);
  });

  const PASSWORD = 'window seven hills';
  const joined = async (username: string, more: object = {}) => {
    const asked = { name: 'Wang Qing', address: `${username}@example.org`, ...more };
    const made = done(await (await city.town.as(SIGNATORY)).post('/api/invitations', asked), 201).body;
    const account = { invitation: made.invitation, username, password: PASSWORD };
    const accept = () => city.town.anonymous.post('/api/invitations/accept', account);
    done(await accept());
    refused(await accept(), 404, 'invitation-ended');
    const signIn = { grantType: 'password', username, password: PASSWORD };
    const { access_token } = done(await city.town.anonymous.post('/api/auth/token', signIn)).body;
    return Caller.withToken(city.town.anonymous.address, access_token);
  };

  shows('a-colleague-is-invited', async () => {
    const member = await joined('member.invited');
    const { subject } = done(await member.get('/api/me')).body;
    const path = await city.town.draft([await city.town.plain()], { purpose: { ...PURPOSE, category: 'education' } });
    expect((await member.get(path)).status, 'not named').to.equal(404);
    done(await city.town.give(HANDLER, path, 'add-member', { subject: subject.id }));
    expect(done(await member.get(path)).body.members).to.deep.equal([subject.id]);
    expect(done(await member.get('/api/applications')).body.total).to.equal(1);
    const handler = await joined('handler.invited', { role: 'handler' });
    expect(done(await handler.get('/api/me')).body.roles).to.deep.equal(['handler']);
  });

  shows('a-signatory-is-changed', async () => {
    const signatory = await city.town.as(SIGNATORY);
    const { items } = done(await signatory.get('/api/colleagues?limit=100')).body;
    const own = items.find(({ username }: { username: string }) => username === SIGNATORY);
    const leave = () =>
      signatory.post(`/api/colleagues/${own.id}/commands/remove`, { reason: 'Left.' }, { 'if-match': own.etag });
    refused(await leave(), 409, 'last-signatory');
    const next = await joined('signs.next', { role: 'signatory', authorisation: 'By the legal representative.' });
    expect(done(await next.get('/api/me')).body.roles, 'not confirmed yet').to.deep.equal([]);
    const admin = await city.town.as('admin');
    const [waits] = done(await admin.get('/api/invitations?state=awaiting')).body.items;
    const match = { 'if-match': waits.etag };
    done(await admin.post(`/api/invitations/${waits.id}/commands/confirm`, {}, match));
    expect(done(await next.get('/api/me')).body.roles).to.deep.equal(['signatory']);
    const listed = done(await signatory.get('/api/colleagues?limit=100')).body.items;
    const free = listed.find(({ username }: { username: string }) => username === SIGNATORY);
    expect(free.allowedCommands, 'somebody else signs now').to.deep.equal(['remove']);
  });

  shows('the-organisation-applies', async () => {
    const path = await city.town.advised([await city.town.plain()]);
    const { organisation } = await city.town.me(HANDLER);
    expect((await see(path)).applicant.id).to.equal(organisation.id);
    done(await city.town.give('approver', path, 'approve'));
    refused(await city.town.sign(path, HANDLER), 403, 'command-not-yours');
    expect(done(await city.town.sign(path)).body.state).to.equal('concluded');
  });

  shows('in-ones-own-name', async () => {
    const [number, password] = [residentNumber(900), 'window seven hills'];
    const person = { username: 'lai-zhe', name: 'Lai Zhe', password, document: 'resident-id', number };
    const { id } = done(await city.town.anonymous.post('/api/registrations', { kind: 'person', person })).body;
    const [path, admin] = [`/api/registrations/${id}`, await city.town.as('admin')];
    expect((await admin.command(path, 'verify')).status, 'nobody has seen the document').to.be.greaterThan(399);
    done(await admin.post(`${path}/commands/check-identity`, { number }));
    const { organisation } = done(await admin.command(path, 'verify')).body;
    expect((await admin.get(path)).text, 'the number is not kept').to.not.include(number);
    const token = await city.town.anonymous.post('/api/auth/token', {
      grantType: 'password',
      username: 'lai-zhe',
      password,
    });
    const themselves = Caller.withToken(city.town.address, done(token).body.access_token as string);
    const dataset = await city.town.plain();
    const request = {
      datasets: [{ dataset: dataset.id }],
      purpose: PURPOSE,
      delivery: 'download',
      period: { from: day(), to: day(90) },
      securityPlan: 'On one encrypted disk.',
    };
    const asked = `/api/applications/${done(await themselves.post('/api/applications', request), 201).body.id}`;
    done(await themselves.command(asked, 'submit'));
    done(await city.town.give('reviewer-transport', asked, 'accept'));
    done(await city.town.give('reviewer-transport', asked, 'claim'));
    done(await city.town.give('reviewer-transport', asked, 'advise', { recommendation: 'approve', remark: 'Fits' }));
    done(await city.town.give('approver', asked, 'approve'));
    const { version, hash } = (await themselves.get(asked)).body.agreement;
    done(await themselves.command(asked, 'accept-agreement', { version, hash }));
    expect(await city.town.reason(dataset, { subject: { type: 'organisation', id: organisation } })).to.equal(
      'granted',
    );
  });

  shows('attachments-that-are-checked', async () => {
    const content = '%PDF-1.7\nA plan';
    const kept = done(await attach('plan.pdf', content), 201).body;
    expect(kept.sha256).to.equal(createHash('sha256').update(content).digest('hex'));
    expect(kept.scan, 'no scanner is set here, and the file says so').to.equal('not-scanned');
    refused(await attach('plan.pdf', '<script>alert(1)</script>'), 422, 'attachment-type');
    const path = await city.town.submitted([await city.town.plain()], { attachments: [kept.id] });
    const [file] = (await see(path, 'reviewer-transport')).attachmentFiles;
    expect((await (await city.town.as('reviewer-transport')).get(file.href)).text).to.equal(content);
    refused(await (await city.town.as('enterprise-b-handler')).get(file.href), 404, 'not-found');
  });

  shows('copy-as-new', async () => {
    const path = await city.town.submitted([await city.town.plain()]);
    const copy = done(await city.town.give(HANDLER, path, 'copy-as-new'), 201).body;
    expect([copy.state, copy.number, copy.copiedFrom]).to.deep.equal(['draft', null, path.split('/').at(-1)]);
    expect(copy.purpose).to.deep.equal((await see(path)).purpose);
  });

  shows('the-same-request-twice', async () => {
    const dataset = await city.town.plain('health');
    const first = await city.town.submitted([dataset]);
    const again = done(await city.town.create([dataset])).body;
    expect(again.warnings[0]).to.deep.include({ code: 'similar-request', blocking: false });
    expect(`/api/applications/${again.warnings[0].linked.id}`).to.equal(first);
    const second = `/api/applications/${again.id}`;
    done(await city.town.give(HANDLER, second, 'submit'));
    refused(await city.town.give(HANDLER, second, 'close', { reason: 'The same' }), 403, 'applicant-side');
    const closed = done(
      await city.town.give('reviewer-health', second, 'close', { reason: 'The same request is open' }),
    );
    expect([closed.body.state, (await see(first)).state]).to.deep.equal(['closed', 'submitted']);
  });

  shows('demands-without-an-account', async () => {
    const holder = (await city.town.me('steward-transport')).organisation.id;
    const asked = { holder, title: 'Noise by street', description: 'For a map of quiet streets' };
    const { body } = done(await city.town.anonymous.post('/api/demands', asked), 201);
    expect([body.state, body.deadline.due > day()]).to.deep.equal(['waiting', true]);
    const answer = { outcome: 'planned', text: 'Next year' };
    done(await city.town.give('steward-transport', `/api/demands/${body.id}`, 'answer', answer));
    expect((await see(`/api/demands/${body.id}`, 'steward-transport')).state).to.not.equal('waiting');
  });
});
