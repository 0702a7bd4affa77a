import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { LARGEST_BODY, serveAccess } from '../../src/decisions/access/raw-adapter.js';
import { testCore } from '../fixtures/decisions/access-core.js';
import {
  dataset,
  organisation,
  person,
  putGrant,
  shippedPolicy,
  smallWorld,
  ulid,
} from '../fixtures/decisions/small-world.js';

// oxlint-disable-next-line typescript/no-explicit-any -- bodies as a stranger sees them
type Body = any;

/**
 * The certification scenario of AuthZEN 1.0 (openid/authzen, certification/), its 37 numbered tests in our types and our
 * words. Its records are datasets, its users people of organisations, reading is `read`, writing `download`. A record's
 * status is which `items` are asked for, a user's role which `organisation` they act for.
 */
const alice = { type: 'user', id: 'alice' };
const bob = { type: 'user', id: 'bob' };
/** In two organisations, and what carol may do depends on the one she acts for. */
const carol = { type: 'user', id: 'carol', properties: { organisation: 'org-c' } };
const one = { type: 'dataset', id: 'ds-1' };
const two = { type: 'dataset', id: 'ds-2' };
/** Alice's grant covers items a and b, the one of org-c all of them. */
const closed = { ...two, properties: { items: ['c'] } };
const opened = { ...two, properties: { items: ['a'] } };
const read = { name: 'read' };
const write = { name: 'download' };
const context = { time: '2025-06-27T18:03-07:00', ip: '192.0.2.1' };

const SINGLE = '/access/v1/evaluation';
const BATCH = '/access/v1/evaluations';
const ACTION = '/access/v1/search/action';
const RESOURCE = '/access/v1/search/resource';
const SUBJECT = '/access/v1/search/subject';

function certifiedWorld() {
  const world = smallWorld({ organisation: 'org-a' });
  for (const id of ['org-a', 'org-b', 'org-c', 'org-d']) world.putOrganisation(organisation(id));
  world.putPerson(person('alice', ['org-a']));
  world.putPerson(person('bob', ['org-b']));
  world.putPerson(person('carol', ['org-c', 'org-d']));
  world.putDataset(dataset('ds-2'));
  putGrant(world, { id: ulid('gr', 2), organisation: 'org-a', dataset: 'ds-2', items: ['a', 'b'] });
  putGrant(world, { id: ulid('gr', 3), organisation: 'org-c', dataset: 'ds-2' });
  return world;
}

