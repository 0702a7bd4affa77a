import { expect } from 'chai';
import type { AccessPolicy } from '../../../src/decisions/domain/policy.js';
import { shippedPolicy, smallWorld, ulid } from '../../fixtures/decisions/small-world.js';
import { testCore, type Wire } from '../../fixtures/decisions/access-core.js';

const ONE = '/access/v1/evaluation';
const MANY = '/access/v1/evaluations';
const subject = { type: 'organisation', id: 'org-1' };
const resource = { type: 'dataset', id: 'ds-1' };
const action = { name: 'download' };
const full = { subject, resource, action, context: { purpose: 'research' } };

describe('decisions: AuthZEN evaluations', () => {
  let policy: AccessPolicy;
  before(async () => {
    policy = await shippedPolicy();
  });
  const server = () => testCore(smallWorld(), policy);
  const decisions = (json: Wire): boolean[] => json.evaluations.map((item) => item.decision);
  const no = { resource: { type: 'dataset', id: 'nothing' } };
  const yes = { resource };
  const defaults = { subject, action, context: { purpose: 'research' } };

  it('answers each item, with top-level defaults replaced key by key', async () => {
    const { json } = await server().post(MANY, {
      ...defaults,
      evaluations: [
        yes,
        no,
        { ...yes, context: {} },
        { ...yes, context: { purpose: 'education' } },
        { ...yes, subject: { type: 'anonymous', id: 'anonymous' } },
      ],
    });
    expect(decisions(json)).to.deep.equal([true, false, true, false, false]);
    expect(json.evaluations[4]?.context.reason.code).to.equal('sign-in-required');
  });

  it('stops at the first deny, or at the first permit, when told to', async () => {
    const evaluations = [yes, no, yes];
    const all = async (semantic: string) =>
      decisions(
        (await server().post(MANY, { ...defaults, evaluations, options: { evaluations_semantic: semantic } })).json,
      );
    expect(await all('execute_all')).to.deep.equal([true, false, true]);
    expect(await all('deny_on_first_deny')).to.deep.equal([true, false]);
    expect(await all('permit_on_first_permit')).to.deep.equal([true]);
    const { status } = await server().post(MANY, {
      ...defaults,
      evaluations,
      options: { evaluations_semantic: 'as_you_like' },
    });
    expect(status).to.equal(400);
  });

  it('makes an incomplete item false, alone', async () => {
    const { status, json } = await server().post(MANY, {
      action,
      evaluations: [{ ...full }, { resource }, 7, { ...full, subject: 'x' }],
    });
    expect(status).to.equal(200);
    expect(decisions(json)).to.deep.equal([true, false, false, false]);
    expect(json.evaluations[1]?.context.reason.code).to.equal('invalid-question');
  });

  it('acts as a single evaluation when there are no items', async () => {
    expect((await server().post(MANY, full)).json.decision).to.equal(true);
    expect((await server().post(MANY, { ...full, evaluations: [] })).json.decision).to.equal(true);
    expect((await server().post(MANY, { evaluations: [] })).status).to.equal(400);
  });

  it('refuses items that are no list, and more than a thousand', async () => {
    expect((await server().post(MANY, { ...full, evaluations: {} })).status).to.equal(400);
    const many = await server().post(MANY, { ...defaults, evaluations: Array.from({ length: 1001 }, () => yes) });
    expect([many.status, many.json.code]).to.deep.equal([400, 'batch-too-large']);
  });

  it('refuses what would grow without measure: too many items, alone or by a default, and names without end', async () => {
    const items = (count: number) => Array.from({ length: count }, (_, at) => `item-${at}`);
    const about = (properties: object) => ({ ...full, resource: { type: 'dataset', id: 'ds-1', properties } });
    const refused = async (path: string, body: object) => {
      const { status, json } = await server().post(path, body);
      return [status, json.code, (json as unknown as { errors?: { pointer: string }[] }).errors?.[0]?.pointer];
    };
    const pointer = '/resource/properties/items';
    expect((await server().post(ONE, about({ items: items(1000) }))).status).to.equal(200);
    expect(await refused(ONE, about({ items: items(1001) }))).to.deep.equal([400, 'invalid-body', pointer]);
    expect(await refused(ONE, about({ items: ['x'.repeat(513)] }))).to.deep.equal([400, 'invalid-body', pointer]);
    expect(await refused(ONE, { ...full, context: { purpose: 'x'.repeat(513) } })).to.deep.equal([
      400,
      'invalid-body',
      '/context/purpose',
    ]);
    const batch = (count: number) => ({
      ...about({ items: items(1000) }),
      evaluations: Array.from({ length: count }, () => ({})),
    });
    expect((await server().post(MANY, batch(10))).status).to.equal(200);
    expect(await refused(MANY, batch(11))).to.deep.equal([400, 'invalid-body', '/evaluations']);
    const wordy = (count: number) => ({
      ...full,
      subject: { type: 'organisation', id: 'x'.repeat(512), properties: { organisation: 'y'.repeat(488) } },
      evaluations: Array.from({ length: count }, () => ({})),
    });
    expect((await server().post(MANY, wordy(500))).status, 'as one could be written out').to.equal(200);
    expect((await server().post(MANY, { ...wordy(1000), context: { purpose: 'z'.repeat(100) } })).status).to.equal(400);
    expect(await refused(MANY, { ...wordy(1000), context: { purpose: 'z'.repeat(512) } })).to.deep.equal([
      400,
      'invalid-body',
      '/evaluations',
    ]);
  });

  it('agrees with single questions, item by item', async () => {
    const core = server();
    const items = [
      yes,
      no,
      { resource: { type: 'dataset', id: 'ds-open' } },
      { resource: { type: 'distribution', id: 'ds-1-file' } },
    ];
    const batch = decisions((await core.post(MANY, { ...defaults, evaluations: items })).json);
    const singles = [];
    for (const item of items) singles.push((await core.post(ONE, { ...defaults, ...item })).json.decision);
    expect(batch).to.deep.equal(singles);
  });

  it('hands every decision to the record once', async () => {
    const core = server();
    await core.post(MANY, { ...defaults, evaluations: [yes, no] });
    expect(core.taken.map(({ outcome }) => outcome.permit)).to.deep.equal([true, false]);
    expect(new Set(core.taken.map(({ id }) => id)).size).to.equal(2);
  });

  describe('a large batch, answered a hundred questions to a turn', () => {
    const many = (count: number, item: object = yes) => Array.from({ length: count }, () => item);

    it('lets a single check in after each part, of whichever batch', async () => {
      const core = server();
      const order: string[] = [];
      const batch = (name: string) =>
        core.post(MANY, { ...defaults, evaluations: many(350) }).then(() => void order.push(name));
      const both = [batch('first'), batch('second')];
      const asked = [];
      while (order.length < 6) {
        await new Promise((resolve) => setImmediate(resolve));
        asked.push(core.post(ONE, full).then(() => void order.push('check')));
        await asked.at(-1);
      }
      await Promise.all(both);
      expect(order.filter((one) => one !== 'check')).to.deep.equal(['first', 'second']);
      // Three parts of each are left after the first one, in turn.
      expect(order.indexOf('first')).to.be.greaterThan(3);
      expect(order.indexOf('second')).to.be.greaterThan(order.indexOf('first'));
    });

    it('answers a small one at once', () => {
      const { core } = server();
      const body = (count: number) => Buffer.from(JSON.stringify({ ...defaults, evaluations: many(count) }));
      const headers = { authorization: 'Bearer portal', 'content-type': 'application/json' };
      const answer = (count: number) =>
        core.handle({ method: 'POST', path: MANY, query: '', headers, body: body(count) });
      expect(answer(100)).not.to.be.instanceOf(Promise);
      expect(answer(101)).to.be.instanceOf(Promise);
    });

    it('answers all in order and records each once, or stops in the part in which it has enough', async () => {
      const core = server();
      const evaluations = [...many(250), no, ...many(249)];
      const all = await core.post(MANY, { ...defaults, evaluations });
      expect(decisions(all.json)).to.deep.equal(evaluations.map((item) => item === yes));
      expect(new Set(core.taken.map(({ id }) => id)).size).to.equal(500);
      const until = await core.post(MANY, {
        ...defaults,
        evaluations,
        options: { evaluations_semantic: 'deny_on_first_deny' },
      });
      expect(decisions(until.json)).to.deep.equal([...many(250).map(() => true), false]);
      expect(core.taken).to.have.length(500 + 251);
    });

    it('denies from the next part on what is revoked meanwhile', async () => {
      const world = smallWorld();
      const answer = testCore(world, policy).post(MANY, { ...defaults, evaluations: many(1000) });
      await new Promise((resolve) => setImmediate(resolve));
      world.grants.distrust(ulid('gr', 1));
      const told = decisions((await answer).json);
      const denied = told.indexOf(false);
      expect(denied).to.be.greaterThan(0);
      expect(denied % 100).to.equal(0);
      expect(told.slice(denied).every((permit) => !permit)).to.equal(true);
    });
  });
});
