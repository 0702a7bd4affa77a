import { expect } from 'chai';
import fc from 'fast-check';
import type { AccessDeps } from '../../../src/decisions/access/ports.js';
import type { AccessPolicy } from '../../../src/decisions/domain/policy.js';
import type { World } from '../../../src/decisions/domain/world.js';
import { PERSON, PORTAL, testCore } from '../../fixtures/decisions/access-core.js';
import { anyPlainWorld, anySharing, withSharing, worldOf } from '../../fixtures/decisions/random-world.js';
import {
  dataset,
  NOW,
  organisation,
  person,
  putGrant,
  shippedPolicy,
  smallWorld,
  ulid,
} from '../../fixtures/decisions/small-world.js';

// oxlint-disable-next-line typescript/no-explicit-any -- bodies as a stranger sees them
type Body = any;
const ACTIONS = ['read', 'download', 'api', 'sandbox'];
const ORGANISATIONS = ['org-1', 'org-2', 'org-3'].map((id) => ({ type: 'organisation', id }));
const PEOPLE = ['person-1', 'person-2'].map((id) => ({ type: 'user', id }));
const SUBJECTS = [...ORGANISATIONS, ...PEOPLE, { type: 'anonymous', id: 'anonymous' }];
const DATASETS = ['ds-1', 'ds-2', 'ds-3'].map((id) => ({ type: 'dataset', id }));
const DISTRIBUTIONS = ['ds-1-file', 'ds-1-api', 'ds-2-file', 'ds-2-api', 'ds-3-file', 'ds-3-api'].map((id) => ({
  type: 'distribution',
  id,
}));

