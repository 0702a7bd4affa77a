import { expect } from 'chai';
import { backends } from '../support/databases.js';
import { type OpenApp, openApp } from '../support/server.js';

/** The steward's story on the seeded product: evidence closes a dataset at once, two people open it again. */
describe('classification over HTTP', function () {
  this.timeout(240_000);
  let product: OpenApp;
  const tokens = new Map<string, string>();

  before(async () => {
    const [inMemory] = backends;
    if (inMemory === undefined) throw new Error('no backend');
    product = await openApp(inMemory, { seeded: true });
    for (const username of ['steward-transport', 'steward-health', 'officer', 'officer-2', 'enterprise-a-handler']) {
      const body = { grantType: 'password', username, password: 'tiergate-demo' };
      tokens.set(username, (await product.http.post('/api/auth/token').send(body).expect(200)).body.access_token);
    }
    const portal = { grantType: 'client_credentials', clientId: 'portal', clientSecret: 'tiergate-demo-portal' };
    tokens.set('portal', (await product.http.post('/api/auth/token').send(portal).expect(200)).body.access_token);
  });
  after(() => product.close());

  const get = (who: string, path: string) => product.http.get(path).set('authorization', `Bearer ${tokens.get(who)}`);
  const post = (who: string, path: string, body: object, etag?: string) => {
    const call = product.http.post(path).set('authorization', `Bearer ${tokens.get(who)}`);
    return (etag === undefined ? call : call.set('if-match', etag)).send(body);
  };
  const permitted = async (id: string): Promise<boolean> => {
    const question = { subject: { type: 'anonymous', id: 'anonymous' }, resource: { type: 'dataset', id } };
    const asked = await post('portal', '/access/v1/evaluation', { ...question, action: { name: 'download' } });
    return asked.body.decision;
  };

  it('evidence closes an open dataset at once; a second person opens it again, with reason and legal basis', async () => {
    const { organisation } = (await get('steward-transport', '/api/me')).body;
    const listed = await get('steward-transport', `/api/datasets?tier=open&publisher=${organisation.id}&limit=1`);
    const [{ id }] = listed.body.items;
    const path = `/api/datasets/${id}`;
    expect(await permitted(id)).to.equal(true);

    const [item] = (await get('steward-transport', path)).body.items;
    const finding = {
      item: item.name,
      type: 'mobile-number',
      matchedFraction: 0.9,
      sampleSize: 100,
      rule: 'columns/1#x',
    };
    const { body: started } = await post('steward-transport', `${path}/assessments`, { findings: [finding] }).expect(
      202,
    );
    expect(await permitted(id)).to.equal(false);
    const waiting = await get('officer', `/api/assessments/${started.id}`).expect(200);
    expect(waiting.body.allowedCommands).to.deep.equal(['confirm', 'override', 'return']);
    await post('officer', `/api/assessments/${started.id}/commands/confirm`, {}, waiting.body.etag).expect(200);

    const confirmed = (await get('steward-transport', path)).body;
    expect([confirmed.tier, confirmed.tierStatus]).to.deep.equal(['restricted', 'confirmed']);
    expect(confirmed.reasons[0].rule).to.equal('personal-identifier-found');
    const wish = { tier: 'open', reason: 'the column was dropped', legalBasis: 'art. 41(3)' };
    const proposed = await post('steward-transport', `${path}/commands/propose-tier`, wish, confirmed.etag).expect(200);
    expect(await permitted(id)).to.equal(false);
    const confirm = `/api/assessments/${proposed.body.id}/commands/confirm`;
    await post('steward-transport', confirm, {}, proposed.body.etag).expect(403);
    await post('officer-2', confirm, {}, proposed.body.etag).expect(200);
    expect(await permitted(id)).to.equal(true);
  });

  it('lets applicants see no assessment, other bodies only their own, anyone the rules', async () => {
    await get('enterprise-a-handler', '/api/assessments').expect(403);
    const { body: mine } = await get('steward-health', '/api/assessments?limit=100');
    const { organisation } = (await get('steward-health', '/api/me')).body;
    expect(mine.items).not.to.have.length(0);
    for (const { dataset } of mine.items.slice(0, 5))
      expect((await get('steward-health', `/api/datasets/${dataset}`)).body.publisher.id).to.equal(organisation.id);
    expect((await product.http.get('/api/rule-packs').expect(200)).body.total).to.equal(4);
  });
});
