import { expect } from 'chai';
import { EvaluationIds } from '../../../src/decisions/access/evaluation-ids.js';
import type { DeliveryReport } from '../../../src/decisions/access/ports.js';
import type { AccessPolicy } from '../../../src/decisions/domain/policy.js';
import type { World } from '../../../src/decisions/domain/world.js';
import { ok } from '../../../src/kernel/result.js';
import {
  dataset,
  NOW,
  putGrant,
  question,
  shippedPolicy,
  smallWorld,
  ulid,
} from '../../fixtures/decisions/small-world.js';
import { testCore } from '../../fixtures/decisions/access-core.js';

describe('decisions: forward authentication', () => {
  let policy: AccessPolicy;
  before(async () => {
    policy = await shippedPolicy();
  });
  const check = async (
    headers: Record<string, string | undefined>,
    as = 'portal',
    change: (world: ReturnType<typeof smallWorld>) => void = () => undefined,
  ) => {
    const world = smallWorld();
    change(world);
    return testCore(world, policy, {}, as).get('/access/check', headers as Record<string, string>);
  };
  const file = { 'x-original-uri': '/files/ds-1-file/data.csv?x=1', 'x-original-method': 'GET' };

  it('serves a subject a portal names, a person by their own token, and open data to anyone', async () => {
    expect(
      (await check({ ...file, 'x-subject-type': 'organisation', 'x-subject-id': 'org-1', 'x-purpose': 'research' }))
        .status,
    ).to.equal(200);
    expect((await check(file, 'person')).status).to.equal(200);
    expect((await check({ 'x-original-uri': '/files/ds-open-file/a', authorization: undefined })).status).to.equal(200);
  });

  it('ignores subject headers of anyone but a portal', async () => {
    const spoof = { ...file, authorization: undefined, 'x-subject-type': 'organisation', 'x-subject-id': 'org-1' };
    const { status, headers } = await check(spoof);
    expect([status, headers['x-reason']]).to.deep.equal([401, 'sign-in-required']);
  });

  it('answers 403 with a reason, and 503 when it could not decide', async () => {
    const suspended = await check(file, 'person', (world) =>
      putGrant(world, { id: ulid('gr', 1), organisation: 'org-1', dataset: 'ds-1', version: 2, state: 'suspended' }),
    );
    expect([suspended.status, suspended.headers['x-reason']]).to.deep.equal([403, 'grant-suspended']);
    const stale = await check(file, 'person', (world) => {
      world.confirmedAt = 0;
    });
    expect([stale.status, stale.headers['x-reason'], stale.headers['retry-after']]).to.deep.equal([503, 'stale', '1']);
    expect((await check({ ...file, authorization: 'Bearer nonsense' })).status).to.equal(401);
  });

  it('names the source, and does not permit what a proxy does not know how to honour', async () => {
    const known = await check(
      { ...file, 'x-known-obligations': 'attribute,log,count', 'accept-language': 'en' },
      'person',
    );
    expect([known.status, known.headers['x-obligations'], known.headers['x-data-source']]).to.deep.equal([
      200,
      'attribute,log,count',
      'Transport%20Commission',
    ]);
    const unknown = await check({ ...file, 'x-known-obligations': 'log' }, 'person');
    expect([unknown.status, unknown.headers['x-unknown-obligations']]).to.deep.equal([503, 'attribute,count']);
    expect((await check({ ...file, 'x-known-obligations': '' }, 'person')).status).to.equal(503);
  });

  it('serves nothing by a proxy that cannot cut what the published terms ask to be cut', async () => {
    const terms = (world: World) => world.putDataset(dataset('ds-1', { cut: true }));
    const proxy = await check({ ...file, 'x-known-obligations': 'attribute,log,count' }, 'person', terms);
    expect([proxy.status, proxy.headers['x-unknown-obligations']]).to.deep.equal([503, 'cut']);
    const able = await check({ ...file, 'x-known-obligations': 'attribute,log,count,cut' }, 'person', terms);
    expect(able.status).to.equal(200);
  });

  for (const address of [
    '',
    '/other/ds-1-file/x',
    '/files/%2e%2e/x',
    '/files/ds-1-file/../../etc',
    '/files//ds-1-file/x',
    '/files/ds-1-file%2fx/y',
    '/files/%252e/x',
    '/files/\\ds/x',
    'files/ds-1-file/x',
  ]) {
    it(`refuses the address ${JSON.stringify(address)}`, async () => {
      expect((await check({ 'x-original-uri': address }, 'person')).status).to.equal(403);
    });
  }

  it('serves nothing where what the proxy says and what a visitor adds cannot be told apart', async () => {
    const open = '/files/ds-open-file/a';
    const closed = '/files/ds-1-file/a';
    const anonymous = (headers: Record<string, string>) => check({ ...headers, authorization: undefined });
    expect((await anonymous({ 'x-original-uri': open, 'x-forwarded-uri': open })).status).to.equal(200);
    for (const headers of [
      { 'x-original-uri': open, 'x-forwarded-uri': closed },
      { 'x-original-uri': closed, 'x-forwarded-uri': open },
      { 'x-original-uri': open, 'x-original-method': 'GET', 'x-forwarded-method': 'PUT' },
      // Sent twice, as Node joins them; the address has a query or none.
      { 'x-original-uri': `${open}, ${closed}` },
      { 'x-original-uri': `${open}?x=1, ${closed}` },
    ])
      expect((await anonymous(headers)).status, JSON.stringify(headers)).to.equal(403);
  });

  it('serves reading methods only', async () => {
    expect((await check({ ...file, 'x-original-method': 'DELETE' }, 'person')).status).to.equal(403);
  });
});