describe('contract: the certification scenario of AuthZEN 1.0', () => {
  let server: Server;
  before(async () => {
    const { core } = testCore(certifiedWorld(), await shippedPolicy(), { publicUrl: 'https://pdp.example.org/' });
    server = createServer((message, response) => serveAccess(core, message, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  after(() => new Promise((resolve) => server.close(resolve)));

  const send = async (path: string, text: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, {
      method: 'POST',
      headers: { authorization: 'Bearer portal', 'content-type': 'application/json', ...headers },
      body: text,
    });
    return { status: answer.status, headers: answer.headers, body: JSON.parse(await answer.text()) as Body };
  };
  const post = (path: string, body: object, headers = {}) => send(path, JSON.stringify(body), headers);
  /** 200, in JSON. */
  const good = async (path: string, body: object): Promise<Body> => {
    const answer = await post(path, body);
    expect([answer.status, answer.headers.get('content-type')]).to.deep.equal([200, 'application/json']);
    return answer.body;
  };
  const decision = async (body: object): Promise<boolean> => {
    const answered = (await good(SINGLE, body)).decision;
    expect(answered).to.be.a('boolean');
    return answered;
  };
  const decisions = async (body: object): Promise<boolean[]> => {
    const { evaluations, ...rest } = await good(BATCH, body);
    expect(rest).to.not.have.property('decision');
    return evaluations.map((each: Body) => each.decision);
  };
  const bad = async (path: string, body: object): Promise<void> => {
    const { status, body: problem } = await post(path, body);
    expect([status, problem.code, problem.decision, problem.results], JSON.stringify(body)).to.deep.equal([
      400,
      'invalid-body',
      undefined,
      undefined,
    ]);
  };
  const results = async (path: string, body: object): Promise<Body[]> => {
    const answered = await good(path, body);
    expect(answered.page.next_token).to.be.a('string');
    return answered.results;
  };
  const permitted = { subject: alice, action: read, resource: one };

  it('2.2.1 permits what the fixture permits', async () => {
    expect(await decision(permitted)).to.equal(true);
    expect(await decision({ ...permitted, action: write })).to.equal(true);
  });

  it('2.2.2 denies what the fixture denies', async () => {
    expect(await decision({ subject: bob, action: read, resource: one })).to.equal(true);
    expect(await decision({ subject: bob, action: write, resource: one })).to.equal(false);
  });

  it('2.2.3 takes a context that it does not know, and decides the same', async () => {
    expect(await decision({ ...permitted, context })).to.equal(true);
    expect(await decision({ subject: bob, action: write, resource: one, context })).to.equal(false);
  });

  it('2.2.4 decides by properties of the resource', async () => {
    expect(await decision({ subject: alice, action: write, resource: closed })).to.equal(false);
    expect(await decision({ subject: alice, action: write, resource: opened })).to.equal(true);
  });

  it('2.2.5 decides by properties of the subject', async () => {
    expect(await decision({ subject: carol, action: write, resource: closed })).to.equal(true);
    const elsewhere = { ...carol, properties: { organisation: 'org-d' } };
    expect(await decision({ subject: elsewhere, action: write, resource: closed })).to.equal(false);
  });

  for (const number of ['2.2.6', '2.2.7'])
    it(`${number} does not apply: no action of ours has properties that decide; they are taken and change nothing`, async () => {
      const soft = number === '2.2.6';
      const action = { ...write, properties: { soft } };
      expect(await decision({ subject: alice, action, resource: one })).to.equal(true);
      expect(await decision({ subject: bob, action, resource: one })).to.equal(false);
    });

  it('2.2.8 takes properties beyond those that decide', async () => {
    const subject = { ...alice, properties: { department: 'Sales', role: 'manager' } };
    const resource = { ...one, properties: { status: 'active', owner: 'bob' } };
    expect(await decision({ subject, action: { ...read, properties: { method: 'GET' } }, resource })).to.equal(true);
  });

  it('2.2.9 ignores members that it does not know', async () => {
    expect(await decision({ ...permitted, foo: 'bar', later: { nested: true } })).to.equal(true);
  });

  it('2.3 answers with a boolean decision, and a context that is an object', async () => {
    const { decision: answered, context: more } = await good(SINGLE, permitted);
    expect([typeof answered, typeof more, Array.isArray(more)]).to.deep.equal(['boolean', 'object', false]);
  });

  it('2.4 answers 400 to what is missing, of the wrong type or media type, no JSON, or empty', async () => {
    const { subject, action, resource } = permitted;
    await bad(SINGLE, { action, resource });
    await bad(SINGLE, { subject, resource });
    await bad(SINGLE, { subject, action });
    await bad(SINGLE, { ...permitted, subject: { id: 'alice' } });
    await bad(SINGLE, { ...permitted, subject: { type: 'user' } });
    await bad(SINGLE, { ...permitted, action: {} });
    await bad(SINGLE, { ...permitted, resource: { id: 'ds-1' } });
    await bad(SINGLE, { ...permitted, resource: { type: 'dataset' } });
    await bad(SINGLE, { ...permitted, subject: 'alice' });
    await bad(SINGLE, { ...permitted, action: { name: 123 } });
    const text = JSON.stringify(permitted);
    for (const path of [SINGLE, BATCH, SUBJECT, RESOURCE, ACTION]) {
      const media = await send(path, text, { 'content-type': 'text/plain' });
      expect([path, media.status, media.body.code]).to.deep.equal([path, 400, 'unsupported-content-type']);
      for (const broken of ['', '{', `${text}}`, '[]', 'null', '"text"'])
        expect((await send(path, broken)).status, `${path} ${broken}`).to.equal(400);
    }
    expect((await send(SINGLE, `{"x":"${'x'.repeat(LARGEST_BODY)}"}`)).status, 'oversized').to.equal(413);
  });

  it('2.5 echoes the request id on every answer, and needs none', async () => {
    for (const path of [SINGLE, BATCH, SUBJECT, RESOURCE, ACTION])
      for (const body of [permitted, {}]) {
        const { headers } = await post(path, body, { 'x-request-id': 'bfe9eb29-ab87' });
        expect(headers.get('x-request-id'), path).to.equal('bfe9eb29-ab87');
        expect((await post(path, body)).headers.get('x-request-id')).to.match(/\S{8,}/);
      }
  });

  it('2.6 decides the same however often it is asked', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => decision(permitted)));
    expect(new Set(answers)).to.deep.equal(new Set([true]));
  });

  it('3.2.1 answers a batch with one decision each', async () => {
    const evaluations = [{ resource: one }, { resource: two }];
    expect(await decisions({ subject: alice, action: read, evaluations })).to.deep.equal([true, true]);
  });

  it('3.2.2 decides each item as the fixture says, in order', async () => {
    const evaluations = [{ action: read }, { action: write }];
    expect(await decisions({ subject: bob, resource: one, evaluations })).to.deep.equal([true, false]);
  });

  it('3.2.3 decides each item by its own resource properties', async () => {
    const evaluations = [{ resource: opened }, { resource: closed }];
    expect(await decisions({ subject: alice, action: write, evaluations })).to.deep.equal([true, false]);
  });

  it('3.2.4 decides each item by its own subject properties', async () => {
    const evaluations = [{ subject: alice }, { subject: carol }];
    expect(await decisions({ action: write, resource: closed, evaluations })).to.deep.equal([false, true]);
  });

  it('3.2.5 takes items that say everything themselves', async () => {
    const evaluations = [permitted, { subject: bob, action: write, resource: one }];
    expect(await decisions({ evaluations })).to.deep.equal([true, false]);
  });

  it('3.2.6 lets an item replace the context of all', async () => {
    const evaluations = [{ resource: one }, { resource: one, context: { ...context, purpose: 'education' } }];
    const asked = { subject: alice, action: write, context: { purpose: 'research' }, evaluations };
    expect(await decisions(asked)).to.deep.equal([true, false]);
  });

  it('3.2.7 gives items the defaults whole, and replaces them whole', async () => {
    const evaluations = [{}, { resource: closed }, { resource: { type: 'dataset' } }];
    const asked = { subject: alice, action: write, resource: opened, evaluations };
    expect(await decisions(asked), 'the third has no id, and none is lent to it').to.deep.equal([true, false, false]);
  });

  it('3.3 answers as many as were asked, in their order, each with a boolean', async () => {
    const evaluations = Array.from({ length: 50 }, (_, n) => ({ action: n % 3 === 0 ? read : write }));
    const answers = await decisions({ subject: bob, resource: one, evaluations });
    expect(answers).to.deep.equal(evaluations.map(({ action }) => action === read));
  });

  it('3.4 makes a faulty item false by itself, and is a single evaluation without items', async () => {
    const options = { evaluations_semantic: 'execute_all' };
    const { evaluations } = await good(BATCH, {
      subject: alice,
      action: read,
      options,
      evaluations: [{ resource: one }, {}],
    });
    expect(evaluations.map((each: Body) => each.decision)).to.deep.equal([true, false]);
    expect(evaluations[1].context.error).to.include({ status: 400, pointer: '/resource' });
    expect((await good(BATCH, permitted)).decision).to.equal(true);
    expect((await good(BATCH, { ...permitted, evaluations: [] })).decision).to.equal(true);
    await bad(BATCH, { evaluations: [] });
  });

  const users = { subject: { type: 'user' }, action: read, resource: one };
  it('4.2.1 finds the subjects of a type', async () => {
    const found = await results(SUBJECT, users);
    expect(found).to.deep.include.members([alice, bob]);
    expect(found.every(({ type }) => type === 'user')).to.equal(true);
    expect(await results(SUBJECT, { ...users, action: write })).to.deep.equal([alice]);
  });

  it('4.2.2 finds the same with a context that it does not know', async () => {
    expect(await results(SUBJECT, { ...users, context })).to.deep.equal(await results(SUBJECT, users));
  });

  it('4.2.3 ignores the id of a subject that is searched for', async () => {
    const found = await results(SUBJECT, { ...users, subject: alice });
    expect(found).to.deep.equal(await results(SUBJECT, users));
  });

  it('4.2.4 finds subjects by properties', async () => {
    const { id, ...acting } = carol;
    const found = await results(SUBJECT, { subject: acting, action: write, resource: closed });
    expect(found).to.deep.equal([{ ...acting, id }]);
  });

  const records = { subject: alice, action: read, resource: { type: 'dataset' } };
  it('4.3.1 finds the resources of a type', async () => {
    const found = await results(RESOURCE, records);
    expect(found).to.deep.include(one);
    expect(found.every(({ type }) => type === 'dataset')).to.equal(true);
    expect(await results(RESOURCE, { ...records, action: write, subject: bob })).to.not.deep.include(one);
  });

  it('4.3.2 finds the same with a context that it does not know', async () => {
    expect(await results(RESOURCE, { ...records, context })).to.deep.equal(await results(RESOURCE, records));
  });

  it('4.3.3 ignores the id of a resource that is searched for', async () => {
    expect(await results(RESOURCE, { ...records, resource: one })).to.deep.equal(await results(RESOURCE, records));
  });

  it('4.3.4 finds resources by properties', async () => {
    const resource = { type: 'dataset', properties: closed.properties };
    expect(await results(RESOURCE, { subject: carol, action: write, resource })).to.deep.include(closed);
    expect(await results(RESOURCE, { subject: alice, action: write, resource })).to.not.deep.include(closed);
  });

  it('4.4.1 finds the actions', async () => {
    const found = await results(ACTION, { subject: alice, resource: one });
    expect(found).to.deep.equal([read, write]);
    expect(await results(ACTION, { subject: bob, resource: one })).to.deep.equal([read]);
  });

  it('4.4.2 finds the same with a context that it does not know', async () => {
    expect(await results(ACTION, { subject: alice, resource: one, context })).to.deep.equal([read, write]);
  });

  it('4.4.3 finds actions by properties', async () => {
    expect(await results(ACTION, { subject: carol, resource: closed })).to.deep.include(write);
    expect(await results(ACTION, { subject: alice, resource: closed })).to.not.deep.include(write);
  });

  it('4.5 shows results page by page, to an empty token', async () => {
    const first = await good(SUBJECT, { ...users, page: { limit: 2 } });
    expect([first.results.length, first.page.count]).to.deep.equal([2, 2]);
    expect(first.page.next_token).to.be.a('string').and.not.equal('');
    const second = await good(SUBJECT, { ...users, page: { limit: 2, token: first.page.next_token } });
    expect([...first.results, ...second.results]).to.deep.equal(await results(SUBJECT, users));
    expect(second.page.next_token).to.equal('');
    const whole = await good(SUBJECT, { ...users, page: {} });
    expect(whole.page).to.deep.equal({ next_token: '', count: 3 });
  });

  it('4.6 finds nothing, which is no error, for what it does not know', async () => {
    expect(await results(ACTION, { subject: { ...alice, id: 'nobody' }, resource: one })).to.deep.equal([]);
    expect(await results(ACTION, { subject: { ...alice, type: 'spaceship' }, resource: one })).to.deep.equal([]);
    expect(await results(ACTION, { subject: alice, resource: { ...one, id: 'nothing' } })).to.deep.equal([]);
    expect(await results(SUBJECT, { ...users, subject: { type: 'spaceship' } })).to.deep.equal([]);
    expect(await results(SUBJECT, { ...users, resource: { ...one, id: 'nothing' } })).to.deep.equal([]);
    expect(await results(SUBJECT, { ...users, action: { name: 'fly' } })).to.deep.equal([]);
    expect(await results(RESOURCE, { ...records, resource: { type: 'spaceship' } })).to.deep.equal([]);
    expect(await results(RESOURCE, { ...records, subject: { ...alice, id: 'nobody' } })).to.deep.equal([]);
  });

  it('4.7 answers 400 to a search that misses what is given, and needs no id of what is sought', async () => {
    await bad(SUBJECT, { subject: { type: 'user' }, resource: one });
    await bad(RESOURCE, { action: read, resource: { type: 'dataset' } });
    await bad(ACTION, { subject: alice });
    const without = { subject: { type: 'user' }, action: read, resource: { type: 'dataset' } };
    await bad(SUBJECT, without);
    await bad(RESOURCE, without);
    await bad(ACTION, { subject: { type: 'user' }, resource: one });
    await bad(SUBJECT, { ...users, subject: {} });
    await bad(RESOURCE, { ...records, resource: {} });
  });

  it('6 publishes every endpoint under its public address', async () => {
    const answer = await fetch(
      `http://127.0.0.1:${(server.address() as AddressInfo).port}/.well-known/authzen-configuration`,
    );
    expect([answer.status, answer.headers.get('content-type')]).to.deep.equal([200, 'application/json']);
    const { policy_decision_point: base, ...endpoints } = JSON.parse(await answer.text());
    expect(base).to.equal('https://pdp.example.org');
    expect(endpoints).to.deep.equal({
      access_evaluation_endpoint: `${base}${SINGLE}`,
      access_evaluations_endpoint: `${base}${BATCH}`,
      search_subject_endpoint: `${base}${SUBJECT}`,
      search_resource_endpoint: `${base}${RESOURCE}`,
      search_action_endpoint: `${base}${ACTION}`,
    });
  });
});
