import { Ajv } from 'ajv';
import { expect } from 'chai';
import request from 'supertest';
import { applicationRoutes, COMMANDS } from '../../src/applications/index.js';
import { openApi } from '../../src/http/index.js';
import { applicationProblems } from '../../src/kernel/problems/applications.js';
import { backends } from '../support/databases.js';
import { Driver, draftBody, refusedWith } from '../support/applications/driver.js';
import { openPlatform, type Platform } from '../support/applications/platform.js';
import { dataset, organisation } from '../support/applications/premises.js';

const [inMemory] = backends;
const asking = (...ids: string[]) => ({ datasets: ids.map((id) => ({ dataset: id })) });
const SIGNING = { version: 1, hash: 'h1' };
const FILED = { kind: 'litigation', forum: 'Railway Transport Court', filedOn: '2026-03-02', reference: '(2026) 7' };
const ENDED = { kind: 'litigation', outcome: 'annulled', on: '2026-03-02', text: 'To be ruled anew.' };

async function refusedCase(driver: Driver): Promise<string> {
  const id = await driver.at('authority');
  await driver.command('approver', id, 'refuse', { reasons: [{ code: 'other', text: 'No.' }] });
  return id;
}

/** One scene for each code of the chapter: what is done, and that the answer is that problem. */
const SCENES: Record<
  keyof typeof applicationProblems,
  (driver: Driver, platform: Platform) => Promise<request.Response>
