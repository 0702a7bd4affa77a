import { expect } from 'chai';
import { decide } from '../../../src/decisions/domain/decide.js';
import type { AccessPolicy } from '../../../src/decisions/domain/policy.js';
import type { World } from '../../../src/decisions/domain/world.js';
import {
  dataset,
  NOW,
  putGrant,
  question,
  shippedPolicy,
  smallWorld,
  type TestGrant,
  ulid,
} from '../../fixtures/decisions/small-world.js';
import { testCore } from '../../fixtures/decisions/access-core.js';

const OWN = { id: ulid('gr', 1), organisation: 'org-1', dataset: 'ds-1' };

describe('decisions: a machine that asks with a key of a grant', () => {
  let policy: AccessPolicy;
  before(async () => {
    policy = await shippedPolicy();
  });
  /** Our grant as it is said to be, and another one for the same in force beside it. */
  const beside = (grant: Partial<TestGrant>): World => {
    const world = smallWorld(grant);
    putGrant(world, { ...OWN, id: ulid('gr', 2) });
    return world;
  };
  const check = async (world: World, as = 'machine', headers: Record<string, string> = {}, file = 'ds-1-file') => {
    const core = testCore(world, policy, {}, as);
    const { status, headers: told } = await core.get('/access/check', {
      'x-original-uri': `/files/${file}/x`,
      'x-original-method': 'GET',
      ...headers,
    });
    return { answer: [status, told['x-reason']], grant: told['x-grant'], taken: core.taken };
  };

  it('is served under that grant, and the record says so', async () => {
    const { answer, grant, taken } = await check(smallWorld());
    expect([...answer, grant]).to.deep.equal([200, 'granted', OWN.id]);
    expect(taken[0]?.question).to.include({ grant: OWN.id, subjectType: 'organisation', subjectId: 'org-1' });
    expect(taken[0]?.asker).to.include({ kind: 'machine', credential: 'key-1' });
  });

  it('is refused when it is suspended, revoked or over, also where another grant would serve', async () => {
    for (const [state, reason] of [
      ['suspended', 'grant-suspended'],
      ['revoked', 'grant-revoked'],
      ['ended', 'grant-ended'],
    ] as const) {
      expect((await check(beside({ state }))).answer, state).to.deep.equal([403, reason]);
      expect((await check(beside({ state }), 'person')).answer, 'a person is served').to.deep.equal([200, 'granted']);
    }
    expect((await check(beside({ end: NOW }))).answer).to.deep.equal([403, 'grant-ended']);
  });

  it('gets nothing of other data that the organisation was granted; what is open is open', async () => {
    const world = smallWorld();
    world.putDataset(dataset('ds-2'));
    putGrant(world, { ...OWN, id: ulid('gr', 2), dataset: 'ds-2' });
    expect((await check(world, 'person', {}, 'ds-2-file')).answer).to.deep.equal([200, 'granted']);
    expect((await check(world, 'machine', {}, 'ds-2-file')).answer).to.deep.equal([403, 'no-grant']);
    expect((await check(world, 'machine', {}, 'ds-open-file')).answer).to.deep.equal([200, 'open-data']);
  });

  it('asks for the purpose of its grant alone', async () => {
    expect((await check(smallWorld(), 'machine', { 'x-purpose': 'research' })).answer[0]).to.equal(200);
    const other = await check(beside({ purpose: 'education' }), 'machine', { 'x-purpose': 'research' });
    expect(other.answer).to.deep.equal([403, 'purpose-mismatch']);
  });

  it('asks for whom its key was made, whatever headers say', async () => {
    const spoof = { 'x-subject-type': 'organisation', 'x-subject-id': 'publisher-1' };
    expect((await check(smallWorld(), 'machine', spoof)).taken[0]?.question.subjectId).to.equal('org-1');
    const members = smallWorld({ members: ['person-1'] });
    expect((await check(members)).answer, 'the organisation is not named').to.deep.equal([403, 'members-only']);
    expect((await check(members, 'named')).answer).to.deep.equal([200, 'granted']);
    expect((await check(smallWorld({ members: ['person-2'] }), 'named')).answer[0]).to.equal(403);
  });

  it('asks about nobody else, searches nothing, and gets no permits and no news', async () => {
    const core = testCore(smallWorld(), policy, {}, 'machine');
    const asked = { resource: { type: 'dataset', id: 'ds-1' }, action: { name: 'download' } };
    const about = (type: string, id: string) =>
      core
        .post('/access/v1/evaluation', { subject: { type, id }, ...asked })
        .then(({ status, json }) => [status, json.code ?? json.decision]);
    expect(await about('organisation', 'org-1')).to.deep.equal([200, true]);
    expect(await about('organisation', '91990000MA0000001A')).to.deep.equal([200, true]);
    for (const [type, id] of [
      ['organisation', 'publisher-1'],
      ['user', 'person-1'],
      ['anonymous', 'anonymous'],
    ] as const)
      expect(await about(type, id), id).to.deep.equal([403, 'not-your-subject']);
    const subject = { type: 'organisation', id: 'org-1' };
    const body = { subject, ...asked };
    for (const path of ['search/subject', 'search/resource', 'search/action', 'permits', 'deliveries'])
      expect((await core.post(`/access/v1/${path}`, body)).status, path).to.equal(403);
    expect((await core.get('/access/v1/changes')).status).to.equal(403);
  });

  it('a body cannot name a grant: only a key does', () => {
    const world = beside({ state: 'suspended' });
    const under = (grant?: string) => decide(question(grant === undefined ? {} : { grant }), world, policy, NOW).permit;
    expect([under(), under(OWN.id), under(ulid('gr', 2)), under(ulid('gr', 3))]).to.deep.equal([
      true,
      false,
      true,
      false,
    ]);
  });
});