describe('decisions: deliveries', () => {
  it('on a decision that a person asked for at a proxy are reported by the portal, on one of another portal not', async () => {
    const policy = await shippedPolicy();
    const reported = async (askerKind: 'person' | 'portal', asker: string) => {
      const found = { asker, askerKind, dataset: 'ds-1', grant: ulid('gr', 1), question: question() };
      const core = testCore(smallWorld(), policy, { decisions: { find: () => Promise.resolve(found) } });
      return (await core.post('/access/v1/deliveries', { evaluationId: ulid('ev', 1) })).status;
    };
    expect(await reported('person', 'person-1')).to.equal(201);
    expect(await reported('portal', 'portal-1')).to.equal(201);
    expect(await reported('portal', 'portal-2')).to.equal(400);
  });

  /** Decisions on record, after so many looks in vain: another instance writes its own a moment later. */
  const recorded = (looks = 0) => {
    const found = { asker: 'portal-1', askerKind: 'portal' as const, dataset: 'ds-1', grant: ulid('gr', 1) };
    let left = looks;
    const find = () => Promise.resolve(left-- > 0 ? null : { ...found, question: question() });
    const reports: DeliveryReport[] = [];
    const record = (report: DeliveryReport) => {
      reports.push(report);
      return Promise.resolve(ok({ id: ulid('dv', 1), grantDeliveries: 1, repeated: false }));
    };
    return { decisions: { find }, deliveries: { record }, reports };
  };

  it('count against the grant also where another instance decided and has not written it yet', async () => {
    const policy = await shippedPolicy();
    const { reports, ...deps } = recorded(2);
    const core = testCore(smallWorld(), policy, deps);
    const young = new EvaluationIds().next(NOW);
    expect((await core.post('/access/v1/deliveries', { evaluationId: young, dataset: 'ds-1' })).status).to.equal(201);
    expect(reports[0]?.grant).to.equal(ulid('gr', 1));
  });

  it('of what needs a grant rest on a decision: with one that nobody made nothing is counted', async () => {
    const core = testCore(smallWorld(), await shippedPolicy());
    const evaluationId = new EvaluationIds().next(NOW - 60_000);
    const report = async (more: object) => {
      const { status, json } = await core.post('/access/v1/deliveries', { evaluationId, ...more });
      return [status, (json as unknown as { errors?: { pointer: string }[] }).errors?.[0]?.pointer];
    };
    for (const about of [{ dataset: 'ds-1' }, { distribution: 'ds-1-file' }, { dataset: 'ds-open' }])
      expect(await report({ ...about, grant: ulid('gr', 1) })).to.deep.equal([400, '/evaluationId']);
    expect(await report({ dataset: 'ds-1' })).to.deep.equal([400, '/evaluationId']);
    expect(await report({ dataset: 'ds-open' }), 'open data').to.deep.equal([201, undefined]);
    expect(await report({ distribution: 'ds-open-file' }), 'open data').to.deep.equal([201, undefined]);
  });

  it('are recorded for a portal when they fit together', async () => {
    const policy = await shippedPolicy();
    const core = testCore(smallWorld(), policy, { decisions: recorded().decisions });
    const report = {
      evaluationId: ulid('ev', 1),
      dataset: 'ds-1',
      distribution: 'ds-1-file',
      grant: ulid('gr', 1),
      bytes: 12,
    };
    expect((await core.post('/access/v1/deliveries', report)).status).to.equal(201);
    for (const change of [
      { evaluationId: 'x' },
      { dataset: 'nothing' },
      { distribution: 'ds-open-file' },
      { dataset: 'ds-open', distribution: null },
      { bytes: -1 },
      { grant: ulid('gr', 9) },
    ]) {
      expect(
        (await core.post('/access/v1/deliveries', { ...report, ...change })).status,
        JSON.stringify(change),
      ).to.equal(400);
    }
    expect((await testCore(smallWorld(), policy, {}, 'person').post('/access/v1/deliveries', report)).status).to.equal(
      403,
    );
  });
});