> = {
  'several-holders': (driver) => driver.create('handler', asking('roads', 'clinics')),
  'several-agreements': (driver) => driver.create('handler', asking('roads', 'trains')),
  'own-data': (driver) => driver.create('handler', asking('own')),
  'unknown-dataset': (driver) => driver.create('handler', asking('nowhere')),
  'dataset-repeated': (driver) => driver.create('handler', asking('roads', 'roads')),
  'unknown-item': (driver) => driver.create('handler', { datasets: [{ dataset: 'roads', items: ['colour'] }] }),
  'dataset-unavailable': (driver) => driver.create('handler', asking('suspended')),
  'already-open': (driver) => driver.create('handler', asking('stops')),
  'not-open-for-application': (driver) => driver.create('handler', asking('cameras')),
  'tier-changed': async (driver, platform) => {
    const id = await driver.at('draft');
    await platform.put('datasets', 'roads', dataset('roads', { tier: 'restricted' }));
    return driver.command('handler', id, 'submit');
  },
  'invalid-period': (driver) => driver.create('handler', { period: { from: '2026-01-01', to: '2026-02-01' } }),
  'period-too-long': (driver) => driver.create('handler', { period: { from: '2026-03-02', to: '2028-03-03' } }),
  'period-over': async (driver, platform) => {
    const id = await driver.at('draft', { period: { from: '2026-03-02', to: '2026-03-10' } });
    platform.clock.now += 30 * 86_400_000;
    return driver.command('handler', id, 'submit');
  },
  'unknown-member': (driver) => driver.create('handler', { members: ['rival'] }),
  'not-offered': (driver) => driver.create('body-handler', { kind: 'authorised-operation' }),
  'sharing-between-bodies': (driver) => driver.create('handler', { kind: 'sharing' }),
  'not-shared': (driver) => driver.create('body-handler', { kind: 'sharing', ...asking('cameras') }),
  'scenario-missing': async (driver) => {
    const id = await driver.at('draft', { purpose: { category: 'research', scenario: ' ' } });
    return driver.command('handler', id, 'submit');
  },
  'delivery-not-offered': async (driver) =>
    driver.command('handler', await driver.at('draft', { delivery: 'sandbox' }), 'submit'),
  'evidence-missing': async (driver) => driver.command('handler', await driver.at('draft', asking('proofs')), 'submit'),
  'agreement-missing': async (driver) =>
    driver.command('handler', await driver.at('draft', asking('unagreed')), 'submit'),
  'applicant-suspended': async (driver, platform) => {
    await platform.put('organisations', 'enterprise', organisation('enterprise', 'enterprise', { state: 'suspended' }));
    return driver.create('handler');
  },
  'cannot-apply': (driver) => driver.create('signatory'),
  'command-not-yours': async (driver) => driver.command('supervisor', await driver.at('authority'), 'approve'),
  'applicant-side': async (driver) => driver.command('signatory', await driver.at('authority'), 'approve'),
  'same-person-twice': async (driver) => {
    const id = await driver.at('submitted');
    await driver.command('both-stages', id, 'accept');
    await driver.command('reviewer', id, 'claim');
    await driver.command('reviewer', id, 'advise', { recommendation: 'approve', remark: '' });
    return driver.command('both-stages', id, 'approve');
  },
  'declared-conflict': async (driver) => {
    const id = await driver.at('submitted');
    await driver.command('reviewer', id, 'declare-conflict', { text: 'My sister works there.' });
    return driver.command('reviewer', id, 'accept');
  },
  'wrong-state': async (driver) => driver.command('approver', await driver.at('submitted'), 'approve'),
  'claimed-by-another': async (driver) => {
    const id = await driver.at('holder');
    await driver.command('reviewer', id, 'claim');
    return driver.command('reviewer-2', id, 'claim');
  },
  'already-claimed': async (driver) => {
    const id = await driver.at('holder');
    await driver.command('reviewer', id, 'claim');
    return driver.command('reviewer', id, 'claim');
  },
  'not-claimed': async (driver) => driver.command('reviewer', await driver.at('holder'), 'release'),
  'no-successor': async (driver) => {
    const id = await driver.at('holder');
    await driver.command('reviewer', id, 'claim');
    return driver.command('reviewer', id, 'reassign', { to: 'rival' });
  },
  'correction-spent': async (driver) => {
    const id = await driver.at('submitted');
    const defects = [{ text: 'Name the server.' }];
    await driver.command('reviewer', id, 'request-correction', { defects });
    await driver.command('handler', id, 'submit');
    return driver.command('reviewer', id, 'request-correction', { defects });
  },
  'consultation-spent': async (driver) => {
    const id = await driver.at('holder');
    const asked = { with: 'Road company', question: 'Do you object?' };
    await driver.command('reviewer', id, 'consult', asked);
    await driver.command('reviewer', id, 'record-consultation', { view: 'No objection.' });
    return driver.command('reviewer', id, 'consult', asked);
  },
  'extension-proposed': async (driver) => {
    const id = await driver.at('authority');
    await driver.command('approver', id, 'extend', { reason: 'An opinion is awaited.' });
    return driver.command('deputy', id, 'extend', { reason: 'An opinion is awaited.' });
  },
  'extension-spent': async (driver) => {
    const id = await driver.at('authority');
    await driver.command('approver', id, 'extend', { reason: 'An opinion is awaited.' });
    await driver.command('deputy', id, 'confirm-extension');
    return driver.command('approver', id, 'extend', { reason: 'Another one.' });
  },
  'no-extension-proposed': async (driver) =>
    driver.command('approver', await driver.at('authority'), 'confirm-extension'),
  'second-person': async (driver) => {
    const id = await driver.at('authority');
    await driver.command('approver', id, 'extend', { reason: 'An opinion is awaited.' });
    return driver.command('approver', id, 'confirm-extension');
  },
  'already-member': async (driver) => {
    const id = await driver.at('draft', { members: ['signatory'] });
    return driver.command('handler', id, 'add-member', { subject: 'signatory' });
  },
  'not-a-member': async (driver) => {
    const id = await driver.at('draft', { members: ['signatory'] });
    return driver.command('handler', id, 'remove-member', { subject: 'handler' });
  },
  'already-appealed': async (driver) => {
    const id = await driver.at('authority');
    await driver.command('approver', id, 'refuse', { reasons: [{ code: 'other', text: 'No.' }] });
    await driver.command('handler', id, 'appeal', { reason: 'The purpose was misread.' });
    return driver.command('signatory', id, 'appeal', { reason: 'Once more.' });
  },
  'no-open-appeal': async (driver) => {
    const id = await driver.at('authority');
    await driver.command('approver', id, 'refuse', { reasons: [{ code: 'other', text: 'No.' }] });
    return driver.command('deputy', id, 'decide-appeal', { outcome: 'upheld', reason: 'Nobody asked.' });
  },
  'refusal-overturned': async (driver) => {
    const id = await refusedCase(driver);
    await driver.command('approver', id, 'record-proceeding', FILED);
    await driver.command('approver', id, 'record-proceeding-outcome', ENDED);
    return driver.command('deputy', id, 'decide-appeal', { outcome: 'upheld', reason: 'It stands.' });
  },
  'no-ruling': async (driver) => {
    const id = await driver.at('authority');
    await driver.command('handler', id, 'withdraw');
    return driver.command('approver', id, 'record-proceeding', FILED);
  },
  'proceeding-open': async (driver) => {
    const id = await refusedCase(driver);
    await driver.command('approver', id, 'record-proceeding', FILED);
    return driver.command('deputy', id, 'record-proceeding', FILED);
  },
  'no-open-proceeding': async (driver) =>
    driver.command('approver', await refusedCase(driver), 'record-proceeding-outcome', ENDED),
  'proceeding-day': async (driver) =>
    driver.command('approver', await refusedCase(driver), 'record-proceeding', { ...FILED, filedOn: '2026-03-03' }),
  'no-open-question': async (driver) =>
    driver.command('handler', await driver.at('submitted'), 'answer', { text: 'Yes.' }),
  'private-remark': async (driver) =>
    driver.command('handler', await driver.at('submitted'), 'remark', { text: 'Hello', private: true }),
  'not-asked-for': async (driver) =>
    driver.command('approver', await driver.at('authority'), 'approve', asking('buses')),
  'not-narrower': async (driver) => {
    const datasets = [{ dataset: 'roads', items: ['road'] }];
    return driver.command('approver', await driver.at('authority', { datasets }), 'approve', {
      datasets: [{ dataset: 'roads', items: ['road', 'speed'] }],
    });
  },
  'nothing-approved': async (driver) =>
    driver.command('approver', await driver.at('authority'), 'approve', { datasets: [] }),
  'already-accepted': async (driver) =>
    driver.command('signatory', await driver.at('concluded'), 'accept-agreement', SIGNING),
  'no-counter-signature': async (driver) =>
    driver.command('reviewer', await driver.at('approved'), 'counter-sign', SIGNING),
  'sealed-document': async (driver, platform) => {
    const id = await driver.at('approved');
    await platform.put('agreements', 'template', { version: 1, hash: 'h1', execution: 'sealed-document' });
    return driver.command('signatory', id, 'accept-agreement', SIGNING);
  },
  'agreement-changed': async (driver, platform) => {
    const id = await driver.at('approved');
    await platform.put('agreements', 'template', { version: 2, hash: 'h2' });
    return driver.command('signatory', id, 'accept-agreement', SIGNING);
  },
};