describe('decisions: AuthZEN search', () => {
  let policy: AccessPolicy;
  before(async () => {
    policy = await shippedPolicy();
  });

  const asker = (world: World, more: Partial<AccessDeps> = {}, as = 'portal') => {
    const { post } = testCore(world, policy, more, as);
    const check = async (body: object): Promise<boolean> => (await post('/access/v1/evaluation', body)).json.decision;
    const page = async (kind: string, body: object): Promise<Body> =>
      (await post(`/access/v1/search/${kind}`, body)).json;
    /** Every page, each of so many, with the names of what was found. */
    const all = async (kind: string, body: object, limit?: number): Promise<string[]> => {
      const names: string[] = [];
      for (let token = ''; ; ) {
        const asked = { ...body, page: { ...(limit === undefined ? {} : { limit }), ...(token && { token }) } };
        const { page: shown, results } = await page(kind, asked);
        expect(shown.count).to.equal(results.length);
        names.push(...results.map(({ id, name }: Body) => id ?? name));
        token = shown.next_token;
        if (token === '') return names;
        expect(results.length, 'a page that goes on is a full one').to.equal(limit);
      }
    };
    return { post, check, page, all };
  };

  it('lists exactly what a check permits, in random worlds, whatever the page', async function () {
    this.timeout(240_000);
    let listed = 0;
    const agree = async (world: World, action: string, context: object, limit: number): Promise<void> => {
      const { check, all } = asker(world);
      const permitted = async (of: { id: string }[], question: (one: object) => object): Promise<string[]> => {
        const answers = await Promise.all(of.map(async (one) => ((await check(question(one))) ? [one.id] : [])));
        return answers.flat().sort();
      };
      const same = async (kind: string, body: object, of: { id: string }[], question: (one: object) => object) => {
        const found = await all(kind, body, limit);
        listed += found.length;
        expect(found.toSorted(), `${kind} ${JSON.stringify(body)}`).to.deep.equal(await permitted(of, question));
      };
      const named = { action: { name: action }, context };
      for (const subject of SUBJECTS) {
        for (const kin of [DATASETS, DISTRIBUTIONS])
          await same('resource', { ...named, subject, resource: { type: kin[0]?.type } }, kin, (resource) => ({
            ...named,
            subject,
            resource,
          }));
        for (const resource of [DATASETS[0], DISTRIBUTIONS[3]] as object[])
          await same(
            'action',
            { subject, resource, context },
            ACTIONS.map((id) => ({ id })),
            (one) => ({ subject, resource, context, action: { name: (one as { id: string }).id } }),
          );
      }
      for (const resource of [...DATASETS, ...DISTRIBUTIONS].filter((_, at) => at % 2 === 0))
        for (const kin of [ORGANISATIONS, PEOPLE, SUBJECTS.slice(-1)])
          await same('subject', { ...named, resource, subject: { type: kin[0]?.type } }, kin, (subject) => ({
            ...named,
            subject,
            resource,
          }));
    };
    await fc.assert(
      fc.asyncProperty(
        anyPlainWorld,
        anySharing,
        fc.constantFrom(...ACTIONS, 'download', 'download'),
        fc.constantFrom({}, { purpose: 'research' }),
        fc.constantFrom(1, 2, 100),
        (plain, sharing, action, context, limit) => agree(worldOf(withSharing(plain, sharing)), action, context, limit),
      ),
      { numRuns: 150 },
    );
    expect(listed, 'empty lists would prove nothing').to.be.greaterThan(1000);
  });

  const download = { action: { name: 'download' } };
  const org1 = { type: 'organisation', id: 'org-1' };
  const what = { ...download, subject: org1, resource: { type: 'dataset' } };
  const who = { ...download, subject: { type: 'organisation' }, resource: { type: 'dataset', id: 'ds-1' } };

  it('looks only at what may come of it: nobody without a grant is decided on for closed data', async () => {
    const world = smallWorld();
    for (let n = 0; n < 400; n++) {
      world.putOrganisation(organisation(`other-${n}`));
      world.putDataset(dataset(`closed-${n}`));
    }
    let looked = 0;
    const counting = Object.create(policy) as AccessPolicy;
    counting.rowForPacked = (...asked) => {
      looked += 1;
      return policy.rowForPacked(...asked);
    };
    const { page } = asker(world, { policy: () => counting });
    expect((await page('resource', what)).results).to.have.length(2);
    expect(looked).to.be.at.most(4);
    looked = 0;
    expect((await page('subject', who)).results).to.deep.equal([org1]);
    expect(looked).to.be.at.most(4);
  });

  it('lets checks through while it looks at very many', async () => {
    const world = smallWorld();
    for (let n = 0; n < 3000; n++) world.putDataset(dataset(`open-${n}`, { tier: 'open', deliveries: ['api'] }));
    const { page, check } = asker(world);
    let done = false;
    const searched = page('resource', what).then((found) => {
      done = true;
      return found;
    });
    expect(await check({ ...what, resource: { type: 'dataset', id: 'ds-open' } })).to.equal(true);
    expect(done, 'the check is answered before the search').to.equal(false);
    expect((await searched).results).to.have.length(2);
  });

  it('goes on behind what was shown, also when more came in between, and ends with an empty token', async () => {
    const world = smallWorld();
    for (let n = 0; n < 5; n++) world.putDataset(dataset(`open-${n}`, { tier: 'open' }));
    const { page } = asker(world);
    const first = await page('resource', { ...what, page: { limit: 4 } });
    expect(first.results).to.have.length(4);
    world.putDataset(dataset('open-late', { tier: 'open' }));
    const second = await page('resource', { ...what, page: { limit: 4, token: first.page.next_token } });
    const ids = [...first.results, ...second.results].map(({ id }: Body) => id);
    expect(ids).to.have.members(['ds-1', 'ds-open', 'open-late', ...[0, 1, 2, 3, 4].map((n) => `open-${n}`)]);
    expect(second.page.next_token).to.equal('');
    const none = await page('resource', { ...what, page: { limit: 0 } });
    expect([none.results, none.page.next_token === '']).to.deep.equal([[], false]);
  });

  it('skips nothing when the tier of what was shown last changes before the next page', async () => {
    const world = smallWorld();
    const names = ['one', 'two', 'three', 'four'];
    for (const name of names) world.putDataset(dataset(`open-${name}`, { tier: 'open' }));
    const { page } = asker(world);
    const rest = async (token: string): Promise<string[]> =>
      (await page('resource', { ...what, page: { limit: 2, token } })).results.map(({ id }: Body) => id);
    const first = await page('resource', { ...what, page: { limit: 2 } });
    const last = first.results.at(-1).id;
    world.putDataset(dataset(last));
    putGrant(world, { id: ulid('gr', 2), organisation: 'org-1', dataset: last });
    const shown = first.results.map(({ id }: Body) => id);
    const open = [...names.map((name) => `open-${name}`), 'ds-open'].filter((id) => !shown.includes(id));
    expect(await rest(first.page.next_token)).to.have.members(open.slice(0, 2));
  });

  it('begins again, rather than skip anybody, when data is opened to everyone between two pages', async () => {
    const world = smallWorld();
    for (let n = 0; n < 6; n++) world.putOrganisation(organisation(`org-${n + 2}`));
    putGrant(world, { id: ulid('gr', 2), organisation: 'org-6', dataset: 'ds-1' });
    const { page } = asker(world);
    const first = await page('subject', { ...who, page: { limit: 1 } });
    const found = first.results.map(({ id }: Body) => id);
    world.putDataset(dataset('ds-1', { tier: 'open' }));
    for (let token = first.page.next_token; token !== ''; ) {
      const { results, page: next } = await page('subject', { ...who, page: { limit: 1, token } });
      found.push(...results.map(({ id }: Body) => id));
      token = next.next_token;
    }
    expect(found).to.include.members(['org-1', ...[2, 3, 4, 5, 6, 7].map((n) => `org-${n}`)]);
  });

  it('takes a token only with the question and the asker it was given for', async () => {
    const world = smallWorld();
    const { page, post } = asker(world);
    const token = (await page('resource', { ...what, page: { limit: 1 } })).page.next_token;
    const again = (body: object, limit = 1) => post('/access/v1/search/resource', { ...body, page: { limit, token } });
    expect((await again(what)).status).to.equal(200);
    for (const [changed, limit] of [
      [{ ...what, action: { name: 'read' } }, 1],
      [{ ...what, subject: { type: 'user', id: 'person-1' } }, 1],
      [{ ...what, context: { purpose: 'research' } }, 1],
      [what, 2],
    ] as const) {
      const { status, json } = await again(changed, limit);
      expect([status, json.code]).to.deep.equal([400, 'invalid-page-token']);
    }
    const mine = asker(world, {}, 'person');
    const theirs = await mine.post('/access/v1/search/resource', { ...what, page: { limit: 1, token } });
    expect([theirs.status, theirs.json.code]).to.deep.equal([400, 'invalid-page-token']);
    for (const odd of ['x', '{}', token.slice(1), `${token}AA`, 'ä'])
      expect((await post('/access/v1/search/resource', { ...what, page: { limit: 1, token: odd } })).status).to.equal(
        400,
      );
  });

  it('shows a portal its own subjects only, and refuses it the questions about others', async () => {
    const world = smallWorld();
    world.putOrganisation(organisation('org-2'));
    putGrant(world, { id: ulid('gr', 2), organisation: 'org-2', dataset: 'ds-1' });
    const both = await asker(world).all('subject', who);
    expect(both).to.have.members(['org-1', 'org-2']);
    const serves: AccessDeps['serves'] = (_, { subjectId }) => subjectId === 'org-2';
    const { all, post } = asker(world, { serves });
    expect(await all('subject', who)).to.deep.equal(['org-2']);
    for (const kind of ['resource', 'action']) {
      const { status, json } = await post(`/access/v1/search/${kind}`, {
        ...what,
        resource: { type: 'dataset', id: 'ds-1' },
      });
      expect([kind, status, json.code]).to.deep.equal([kind, 403, 'not-your-subject']);
    }
  });

  it('shows people themselves, and tells them of nobody else and of nothing they may not know', async () => {
    const world = smallWorld();
    world.putPerson(person('person-2', ['org-1']));
    world.putDataset(dataset('ds-closed', { tier: 'restricted', unlisted: true }));
    const { all, post } = asker(world, {}, 'person');
    expect(PERSON.id).to.equal('person-1');
    expect(await all('subject', { ...who, subject: { type: 'user' } })).to.deep.equal(['person-1']);
    expect(await all('subject', who)).to.deep.equal(['org-1']);
    expect(await all('resource', what)).to.have.members(['ds-1', 'ds-open']);
    const about = (id: string) =>
      post(
        '/access/v1/search/action',
        { subject: { type: 'user', id }, resource: who.resource },
        { 'x-request-id': 'a' },
      );
    const [known, unknown] = [await about('person-2'), await about('no such')];
    expect([known.status, known.body]).to.deep.equal([403, unknown.body]);
    const hidden = (id: string) => post('/access/v1/search/subject', { ...who, resource: { type: 'dataset', id } });
    expect((await hidden('ds-closed')).body.toString()).to.equal((await hidden('nowhere')).body.toString());
  });

  it('says that a list may be short where it could not decide', async () => {
    const world = smallWorld();
    world.confirmedAt = NOW - 60_000;
    const { page } = asker(world);
    const stale = await page('resource', what);
    expect(stale.results).to.deep.equal([{ type: 'dataset', id: 'ds-open' }]);
    expect(stale.context).to.include({ undecided: true, revision: 7, policyVersion: policy.version });
    world.confirmedAt = NOW;
    const fresh = await page('resource', what);
    expect(fresh.context).to.deep.equal({
      policyVersion: policy.version,
      revision: 7,
      validUntil: new Date(NOW + 2000).toISOString(),
    });
    const behind = await page('resource', { ...what, context: { minRevision: 8 } });
    expect([behind.results, behind.context.undecided]).to.deep.equal([[], true]);
  });

  it('names what it found so that a check of it says yes: with the items and the organisation asked for', async () => {
    const world = smallWorld({ items: ['a'] });
    world.putPerson(person('person-1', ['org-1', 'org-2']));
    world.putOrganisation(organisation('org-2'));
    const { page, check } = asker(world);
    const some = { ...what, resource: { type: 'dataset', properties: { items: ['a'] } } };
    const { results } = await page('resource', some);
    expect(results).to.deep.include({ type: 'dataset', id: 'ds-1', properties: { items: ['a'] } });
    for (const resource of results) expect(await check({ ...some, resource })).to.equal(true);
    const acting = { type: 'user', properties: { organisation: 'org-1' } };
    const question = { ...download, resource: { ...some.resource, id: 'ds-1' } };
    const people = (await page('subject', { ...question, subject: acting })).results;
    expect(people).to.deep.equal([{ ...acting, id: 'person-1' }]);
    expect(await check({ ...question, subject: people[0] })).to.equal(true);
    const other = { type: 'user', properties: { organisation: 'org-2' } };
    expect((await page('subject', { ...question, subject: other })).results).to.deep.equal([]);
  });

  it('finds people by what their issuer calls them', async () => {
    const world = smallWorld();
    const federated = { issuer: 'https://id.example.org', subject: 'li' };
    world.putPerson(person('person-1', ['org-1'], { federated }));
    const subject = { type: 'user', properties: { issuer: federated.issuer } };
    const { page, check } = asker(world);
    const { results } = await page('subject', { ...who, subject });
    expect(results).to.deep.equal([{ ...subject, id: 'li' }]);
    expect(await check({ ...who, subject: results[0] })).to.equal(true);
  });

  it('records no decision: nothing is served on a search', async () => {
    const core = testCore(smallWorld(), policy);
    await core.post('/access/v1/search/resource', what);
    expect(core.taken).to.deep.equal([]);
    expect(PORTAL.kind).to.equal('portal');
  });

  it('refuses pages that are none', async () => {
    const { post } = asker(smallWorld());
    for (const page of [1, [], { limit: -1 }, { limit: 1.5 }, { limit: '3' }, { token: 7 }]) {
      const { status, json } = await post('/access/v1/search/resource', { ...what, page });
      expect([JSON.stringify(page), status, json.code]).to.deep.equal([JSON.stringify(page), 400, 'invalid-body']);
    }
    expect((await post('/access/v1/search/resource', { ...what, page: { limit: 100_000 } })).status).to.equal(200);
  });
});
