import { expect } from 'chai';
import type { AccessPolicy } from '../../../src/decisions/domain/policy.js';
import { dataset, NOW, shippedPolicy, smallWorld, ulid } from '../../fixtures/decisions/small-world.js';
import { testCore, type Wire } from '../../fixtures/decisions/access-core.js';

const ONE = '/access/v1/evaluation';
const MANY = '/access/v1/evaluations';
const subject = { type: 'organisation', id: 'org-1' };
const resource = { type: 'dataset', id: 'ds-1' };
const action = { name: 'download' };
const full = { subject, resource, action, context: { purpose: 'research' } };

describe('decisions: AuthZEN evaluation', () => {
  let policy: AccessPolicy;
  before(async () => {
    policy = await shippedPolicy();
  });
  const server = (more = {}, as = 'portal') => testCore(smallWorld(), policy, more, as);

  it('permits with reason, obligations, grant, purpose, versions and an end', async () => {
    const { status, json, headers } = await server().post(ONE, full);
    expect(status).to.equal(200);
    expect(headers['content-type']).to.equal('application/json');
    expect(json.decision).to.equal(true);
    expect(json.context).to.deep.include({
      reason: { code: 'granted', text: 'A grant in force covers this request.' },
      grant: ulid('gr', 1),
      purpose: 'research',
      policyVersion: policy.version,
      revision: 7,
      validUntil: new Date(NOW + 2000).toISOString(),
    });
    expect(json.context.obligations).to.deep.equal([
      { type: 'attribute', source: 'Transport Commission' },
      { type: 'log' },
      { type: 'count', href: '/access/v1/deliveries' },
    ]);
    expect(json.context.evaluationId).to.match(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
  });

  it('obliges to cut what is served under a grant where the published terms ask for it, and nothing else', async () => {
    const world = smallWorld();
    world.putDataset(dataset('ds-1', { cut: true }));
    world.putDataset(dataset('ds-open', { tier: 'open', cut: true }));
    const types = async (body: object) =>
      ((await testCore(world, policy).post(ONE, body)).json.context.obligations as { type: string }[]).map(
        ({ type }) => type,
      );
    expect(await types(full)).to.deep.equal(['attribute', 'log', 'count', 'cut']);
    const part = { ...full, resource: { ...resource, properties: { items: ['a'] } } };
    expect(await types(part)).to.deep.equal(['attribute', 'log', 'count', 'cut', 'mask']);
    expect(await types({ ...full, resource: { type: 'dataset', id: 'ds-open' } })).to.not.include('cut');
  });

  it('denies with 200, a reason and the next step, in the language asked for', async () => {
    const { status, json } = await server().post(
      ONE,
      { ...full, context: { purpose: 'marketing' } },
      { 'accept-language': 'zh-CN' },
    );
    expect(status).to.equal(200);
    expect(json).to.deep.include({ decision: false });
    expect(json.context.reason).to.deep.equal({ code: 'purpose-mismatch', text: '数据使用权限的用途不符。' });
    expect(json.context.nextStep).to.deep.equal({ code: 'apply', href: '/datasets/ds-1/apply' });
  });

  it('names covered and missing items of a part-approval, and masks what was not asked for', async () => {
    const world = smallWorld({ items: ['a', 'b'] });
    const core = testCore(world, policy);
    const whole = (await core.post(ONE, full)).json;
    expect(whole.context.reason.code).to.equal('items-partly-covered');
    expect(whole.context.items).to.deep.equal({ covered: ['a', 'b'], missing: ['c'] });
    const part = (await core.post(ONE, { ...full, resource: { ...resource, properties: { items: ['a'] } } })).json;
    expect(part.decision).to.equal(true);
    expect(part.context.obligations).to.deep.include({ type: 'mask', keep: ['a'] });
    const none = (await core.post(ONE, { ...full, resource: { ...resource, properties: { items: [] } } })).json;
    expect(none.context.reason.code).to.equal('items-partly-covered');
  });

  for (const [what, body] of Object.entries({
    subject: { ...full, subject: { type: 'organisation', id: 'nobody' } },
    'subject type': { ...full, subject: { type: 'robot', id: 'org-1' } },
    resource: { ...full, resource: { type: 'dataset', id: 'nothing' } },
    'resource type': { ...full, resource: { type: 'table', id: 'ds-1' } },
    action: { ...full, action: { name: 'delete' } },
    prototype: { ...full, action: { name: '__proto__' } },
    constructor: { ...full, subject: { type: 'user', id: 'constructor' } },
  })) {
    it(`answers 200 false for an unknown ${what}`, async () => {
      const { status, json } = await server().post(ONE, body);
      expect([status, json.decision]).to.deep.equal([200, false]);
    });
  }

  const wrong: Record<string, unknown> = {
    'no subject': { action, resource },
    'no action': { subject, resource },
    'no resource': { subject, action },
    'subject without type': { subject: { id: 'a' }, action, resource },
    'subject without id': { subject: { type: 'user' }, action, resource },
    'action without name': { subject, action: {}, resource },
    'resource without type': { subject, action, resource: { id: 'ds-1' } },
    'resource without id': { subject, action, resource: { type: 'dataset' } },
    'subject as text': { subject: 'org-1', action, resource },
    'name as number': { subject, action: { name: 123 }, resource },
    'id as array': { subject: { type: 'organisation', id: ['org-1'] }, action, resource },
    'context as text': { ...full, context: 'now' },
    'properties as list': { ...full, subject: { ...subject, properties: [] } },
    'items as text': { ...full, resource: { ...resource, properties: { items: 'a' } } },
    'purpose as number': { ...full, context: { purpose: 1 } },
    'revision below zero': { ...full, context: { minRevision: -1 } },
    'revision as text': { ...full, context: { minRevision: '7' } },
    'trailing blank': { ...full, subject: { type: 'organisation', id: 'org-1 ' } },
    'NUL in an id': { ...full, subject: { type: 'organisation', id: 'org-1\u0000' } },
    'half a character': { ...full, subject: { type: 'organisation', id: 'org-1\ud800' } },
    'an empty id': { ...full, subject: { type: 'organisation', id: '' } },
    'a body that is a list': [full],
    'a body that is null': 'null',
  };
  for (const [what, body] of Object.entries(wrong)) {
    it(`refuses ${what}: 400`, async () => {
      const { status, json, headers } = await server().post(ONE, body);
      expect(status).to.equal(400);
      expect(headers['content-type']).to.equal('application/problem+json; charset=utf-8');
      expect(json.code).to.equal('invalid-body');
      expect(json).to.not.have.property('decision');
    });
  }

  const broken: Record<string, [unknown, string, number]> = {
    'an empty body': ['', 'malformed-json', 400],
    'half a body': ['{"subject":', 'malformed-json', 400],
    'a duplicate key': ['{"subject":{"type":"organisation","id":"a","id":"org-1"}}', 'duplicate-key', 400],
    'a duplicate key behind an escape': [
      `{"action":${JSON.stringify(action)},"\\u0061ction":${JSON.stringify(action)}}`,
      'duplicate-key',
      400,
    ],
    'a body too deep': [`{"x":${'['.repeat(40)}${']'.repeat(40)}}`, 'too-deep', 400],
    'bytes that are not UTF-8': [Buffer.from([0x7b, 0xff, 0x7d]), 'bad-encoding', 400],
  };
  for (const [what, [body, code, status]] of Object.entries(broken)) {
    it(`refuses ${what}: ${code}`, async () => {
      const answer = await server().post(ONE, body);
      expect([answer.status, answer.json.code]).to.deep.equal([status, code]);
    });
  }

  it('says where a key stands twice', async () => {
    const { json } = await server().post(ONE, '{"subject":{"type":"organisation","id":"a","id":"org-1"}}');
    expect(json.errors.map((fault) => fault.pointer)).to.deep.equal(['/subject/id']);
  });

  it('does not take a colon inside a string for a key', async () => {
    const odd = { ...full, foo: 'a:b "quoted": \\ ', future: { nested: [{ 'x:y': 1 }] } };
    expect((await server().post(ONE, odd)).json.decision).to.equal(true);
  });

  it('refuses other content types with 400', async () => {
    for (const type of ['text/plain', 'application/jsonx', 'application/x-www-form-urlencoded']) {
      const { status, json } = await server().post(ONE, full, { 'content-type': type });
      expect([status, json.code]).to.deep.equal([400, 'unsupported-content-type']);
    }
    expect((await server().post(ONE, full, { 'content-type': 'application/json; charset=utf-8' })).status).to.equal(
      200,
    );
  });

  it('echoes X-Request-ID and names requests that have none', async () => {
    expect((await server().post(ONE, full, { 'x-request-id': 'abc-1' })).headers['x-request-id']).to.equal('abc-1');
    expect((await server().post(ONE, full)).headers['x-request-id']).to.match(/\S{8,}/);
    const split = await server().post(ONE, full, { 'x-request-id': 'a\r\nset-cookie: x' });
    expect(split.headers['x-request-id']).to.not.include('\r');
  });

  it('gives the same answer to the same question, apart from its id', async () => {
    const core = server();
    const strip = (json: Wire) => ({ ...json, context: { ...json.context, evaluationId: undefined } });
    expect(strip((await core.post(ONE, full)).json)).to.deep.equal(strip((await core.post(ONE, full)).json));
  });

  it('answers 401 without a credential or with one that does not hold', async () => {
    const core = server();
    const absent = await core.post(ONE, full, { authorization: undefined as unknown as string });
    expect([absent.status, absent.json.code]).to.deep.equal([401, 'sign-in-required']);
    const wrongToken = await core.post(ONE, full, { authorization: 'Bearer nonsense' });
    expect([wrongToken.status, wrongToken.json.code]).to.deep.equal([401, 'invalid-token']);
  });

  it('lets a person ask about themselves and their organisation, and nobody else, alike for known and unknown', async () => {
    const core = server({}, 'person');
    const about = async (who: object) => core.post(ONE, { ...full, subject: who }, { 'x-request-id': 'same' });
    expect((await about({ type: 'user', id: 'person-1' })).json.decision).to.equal(true);
    expect((await about(subject)).json.decision).to.equal(true);
    const [other, unknown] = [
      await about({ type: 'user', id: 'person-2' }),
      await about({ type: 'user', id: 'no such' }),
    ];
    expect([other.status, other.json.code]).to.deep.equal([403, 'not-your-subject']);
    expect(other.body).to.equal(unknown.body);
    expect(
      (await about({ type: 'user', id: 'person-1', properties: { issuer: 'https://elsewhere' } })).status,
    ).to.equal(403);
  });

  it('refuses a portal for subjects it is not registered for', async () => {
    const core = server({ serves: () => false });
    expect((await core.post(ONE, full)).status).to.equal(403);
  });

  it('never permits when deciding fails, and tells the operator what the asker is not told', async () => {
    const faults: unknown[] = [];
    const failing = server({ onFault: (fault: unknown) => void faults.push(fault) });
    const broken = new Error('broken');
    (failing.core.judge as unknown as { answer: () => string }).answer = () => {
      throw broken;
    };
    const { status, json, body } = await failing.post(ONE, full);
    expect([status, json.code, body.includes('broken')]).to.deep.equal([500, 'internal-error', false]);
    const later = server({
      onFault: (fault: unknown) => void faults.push(fault),
      credentials: { verify: () => Promise.reject(broken) },
    });
    const answer = await later.post(ONE, full);
    expect([answer.status, answer.json.code, answer.headers['retry-after']]).to.deep.equal([503, 'unavailable', '2']);
    expect(faults).to.deep.equal([broken, broken]);
  });

  it('confirms the log before it answers from a stale world, and denies when that does not help', async () => {
    const world = smallWorld();
    world.confirmedAt = NOW - 10_000;
    let asked = 0;
    const helped = testCore(world, policy, {
      freshness: {
        mark: () => undefined,
        confirm: async () => {
          asked += 1;
          world.confirmedAt = NOW;
          return world.revision;
        },
      },
    });
    expect((await helped.post(ONE, full)).json.decision).to.equal(true);
    expect(asked).to.equal(1);
    world.confirmedAt = NOW - 10_000;
    const left = testCore(world, policy);
    const { json } = await left.post(ONE, full);
    expect(json.context.reason).to.include({ code: 'stale', undecided: true });
    expect((await left.post(ONE, { ...full, resource: { type: 'dataset', id: 'ds-open' } })).json.decision).to.equal(
      true,
    );
    const failed = testCore(world, policy, {
      freshness: { mark: () => undefined, confirm: () => Promise.reject(new Error('database gone')) },
    });
    expect((await failed.post(ONE, full)).status).to.equal(503);
  });

  it('caps a demanded revision at a head it has read, in singles and batches, and says behind where it could not', async () => {
    const far = { ...full, context: { purpose: 'research', minRevision: Number.MAX_SAFE_INTEGER } };
    const confirming = (head: number) =>
      testCore(smallWorld(), policy, { freshness: { mark: () => undefined, confirm: async () => head } });
    const reached = await confirming(7).post(ONE, far);
    expect([reached.json.decision, reached.json.context['revision']]).to.deep.equal([true, 7]);
    const batch = await confirming(7).post(MANY, { evaluations: [far, full] });
    expect(batch.json.evaluations.map(({ decision }) => decision)).to.deep.equal([true, true]);
    const unread = await confirming(Number.POSITIVE_INFINITY).post(ONE, far);
    expect(unread.json.context.reason).to.include({ code: 'behind', undecided: true });
    expect((await confirming(8).post(ONE, far)).json.decision, 'the head is ahead of this world').to.equal(false);
  });

  it('answers 404 and 405 where there is nothing, and never more', async () => {
    const core = server();
    expect((await core.get('/access/v1/nothing')).status).to.equal(404);
    const get = await core.get(ONE);
    expect([get.status, get.headers['allow']]).to.deep.equal([405, 'POST']);
  });

  it('publishes its endpoints', async () => {
    const { json } = await server({ publicUrl: 'https://tiergate.example' }).get('/.well-known/authzen-configuration');
    expect(json).to.deep.equal({
      policy_decision_point: 'https://tiergate.example',
      access_evaluation_endpoint: 'https://tiergate.example/access/v1/evaluation',
      access_evaluations_endpoint: 'https://tiergate.example/access/v1/evaluations',
      search_subject_endpoint: 'https://tiergate.example/access/v1/search/subject',
      search_resource_endpoint: 'https://tiergate.example/access/v1/search/resource',
      search_action_endpoint: 'https://tiergate.example/access/v1/search/action',
    });
  });
});