describe('contract: applications', () => {
  let platform: Platform;
  let driver: Driver;

  beforeEach(async () => {
    if (inMemory === undefined) throw new Error('no backend');
    platform = await openPlatform(inMemory);
    driver = new Driver(platform);
  });
  afterEach(() => platform.close());

  for (const [code, { status }] of Object.entries(applicationProblems)) {
    it(`answers ${status} ${code}`, async () => {
      refusedWith(await SCENES[code as keyof typeof SCENES](driver, platform), status, code);
    });
  }

  it('serves what the API document says, field by field, at every step', async () => {
    const document = openApi(applicationRoutes(platform.applications), 'test');
    const { schemas } = document['components'] as { schemas: Record<string, { properties: object }> };
    const ajv = new Ajv({ strict: false, allErrors: true });
    const check = (name: 'ApplicationBody' | 'ApplicationPageBody', body: object): void => {
      const valid = ajv.validate({ $ref: `#/components/schemas/${name}`, components: { schemas } }, body);
      expect(valid, JSON.stringify(ajv.errors)).to.equal(true);
      const unnamed = Object.keys(body).filter((field) => !(field in (schemas[name]?.properties ?? {})));
      expect(unnamed, `fields of ${name} that the document does not name`).to.deep.equal([]);
    };
    for (const step of ['draft', 'submitted', 'holder', 'authority', 'approved', 'concluded'] as const) {
      const id = await driver.at(step);
      check('ApplicationBody', (await driver.get('handler', `/api/applications/${id}`)).body);
      if (step !== 'draft') check('ApplicationBody', (await driver.get('approver', `/api/applications/${id}`)).body);
    }
    const refused = await driver.at('authority');
    await driver.command('approver', refused, 'refuse', { reasons: [{ code: 'other', text: 'No.' }] });
    check('ApplicationBody', (await driver.get('handler', `/api/applications/${refused}`)).body);
    for (const [name, body] of [
      ['record-proceeding', FILED],
      ['record-proceeding-outcome', ENDED],
    ] as const) {
      await driver.command('approver', refused, name, body);
      check('ApplicationBody', (await driver.get('handler', `/api/applications/${refused}`)).body);
    }
    await driver.command('handler', refused, 'appeal', { reason: 'The purpose was misread.' });
    check('ApplicationBody', (await driver.get('handler', `/api/applications/${refused}`)).body);
    const page = (await driver.get('handler', '/api/applications')).body;
    check('ApplicationPageBody', page);
    const line = (schemas['ApplicationListItemBody'] ?? { properties: {} }).properties;
    expect(Object.keys(page.items[0]).filter((field) => !(field in line))).to.deep.equal([]);
  });

  it('names every command of the table as a route of its own', () => {
    const document = openApi(applicationRoutes(platform.applications), 'test');
    const paths = Object.keys(document['paths'] as object).filter((path) => path.includes('/commands/'));
    expect(paths.map((path) => path.split('/').at(-1))).to.have.members([...COMMANDS]);
  });

  it('serves the application as the contract names its fields', async () => {
    const id = await driver.at('authority');
    const { body, headers } = await driver.get('handler', `/api/applications/${id}`);
    expect(body).to.deep.include({
      id,
      number: 'TG-2026-000001',
      state: 'in-review',
      stage: 'authority',
      holder: { id: 'transport', name: 'transport' },
      applicant: { id: 'enterprise', name: 'enterprise', kind: 'enterprise' },
      waitingFor: { role: 'approver', organisation: { id: 'authority', name: 'authority' } },
      grants: [],
      allowedCommands: ['withdraw', 'remark', 'add-member', 'copy-as-new'],
    });
    expect(body.datasets).to.deep.equal([
      { dataset: 'roads', title: { en: 'Dataset roads' }, tier: 'conditional', items: [] },
    ]);
    expect(body.agreement).to.include({ version: 1, hash: 'h1', href: '/api/agreements/template/versions/1' });
    expect(
      body.deadlines.map(({ kind, due, counted, paused, provisional }: never) => ({
        kind,
        due,
        counted,
        paused,
        provisional,
      })),
    ).to.deep.equal([
      { kind: 'acceptance', due: '2026-03-09', counted: 0, paused: false, provisional: false },
      { kind: 'decision', due: '2026-03-16', counted: 0, paused: false, provisional: false },
    ]);
    expect(body.deadlines[0].ledger[0]).to.deep.equal({ day: '2026-03-03', counted: true, why: 'working-day' });
    expect(headers['etag']).to.equal(body.etag);
  });

  it('chooses names by Accept-Language', async () => {
    const id = await driver.at('submitted');
    const { body } = await request(platform.app)
      .get(`/api/applications/${id}`)
      .set({ authorization: 'handler', 'accept-language': 'zh-CN' });
    expect(body.holder.name).to.equal('transport（中文）');
  });

  it('answers a draft with warnings, the submission with number and receipt', async () => {
    const first = await driver.create('handler');
    expect(first.body.warnings).to.deep.equal([]);
    expect(first.headers['location']).to.equal(`/api/applications/${first.body.id}`);
    const submitted = await driver.command('handler', first.body.id, 'submit');
    expect(submitted.body.receipt).to.deep.equal({
      number: 'TG-2026-000001',
      receivedAt: new Date(platform.clock.now).toISOString(),
      next: 'acceptance',
      waitingFor: { role: 'reviewer', organisation: { id: 'transport', name: 'transport' } },
      due: '2026-03-09',
    });
    const second = await driver.create('handler');
    expect(second.body.warnings).to.have.length(1);
    expect(second.body.warnings[0]).to.deep.include({
      code: 'similar-request',
      linked: { id: first.body.id, number: 'TG-2026-000001' },
    });
  });

  it('changes a draft by what is sent, and refuses what the server owns', async () => {
    const id = await driver.at('draft');
    const changed = await driver.patch('handler', id, {
      delivery: 'api',
      period: { from: '2025-01-01', to: '2026-12-31' },
    });
    expect(changed.body).to.deep.include({ delivery: 'api', period: { from: '2026-03-02', to: '2026-12-31' } });
    expect(changed.body.purpose.category).to.equal('research');
    refusedWith(await driver.patch('handler', id, { state: 'approved' }), 400, 'unknown-field');
    refusedWith(await driver.patch('handler', id, { delivery: null }), 400, 'invalid-body');
    refusedWith(await driver.patch('handler', id, { delivery: 'download' }, '"1"'), 412, 'stale-etag');
    refusedWith(await driver.patch('rival', id, { delivery: 'download' }), 404, 'not-found');
    refusedWith(await driver.patch('signatory', id, { delivery: 'download' }), 403, 'command-not-yours');
    await driver.command('handler', id, 'submit');
    refusedWith(await driver.patch('handler', id, { delivery: 'download' }), 409, 'wrong-state');
  });

  it('keeps the holder of an application sent back for correction', async () => {
    const id = await driver.at('submitted');
    await driver.command('reviewer', id, 'request-correction', { defects: [{ text: 'Fewer datasets.' }] });
    refusedWith(await driver.patch('handler', id, asking('clinics')), 422, 'several-holders');
    expect((await driver.patch('handler', id, asking('buses'))).status).to.equal(200);
    const again = await driver.command('handler', id, 'submit');
    expect(again.body).to.include({ state: 'submitted', number: 'TG-2026-000001' });
  });

  it('answers another organisation as if the application did not exist', async () => {
    const id = await driver.at('submitted');
    const other = refusedWith(await driver.get('rival', `/api/applications/${id}`), 404, 'not-found');
    const absent = refusedWith(
      await driver.get('rival', '/api/applications/01JABSENT0000000000000000'),
      404,
      'not-found',
    );
    expect({ ...other, instance: '' }).to.deep.equal({ ...absent, instance: '' });
    refusedWith(await driver.command('rival', id, 'withdraw'), 404, 'not-found');
    refusedWith(await driver.command('supervisor', await driver.at('draft'), 'accept'), 404, 'not-found');
  });

  it('needs If-Match, refuses a stale one, and runs a repeated command once', async () => {
    const id = await driver.at('submitted');
    const path = `/api/applications/${id}/commands/remark`;
    const send = (headers: Record<string, string>) =>
      request(platform.app)
        .post(path)
        .set({ authorization: 'reviewer', ...headers })
        .send({ text: 'Noted.', private: true });
    refusedWith(await send({}), 428, 'precondition-required');
    refusedWith(await send({ 'if-match': '"1"' }), 412, 'stale-etag');
    const first = await send({ 'if-match': '"2"', 'idempotency-key': 'k1' });
    const second = await send({ 'if-match': '"2"', 'idempotency-key': 'k1' });
    expect(second.body).to.deep.equal(first.body);
    expect(first.body.etag).to.equal('"3"');
    expect(
      first.body.history.filter(({ event }: { event: string }) => event === 'application.remarked'),
    ).to.have.length(1);
  });

  it('refuses unknown fields, wrong types and impossible days at the edge', async () => {
    const post = (body: object) =>
      request(platform.app).post('/api/applications').set('authorization', 'handler').send(body);
    refusedWith(await post(draftBody({ number: 'TG-1' })), 400, 'unknown-field');
    refusedWith(await post(draftBody({ datasets: 'roads' })), 400, 'invalid-body');
    refusedWith(await post(draftBody({ period: { from: '2026-02-30', to: '2026-12-31' } })), 400, 'invalid-body');
    refusedWith(await post(draftBody({ purpose: { category: 'curiosity', scenario: 'x' } })), 400, 'invalid-body');
    const id = await driver.at('authority');
    refusedWith(await driver.command('approver', id, 'refuse', { reasons: [] }), 400, 'invalid-body');
    refusedWith(await driver.command('approver', id, 'approve', { status: 'approved' }), 400, 'unknown-field');
    refusedWith(await driver.get('handler', '/api/applications?state=done'), 400, 'invalid-query');
  });

  it('hides private remarks and advice from the applicant, and shows them to the officers', async () => {
    const id = await driver.at('authority');
    await driver.command('approver', id, 'remark', { text: 'Ask legal.', private: true });
    const mine = (await driver.get('handler', `/api/applications/${id}`)).body;
    expect(mine.history.map(({ event }: { event: string }) => event)).to.deep.equal([
      'application.created',
      'application.submitted',
      'application.accepted',
    ]);
    expect(mine).to.not.have.property('advice');
    const theirs = (await driver.get('approver', `/api/applications/${id}`)).body;
    expect(theirs.history.map(({ event }: { event: string }) => event)).to.include.members([
      'application.advised',
      'application.remarked',
    ]);
    expect(theirs.advice).to.include({ recommendation: 'approve' });
  });

  it('tells why a dataset was left out of an approval, and counts the code in the register', async () => {
    const id = await driver.at('authority', { datasets: [{ dataset: 'roads' }, { dataset: 'buses' }] });
    const why = { code: 'items-excessive', text: 'Hour is not needed.' };
    const body = { datasets: [{ dataset: 'roads' }], leftOut: [{ dataset: 'buses', ...why }] };
    const twice = { ...body, leftOut: [{ dataset: 'roads', ...why }] };
    refusedWith(await driver.command('approver', id, 'approve', twice), 422, 'dataset-repeated');
    for (const [wrong, code] of [
      [{ dataset: 'buses', code: 'items-excessive' }, 'invalid-body'],
      [why, 'invalid-body'],
      [{ dataset: 'buses', ...why, by: 'me' }, 'unknown-field'],
    ] as const)
      refusedWith(await driver.command('approver', id, 'approve', { ...body, leftOut: [wrong] }), 400, code);
    await driver.command('approver', id, 'approve', body);
    const seen = (await driver.get('handler', `/api/applications/${id}`)).body;
    expect(seen.state).to.equal('partly-approved');
    expect(seen.datasets[0].outcome).to.not.have.property('reason');
    expect(seen.datasets[1].outcome.reason).to.include(why);
    expect(seen.datasets[1].outcome.reason.remedy).to.be.a('string').and.not.equal('');
    await platform.register.keeper.letTimeAct(platform.unit);
    const matters = await platform.unit.read((reader) => platform.register.store.ofCases(reader, [id]));
    const reasons = Object.fromEntries(matters.map((one) => [one.dataset, [one.ruling, ...one.reasons]]));
    expect(reasons).to.deep.equal({ roads: ['approved'], buses: ['refused', 'items-excessive'] });
  });

  it('tells the reasons of a refusal in both languages, and what would help', async () => {
    const id = await driver.at('authority');
    await driver.command('approver', id, 'refuse', {
      reasons: [{ code: 'items-excessive', text: 'Hour is not needed.' }],
    });
    const { body } = await driver.get('handler', `/api/applications/${id}`);
    expect(body.reasons[0]).to.include({ code: 'items-excessive', text: 'Hour is not needed.' });
    expect(body.reasons[0].remedy).to.match(/fewer items/);
  });

  it('copies an application as a new draft', async () => {
    const id = await driver.at('concluded');
    const copy = await driver.command('handler', id, 'copy-as-new');
    expect(copy.status).to.equal(201);
    expect(copy.body).to.include({ state: 'draft', copiedFrom: id, number: null, etag: '"1"' });
    expect(copy.body.id).to.not.equal(id);
  });
});
