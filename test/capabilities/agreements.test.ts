import { expect } from 'chai';
import { addMonths } from '../../src/kernel/time.js';
import { demonstrate } from '../support/capability.js';
import { type Account, done, refused } from '../support/town.js';

const HANDLER = 'enterprise-a-handler';
const SIGNATORY = 'enterprise-a-signatory';
const DAY = 86_400_000;

// oxlint-disable-next-line typescript/no-explicit-any -- bodies as a stranger sees them
type Body = any;

demonstrate('agreements', (shows, city) => {
  const see = async (path: string, by: Account = HANDLER): Promise<Body> =>
    done(await (await city.town.as(by)).get(path)).body;
  const idIn = (path: string): string => path.split('/').at(-1) as string;
  const answered = async (dataset: Body) => {
    const { decision, context } = await city.town.ask(dataset);
    return [decision, context.reason.code, context.nextStep?.code];
  };

  /** Datasets of the transport body that ask for one and the same proof. */
  async function proved(): Promise<{ kind: string; datasets: [Body, Body] }> {
    const { organisation } = await city.town.me('reviewer-transport');
    const { items } = await see(`/api/datasets?tier=conditional&publisher=${organisation.id}&limit=100`);
    const shelves = new Map<string, Body[]>();
    for (const { id } of items as { id: string }[]) {
      const one = await see(`/api/datasets/${id}`);
      const asked = one.conditions.filter(({ evidenceRequired }: Body) => evidenceRequired);
      if (asked.length !== 1 || !one.deliveryKinds.includes('download')) continue;
      const shelf = [...(shelves.get(asked[0].kind) ?? []), one];
      if (shelf.length === 2) return { kind: asked[0].kind, datasets: shelf as [Body, Body] };
      shelves.set(asked[0].kind, shelf);
    }
    throw new Error('no two datasets ask for one proof');
  }
  async function verified(kind: string, validUntil: string): Promise<string> {
    const paper = { kind, issuer: 'Registry', reference: `No. ${crypto.randomUUID()}`, validUntil };
    const { id } = done(await (await city.town.as(HANDLER)).post('/api/evidence', paper), 201).body;
    done(await city.town.give('officer', `/api/evidence/${id}`, 'verify'));
    return id as string;
  }

  shows('terms-accepted-by-name', async () => {
    const path = await city.town.advised([await city.town.plain()]);
    done(await city.town.give('approver', path, 'approve'));
    const { version, hash, href } = (await see(path)).agreement;
    expect((await city.town.anonymous.get(href)).body.hash, 'anyone may read what is signed').to.equal(hash);
    const accept = (more: object) => city.town.give(SIGNATORY, path, 'accept-agreement', { version, hash, ...more });
    refused(await accept({ hash: '0'.repeat(64) }), 409, 'agreement-changed');
    const { grants } = done(await accept({})).body;
    expect((await see(`/api/grants/${grants[0].id}`)).agreement).to.deep.include({ version, hash });
    const { accepted } = (await see(path)).agreement;
    expect(accepted).to.include({ version, by: (await city.town.me(SIGNATORY)).subject.id });
  });

  shows('no-grant-before-the-terms', async () => {
    const dataset = await city.town.plain();
    const path = await city.town.advised([dataset]);
    const { grants } = done(await city.town.give('approver', path, 'approve')).body;
    expect((await see(`/api/grants/${grants[0].id}`)).state).to.equal('pending');
    expect(await answered(dataset)).to.deep.equal([false, 'grant-pending', 'sign-agreement']);
    done(await city.town.sign(path));
    expect((await answered(dataset))[0]).to.equal(true);
  });

  shows('terms-that-change', async () => {
    const dataset = await city.town.plain();
    const { application, grant } = await city.town.granted([dataset]);
    const { template } = (await see(application)).agreement;
    const text = { zh: '第二版', en: 'Second version' };
    done(await city.town.give('admin', `/api/agreements/${template}`, 'revise', { text }));
    expect(await answered(dataset)).to.deep.equal([false, 'agreement-superseded', 'sign-agreement']);
    done(await city.town.sign(application));
    expect((await answered(dataset))[0]).to.equal(true);
    expect((await see(grant)).agreement.version).to.equal(2);
  });

  shows('templates-kept-in-versions', async () => {
    const admin = await city.town.as('admin');
    const first = { title: { zh: '示范协议', en: 'Model agreement' }, text: { zh: '第一版', en: 'First version' } };
    const { template, hash, execution, etag } = done(await admin.post('/api/agreements', first)).body;
    expect(execution).to.equal('acceptance');
    const revise = (text: object) =>
      admin.post(
        `/api/agreements/${template}/commands/revise`,
        { text, execution: 'counter-signature' },
        { 'if-match': etag },
      );
    const next = done(await revise({ en: 'Second version' })).body;
    expect(next).to.include({ version: 2, execution: 'counter-signature' });
    expect(next.hash).to.not.equal(hash);
    refused(await revise({ en: 'On top of the first' }), 412, 'stale-etag');
    const read = (path = '') => see(`/api/agreements/${template}${path}`, 'enterprise-b-handler');
    expect(await read('/versions/1')).to.deep.include({ hash, execution: 'acceptance', text: first.text });
    expect(await read()).to.deep.include({ version: 2, hash: next.hash, title: first.title });
  });

  shows('terms-a-machine-reads', async () => {
    const dataset = await city.town.plain();
    const conditions = [{ kind: 'location', text: 'Kept in the city' }];
    const { grant } = await city.town.granted([dataset], { datasets: [{ dataset: dataset.id, quota: 5, conditions }] });
    const page = await see(grant);
    expect(page).to.deep.include({ purpose: 'research', delivery: 'download', quota: 5 });
    const kinds = (await city.town.anonymous.get('/api/condition-kinds')).text;
    for (const { kind } of page.conditions) expect(kinds).to.include(kind);
    expect(page.conditions.map(({ kind }: Body) => kind)).to.include('location');
    const { obligations } = (await city.town.ask(dataset)).context;
    expect(obligations.map(({ type }: Body) => type)).to.include.members(['attribute', 'count']);
  });

  const STEWARD = 'steward-transport';
  shows('conditions-kept-by-stewards', async () => {
    const { id, conditions } = await city.town.plain();
    const path = `/api/datasets/${id}`;
    const steward = await city.town.as(STEWARD);
    const written = { kind: 'location', text: { zh: '存储于本市', en: 'Kept in the city' }, evidenceRequired: false };
    const { etag } = await see(path, STEWARD);
    const send = (one: object) => steward.send('PATCH', path, { conditions: [one] }, { 'if-match': etag });
    const naming = { ...written, text: { zh: '仅限临港智行科技有限公司申请' } };
    const { errors } = refused(await send(naming), 422, 'condition-names-applicant').body;
    expect(errors[0].pointer).to.equal('/conditions/0/text');
    refused(await send({ ...written, kind: 'bribe' }), 422, 'unknown-condition-kind');
    expect((await see(path)).conditions, 'a refusal changes nothing').to.deep.equal(conditions);
    done(await send(written));
    refused(await send(written), 412, 'stale-etag');
    for (const [language, text] of Object.entries({ 'zh-CN': '存储于本市', en: 'Kept in the city' })) {
      const read = done(await city.town.anonymous.get(path, { 'accept-language': language })).body;
      expect(read.conditions).to.deep.equal([{ ...written, text }]);
    }
    const back = (await see(path, STEWARD)).conditions.map(({ wording, ...one }: Body) => ({ ...one, text: wording }));
    expect(back, 'read back as it was written').to.deep.equal([written]);
  });

  const begun = (more: object = {}) => ({
    identifier: `NEW-${crypto.randomUUID()}`,
    title: { zh: '公交到站预报', en: 'Bus arrivals' },
    declaredTier: 'open',
    field: 'transport',
    ...more,
  });

  shows('record-begun-by-stewards', async () => {
    const steward = await city.town.as(STEWARD);
    const contents = {
      keywords: ['公交'],
      items: [{ name: 'stop', title: { zh: '站点', en: 'Stop' }, type: 'string' }],
      documents: [{ kind: 'sample', title: { zh: '样例' }, url: 'https://data.example.org/sample.csv' }],
    };
    const file = { title: { en: 'Table' }, format: 'CSV', kind: 'file', url: '/files/arrivals.csv' };
    const written = begun({ ...contents, distributions: [file] });
    const pointerOf = async (body: object, code: string, status: number) =>
      refused(await steward.post('/api/datasets', body), status, code).body.errors[0].pointer;
    const twice = [...contents.items, ...contents.items];
    expect(await pointerOf({ ...written, items: twice }, 'repeated-item', 422)).to.equal('/items/1/name');
    const { id } = done(await steward.post('/api/datasets', written), 201).body;
    expect(await pointerOf(written, 'identifier-taken', 409)).to.equal('/identifier');
    const record = await see(`/api/datasets/${id}`, STEWARD);
    expect(record).to.deep.include({ state: 'draft', title: written.title, keywords: contents.keywords });
    expect(record.documents).to.deep.equal(contents.documents);
    expect(record.items[0]).to.deep.include(contents.items[0] as object);
    expect(record.distributions[0]).to.deep.include(file);
    refused(await (await city.town.as(HANDLER)).post('/api/datasets', begun()), 403, 'forbidden');
  });

  shows('unlisted-records-stay-in-sight', async () => {
    const { id } = done(await (await city.town.as(STEWARD)).post('/api/datasets', begun()), 201).body;
    const path = `/api/datasets/${id}`;
    const found = async (state: string, by: Account = STEWARD) =>
      (await see(`/api/datasets?state=${state}&q=Bus&limit=100`, by)).items.some((one: Body) => one.id === id);
    expect([await found('draft'), await found('draft', HANDLER), await found('draft', 'steward-health')]).to.deep.equal(
      [true, false, false],
    );
    done(await city.town.give(STEWARD, path, 'withdraw', { reason: 'Not yet' }));
    expect([await found('draft'), await found('withdrawn')]).to.deep.equal([false, true]);
    done(await city.town.give(STEWARD, path, 'restore'));
    expect([await found('draft'), await found('draft', HANDLER)]).to.deep.equal([true, false]);
    refused(await city.town.give(STEWARD, path, 'list'), 422, 'listing-incomplete');
    const { allowedCommands, lacking } = await see(path, STEWARD);
    expect([allowedCommands, lacking]).to.deep.equal([
      ['edit', 'withdraw'],
      ['/abstract', '/updateFrequency'],
    ]);
    const whole = { abstract: { en: 'Arrivals at every stop' }, updateFrequency: 'daily' };
    done(await (await city.town.as(STEWARD)).change(path, whole));
    done(await city.town.give(STEWARD, path, 'list'));
    expect([await found('draft'), await found('listed', HANDLER)]).to.deep.equal([false, true]);
  });

  shows('record-says-what-may-be-done', async () => {
    const dataset = await city.town.plain();
    await city.town.granted([dataset]);
    const path = `/api/datasets/${dataset.id}`;
    const allowed = async (by: Account = STEWARD) => (await see(path, by)).allowedCommands;
    expect(await allowed()).to.have.members(['edit', 'suspend', 'withdraw']);
    expect(await allowed('steward-health')).to.equal(undefined);
    expect((await answered(dataset))[0]).to.equal(true);
    done(await city.town.give(STEWARD, path, 'suspend', { reason: 'Quality' }));
    expect((await answered(dataset))[0]).to.equal(false);
    expect(await allowed()).to.have.members(['edit', 'withdraw', 'restore']);
    done(await city.town.give(STEWARD, path, 'restore'));
    expect((await answered(dataset))[0]).to.equal(true);
    const draft = { identifier: `BARE-${crypto.randomUUID()}`, title: { zh: '草稿' } };
    const { id } = done(await (await city.town.as(STEWARD)).post('/api/datasets', draft), 201).body;
    const bare = await see(`/api/datasets/${id}`, STEWARD);
    expect([bare.allowedCommands.includes('list'), bare.lacking.includes('/abstract')]).to.deep.equal([false, true]);
    refused(await city.town.give(STEWARD, `/api/datasets/${id}`, 'list'), 422, 'listing-incomplete');
  });

  shows('duties-after-the-grant', async () => {
    const dataset = await city.town.plain();
    const conditions = [{ kind: 'feedback-cadence', text: 'Each quarter', everyMonths: 3 }];
    const { grant } = await city.town.granted([dataset], { datasets: [{ dataset: dataset.id, conditions }] });
    const due = addMonths(city.day(), 3);
    expect((await see(grant)).duties[0]).to.deep.include({ kind: 'report-use', due, overdue: false });
    const report = { text: 'Used in a planner', products: ['Night planner'] };
    done(await city.town.give(HANDLER, grant, 'report-use', report));
    done(await city.town.give(HANDLER, grant, 'relinquish', { reason: 'Done' }));
    done(await city.town.give(HANDLER, grant, 'certify-deletion', { date: city.day(), method: 'Overwritten' }));
    const duties = new Map((await see(grant, 'supervisor')).duties.map((one: Body) => [one.kind, one.last]));
    expect(duties.get('report-use')).to.deep.include(report);
    expect(duties.get('certify-deletion')).to.include({ method: 'Overwritten' });
  });

  shows('proved-once', async () => {
    const { kind, datasets } = await proved();
    refused(await city.town.give(HANDLER, await city.town.draft([datasets[0]]), 'submit'), 422, 'evidence-missing');
    await verified(kind, city.day(300));
    for (const dataset of datasets) {
      expect((await see(`/api/datasets/${dataset.id}/eligibility`)).missing).to.deep.equal([]);
      await city.town.granted([dataset]);
      expect((await answered(dataset))[0]).to.equal(true);
    }
    const { items } = await see(`/api/evidence?kind=${kind}&state=verified`);
    for (const { id } of items) done(await city.town.give(HANDLER, `/api/evidence/${id}`, 'withdraw'));
  });

  shows('proof-before-access', async () => {
    const { kind, datasets } = await proved();
    const [, dataset] = datasets;
    const end = city.day(20);
    const evidence = await verified(kind, end);
    const { grant } = await city.town.granted([dataset], undefined, {
      purpose: { category: 'education', scenario: 'A course on traffic' },
    });
    const purpose = { context: { purpose: 'education' } };
    expect(await city.town.reason(dataset, purpose)).to.equal('granted');
    await city.wait(21 * DAY);
    const lapsed = await city.town.ask(dataset, purpose);
    expect([lapsed.context.reason.code, lapsed.context.nextStep.code]).to.deep.equal([
      'condition-lapsed',
      'submit-evidence',
    ]);
    expect((await see(grant)).state).to.equal('suspended');
    await verified(kind, city.day(200));
    expect(await city.town.reason(dataset, purpose)).to.equal('granted');
    expect((await see(`/api/evidence/${evidence}`)).state).to.equal('lapsed');
    expect(idIn(grant)).to.equal((await city.town.ask(dataset, purpose)).context.grant);
  });

  const REVIEWER = 'reviewer-transport';
  const titlesOf = async (by: Account, path: string): Promise<string[]> =>
    (await see('/api/notifications?limit=100', by)).items
      .filter(({ href, about }: Body) => JSON.stringify([href, about]).includes(idIn(path)))
      .map(({ title }: Body) => title);

  shows('signed-by-both-sides', async () => {
    const dataset = await city.town.plain();
    const path = await city.town.advised([dataset]);
    const { template } = (await see(path)).agreement;
    const revise = async (execution: string) => {
      const text = { zh: `第 ${execution} 版`, en: `The text of ${execution}` };
      return done(await city.town.give('admin', `/api/agreements/${template}`, 'revise', { text, execution })).body;
    };
    const counterSigned = await revise('counter-signature');
    expect(counterSigned.execution).to.equal('counter-signature');
    const { grants } = done(await city.town.give('approver', path, 'approve')).body;
    const grant = `/api/grants/${grants[0].id}`;
    const signing = { version: counterSigned.version, hash: counterSigned.hash };
    const accepted = done(await city.town.give(SIGNATORY, path, 'accept-agreement', signing)).body;
    expect(accepted.state).to.equal('approved');
    expect(accepted.agreement).to.include({ execution: 'counter-signature', awaitsHolder: true });
    expect(accepted.waitingFor.role).to.equal('reviewer');
    const mine = (await see('/api/applications?queue=mine&limit=100', REVIEWER)).items;
    expect(mine.map(({ id }: Body) => id)).to.include(idIn(path));
    expect((await titlesOf(REVIEWER, path)).join()).to.match(/waits for your counter-signature/);
    expect((await see(grant)).state, 'one signature gives nothing').to.equal('pending');
    expect(await answered(dataset)).to.deep.equal([false, 'grant-pending', 'wait']);
    refused(await city.town.give(SIGNATORY, path, 'counter-sign', signing), 403, 'applicant-side');
    const other = { ...signing, hash: '0'.repeat(64) };
    refused(await city.town.give(REVIEWER, path, 'counter-sign', other), 409, 'agreement-changed');
    expect(done(await city.town.give(REVIEWER, path, 'counter-sign', signing)).body.state).to.equal('concluded');
    expect((await answered(dataset))[0]).to.equal(true);
    refused(await city.town.give(REVIEWER, path, 'counter-sign', signing), 409, 'no-counter-signature');

    const sealed = await revise('sealed-document');
    expect((await answered(dataset)).slice(0, 2)).to.deep.equal([false, 'agreement-superseded']);
    const named = { version: sealed.version, hash: sealed.hash };
    refused(await city.town.give(SIGNATORY, path, 'accept-agreement', named), 422, 'sealed-document');
    const handIn = async (name: string) => {
      const file = Buffer.from(`%PDF-1.4\n% ${name}\n%%EOF\n`);
      const type = { 'content-type': 'application/octet-stream' };
      const { id } = done(
        await (await city.town.as(SIGNATORY)).raw('POST', `/api/attachments?name=${name}.pdf`, file, type),
        201,
      ).body;
      done(await city.town.give(SIGNATORY, path, 'accept-agreement', { ...named, document: id }));
      return id as string;
    };
    expect((await answered(dataset))[2]).to.equal('sign-agreement');
    const first = await handIn('unsealed');
    expect(await answered(dataset)).to.deep.equal([false, 'agreement-superseded', 'wait']);
    const reason = 'The seal is missing.';
    done(await city.town.give(REVIEWER, path, 'return-agreement', { reason }));
    expect((await titlesOf(SIGNATORY, path)).join()).to.match(/came back/);
    expect((await answered(dataset))[2]).to.equal('sign-agreement');
    const second = await handIn('sealed');
    const page = await see(path, REVIEWER);
    expect(page.agreement.accepted).to.include({ document: second, counterSigned: null });
    const kept = page.attachmentFiles.map(({ id }: Body) => id);
    expect(kept, 'also what came back').to.include.members([first, second]);
    const { href } = page.attachmentFiles.find(({ id }: Body) => id === second);
    expect((await (await city.town.as(REVIEWER)).get(href)).status, 'the holder reads it').to.equal(200);
    expect((await answered(dataset))[0]).to.equal(false);
    done(await city.town.give(REVIEWER, path, 'counter-sign', named));
    expect((await answered(dataset))[0]).to.equal(true);
    expect((await see(grant)).agreement.version).to.equal(sealed.version);
    await revise('acceptance');
    done(await city.town.sign(path));
  });
});
