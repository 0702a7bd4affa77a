import { expect } from 'chai';
import { permitSignerOf } from '../../../src/composition/verifier.js';
import type { AccessDeps } from '../../../src/decisions/access/ports.js';
import type { AccessPolicy } from '../../../src/decisions/domain/policy.js';
import type { DatasetFacts } from '../../../src/decisions/domain/dataset-entry.js';
import type { World } from '../../../src/decisions/domain/world.js';
import { testCore } from '../../fixtures/decisions/access-core.js';
import { dataset, NOW, shippedPolicy, smallWorld, type TestGrant, ulid } from '../../fixtures/decisions/small-world.js';
import { keysOf, newKey, tokensAt } from '../identity/token-fixture.js';

const PERMITS = '/access/v1/permits';
const full = {
  subject: { type: 'organisation', id: 'org-1' },
  resource: { type: 'distribution', id: 'ds-1-file', properties: { items: ['a', 'b'] } },
  action: { name: 'download' },
  context: { purpose: 'research' },
};

// oxlint-disable-next-line typescript/no-explicit-any -- bodies as a stranger sees them
type Body = any;

describe('decisions: permits', () => {
  let policy: AccessPolicy;
  before(async () => {
    policy = await shippedPolicy();
  });
  /** A world whose dataset is offered on permits, unless `more` says otherwise. */
  const world = (grant: Partial<TestGrant> = {}, more: Partial<DatasetFacts> = {}): World => {
    const made = smallWorld(grant);
    made.putDataset(dataset('ds-1', { offline: true, ...more }));
    return made;
  };
  const issued = async (of: World, body: object = full, deps: Partial<AccessDeps> = {}, as = 'portal') => {
    const core = testCore(of, policy, deps, as);
    const { status, json } = await core.post(PERMITS, body);
    return { status, body: json as Body, taken: core.taken };
  };

  it('are signed for the portal that asks, and say what was decided', async () => {
    const { body, taken } = await issued(world());
    expect(body.evaluation.decision).to.equal(true);
    expect(body.expiresAt).to.equal(new Date(NOW + 300_000).toISOString());
    const permit = JSON.parse(body.permit);
    expect(permit).to.deep.include({
      audience: 'portal-1',
      subject: 'org-1',
      evaluationId: body.evaluation.context.evaluationId,
      issuedAt: NOW,
      lifetimeSeconds: 300,
    });
    expect(permit.claims).to.deep.include({
      subject: { type: 'organisation', id: 'org-1' },
      resource: { type: 'distribution', id: 'ds-1-file' },
      dataset: 'ds-1',
      items: ['a', 'b'],
      action: 'download',
      purpose: 'research',
      grant: ulid('gr', 1),
      reason: 'granted',
      revision: 7,
    });
    expect(permit.claims.obligations).to.deep.equal(body.evaluation.context.obligations);
    expect(taken.map(({ outcome }) => outcome.validUntil)).to.deep.equal([NOW + 300_000]);
  });

  it('are not given where a delivery under way is to be cut: whoever asks nobody would not learn when', async () => {
    const { body } = await issued(world({}, { cut: true }));
    expect([body.permit, body.withheld.code]).to.deep.equal([null, 'not-in-terms']);
  });

  const grants: readonly [string, Partial<TestGrant>, number][] = [
    ['the end of the grant', { end: NOW + 90_500 }, 90],
    ['the lapse of a condition', { conditionsUntil: NOW + 61_000 }, 61],
    ['five minutes', { end: NOW + 3_600_000 }, 300],
  ];
  for (const [what, grant, seconds] of grants)
    it(`end with ${what}`, async () => {
      const { body } = await issued(world(grant));
      expect(JSON.parse(body.permit).lifetimeSeconds).to.equal(seconds);
      expect(Date.parse(body.expiresAt)).to.be.at.most(NOW + 1000 * seconds);
    });

  const withheld: Record<string, () => World> = {
    denied: () => world({ state: 'suspended' }),
    'not-in-terms': () => smallWorld(),
    quota: () => world({ quota: 5 }),
    lapsing: () => world({ end: NOW + 900 }),
  };
  for (const [code, made] of Object.entries(withheld))
    it(`are withheld: ${code}`, async () => {
      const { status, body, taken } = await issued(made());
      expect([status, body.permit, body.expiresAt, body.withheld.code]).to.deep.equal([200, null, null, code]);
      expect(body.evaluation.decision).to.equal(code !== 'denied');
      expect(taken[0]?.outcome.validUntil).to.be.at.most(NOW + 2000);
    });

  it('of open data need no term, but a log that was confirmed', async () => {
    const open = { ...full, resource: { type: 'dataset', id: 'ds-open' }, context: {} };
    expect((await issued(smallWorld(), open)).body.permit).to.be.a('string');
    const stale = smallWorld();
    stale.confirmedAt = NOW - 60_000;
    const { body } = await issued(stale, open);
    expect([body.evaluation.decision, body.withheld.code]).to.deep.equal([true, 'stale']);
  });

  it('are given to portals only, and only for subjects they serve', async () => {
    expect((await issued(world(), full, {}, 'person')).status).to.equal(403);
    expect((await issued(world(), full, { serves: () => false })).body.code).to.equal('not-your-subject');
    expect((await issued(world(), { ...full, subject: 7 })).status).to.equal(400);
  });

  it('begin in the second of the decision, also where the clock has gone on', () => {
    const signer = permitSignerOf(tokensAt(keysOf(newKey()), NOW / 1000 + 1), 'https://tiergate.example.org');
    const token = signer.sign({
      audience: 'portal-1',
      subject: 'org-1',
      evaluationId: ulid('ev', 1),
      issuedAt: NOW,
      lifetimeSeconds: 300,
      claims: {},
    });
    const [header, claims] = token
      .split('.')
      .slice(0, 2)
      .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()));
    expect(header).to.include({ alg: 'ES256', typ: 'permit+jwt' });
    expect(claims).to.include({ iat: NOW / 1000, exp: NOW / 1000 + 300, aud: 'portal-1', jti: ulid('ev', 1) });
  });
});
