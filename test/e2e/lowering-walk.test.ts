import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { asText, people, PEOPLE_COLUMNS } from '../support/classification/people.js';
import { backends } from '../support/databases.js';
import { gb18030 } from '../support/gb18030.js';
import { Place } from '../support/product.js';
import { type OpenApp, openApp } from '../support/server.js';

interface AssessmentAnswer {
  readonly id: string;
  readonly state: string;
  readonly etag: string;
  readonly verdict: { readonly tier: string; readonly proposed: string | null; readonly floor: string };
  readonly proposal: { readonly by: string };
  readonly items: readonly { readonly name: string; readonly tier: string; readonly proposed?: string }[];
  readonly rules: readonly { readonly id: string; readonly source: string; readonly inputs: { item?: string }[] }[];
  readonly lowering: readonly {
    readonly status: string;
    readonly reason?: string;
    readonly to?: string;
    readonly steps?: readonly object[];
  }[];
}

/** The story that the engine is for: a table that may not be open becomes one that may, by the hands of two people. */
describe('from a table with names to an open one, over HTTP and on the command line', function () {
  this.timeout(180_000);
  const REGISTER = people(600);
  let product: OpenApp;
  let place: Place;
  const tokens = new Map<string, string>();

  before(async () => {
    const [inMemory] = backends;
    if (inMemory === undefined) throw new Error('no backend');
    product = await openApp(inMemory, { seeded: true });
    place = new Place();
    for (const username of ['steward-transport', 'steward-health', 'officer', 'officer-2']) {
      const body = { grantType: 'password', username, password: 'tiergate-demo' };
      tokens.set(username, (await product.http.post('/api/auth/token').send(body).expect(200)).body.access_token);
    }
    const portal = { grantType: 'client_credentials', clientId: 'portal', clientSecret: 'tiergate-demo-portal' };
    tokens.set('portal', (await product.http.post('/api/auth/token').send(portal).expect(200)).body.access_token);
  });
  after(async () => {
    place.remove();
    await product.close();
  });

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
  /** Sends a file for a dataset and waits for its assessment. */
  const assessed = async (dataset: string, file: Buffer): Promise<AssessmentAnswer> => {
    const { body } = await product.http
      .post(`/api/datasets/${dataset}/assessments`)
      .set('authorization', `Bearer ${tokens.get('steward-transport')}`)
      .attach('sample', file, 'table.csv')
      .expect(202);
    for (;;) {
      const seen = await get('steward-transport', `/api/assessments/${body.id}`).expect(200);
      if (seen.body.state !== 'running') return seen.body;
      await sleep(100);
    }
  };
  const openDataset = async (): Promise<string> => {
    const { organisation } = (await get('steward-transport', '/api/me')).body;
    const listed = await get('steward-transport', `/api/datasets?tier=open&publisher=${organisation.id}&limit=1`);
    return listed.body.items[0].id;
  };
  /** What the recipe of an assessment makes of the table, by the command line and without a server. */
  const applied = async (assessment: string, table: Buffer): Promise<Buffer> => {
    const recipe = await get('steward-transport', `/api/assessments/${assessment}/recipe`).expect(200);
    expect(recipe.headers['content-disposition']).to.include(`recipe-${assessment}.json`);
    const at = (name: string) => join(place.folder, `${assessment}-${name}`);
    writeFileSync(at('table.csv'), table);
    writeFileSync(at('recipe.json'), recipe.text);
    const words = ['--recipe', at('recipe.json'), '--out', at('lowered.csv'), '--declared', recipe.body.to];
    const done = await place.tiergate('redact', at('table.csv'), ...words);
    expect(done.code, done.err).to.equal(0);
    return readFileSync(at('lowered.csv'));
  };

  it('closes at the first file, names columns and article, and opens by the advice and an officer', async () => {
    const dataset = await openDataset();
    expect(await permitted(dataset)).to.equal(true);
    const table = gb18030(asText(PEOPLE_COLUMNS, REGISTER));

    const first = await assessed(dataset, table);
    expect([first.state, first.verdict.tier]).to.deep.equal(['proposed', 'restricted']);
    expect(await permitted(dataset), 'a file with names closes at once').to.equal(false);
    const closed = new Map(first.items.map(({ name, tier }) => [name, tier]));
    for (const column of ['姓名', '手机号', '身份证号']) expect(closed.get(column), column).to.equal('restricted');
    const named = first.rules.filter(({ inputs }) => inputs.some(({ item }) => item === '手机号'));
    expect(named.map(({ source }) => source).join()).to.match(/41|四十一/);

    const [advice] = first.lowering;
    expect(advice?.status, JSON.stringify(first.lowering)).to.equal('lowers');
    expect(advice?.steps).to.deep.include.members([
      { kind: 'drop', column: '姓名' },
      { kind: 'drop', column: '手机号' },
    ]);
    expect(JSON.stringify(advice?.steps)).to.include('"generalise","column":"出生日期"');

    const lowered = await applied(first.id, table);
    for (const [name = '', phone = ''] of REGISTER.slice(0, 20))
      for (const value of [name, phone]) expect(lowered.includes(gb18030(value)), value).to.equal(false);

    const second = await assessed(dataset, lowered);
    expect([second.state, second.verdict.tier, second.verdict.proposed]).to.deep.equal([
      'proposed',
      'restricted',
      'open',
    ]);
    for (const { name, tier, proposed } of second.items)
      expect([tier, proposed], `${name}: as it is, and once confirmed`).to.deep.equal(['restricted', 'open']);
    expect(await permitted(dataset), 'no file opens anything by itself').to.equal(false);

    const confirm = `/api/assessments/${second.id}/commands/confirm`;
    const reason = { reason: '姓名、手机号已去除，出生日期已泛化', legalBasis: '上海市数据条例第四十一条第三款' };
    await post('steward-transport', confirm, reason, second.etag).expect(403);
    await post('officer', confirm, {}, second.etag).expect(422);
    expect(await permitted(dataset)).to.equal(false);
    await post('officer', confirm, reason, second.etag).expect(200);
    expect(await permitted(dataset)).to.equal(true);
  });

  it('proposes the milder tier also where an officer had confirmed the stricter one, in the steward’s name', async () => {
    const dataset = await openDataset();
    const table = gb18030(asText(PEOPLE_COLUMNS, people(400, 9)));
    const first = await assessed(dataset, table);
    await post('officer', `/api/assessments/${first.id}/commands/confirm`, {}, first.etag).expect(200);
    const second = await assessed(dataset, await applied(first.id, table));
    expect([second.verdict.tier, second.verdict.floor, second.verdict.proposed]).to.deep.equal([
      'restricted',
      'open',
      'open',
    ]);
    const steward = (await get('steward-transport', '/api/me')).body.subject.id;
    expect(second.proposal.by).to.equal(steward);
    expect(await permitted(dataset)).to.equal(false);
    const reason = { reason: 'see the recipe', legalBasis: 'Shanghai Data Regulations, art. 41(3)' };
    await post('officer-2', `/api/assessments/${second.id}/commands/confirm`, reason, second.etag).expect(200);
    expect(await permitted(dataset)).to.equal(true);
  });

  it('gives the recipe only to whoever may see the assessment, and says where there is none', async () => {
    const dataset = await openDataset();
    const { id } = await assessed(dataset, gb18030(asText(PEOPLE_COLUMNS, people(200, 3))));
    await get('steward-health', `/api/assessments/${id}/recipe`).expect(404);
    await product.http.get(`/api/assessments/${id}/recipe`).expect(401);
    const harmless = await assessed(dataset, gb18030('线路,班次\n一号线,12\n二号线,9\n'));
    expect(harmless.lowering).to.deep.equal([]);
    const none = await get('steward-transport', `/api/assessments/${harmless.id}/recipe`).expect(404);
    expect(none.body.code).to.equal('no-recipe');
  });

  it('refuses a recipe that was edited on its way, or is meant for another table', async () => {
    const dataset = await openDataset();
    const table = gb18030(asText(PEOPLE_COLUMNS, people(300, 5)));
    const { id } = await assessed(dataset, table);
    const recipe = (await get('steward-transport', `/api/assessments/${id}/recipe`).expect(200)).text;
    const at = (name: string) => join(place.folder, name);
    writeFileSync(at('edited.json'), recipe.replace('"drop"', '"mask"'));
    writeFileSync(at('whole.json'), recipe);
    writeFileSync(at('table.csv'), table);
    writeFileSync(at('other.csv'), gb18030(asText(PEOPLE_COLUMNS, people(300, 6))));
    const edited = await place.tiergate('redact', 'table.csv', '--recipe', 'edited.json', '--out', 'a.csv');
    expect([edited.code, /recipe-(edited|invalid)/.test(edited.err)], edited.err).to.deep.equal([3, true]);
    const other = await place.tiergate('redact', 'other.csv', '--recipe', 'whole.json', '--out', 'b.csv');
    expect(other.err).to.include('another-file');
  });
});
